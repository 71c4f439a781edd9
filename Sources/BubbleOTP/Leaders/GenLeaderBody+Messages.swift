import BubbleEvents
import BubbleKernel

extension GenLeaderBody {
  // MARK: - Messages

  mutating func take(_ message: Message, _ context: inout ProcessContext) {
    switch message {
    case .call(let payload, let caller): called(payload, caller, &context)
    case .cast(let payload): cast(payload, &context)
    case .plain(let payload): inform(.message(payload), &context)
    case .exit(let from, let reason):
      if let from, from == context.parent {
        end(LeaderEnding(stopping: reason), &context)
      } else {
        inform(.exit(from: from, reason: reason), &context)
      }
    case .reply(let mark, let reply):
      if membership?.answered(mark, reply, &context) != true {
        inform(.reply(mark, reply), &context)
      }
    case .down(let mark, let pid, let reason): ended(mark, pid, reason, &context)
    case .timer(let mark, let payload):
      if payload is LeaderBeat {
        membership?.beatCame(mark, &context)
      } else {
        inform(.timer(mark, payload), &context)
      }
    case .started(let pid, let result): inform(.started(pid, result), &context)
    case .system(.terminate(let reason), _): end(LeaderEnding(stopping: reason), &context)
    case .system: break
    case .control: context.refuseRequest("not_a_supervisor")
    }
  }

  private mutating func inform(_ info: Info, _ context: inout ProcessContext) {
    run(&context) { leader, election, context in
      try leader.handleInfo(info, election, &context)
    }
  }

  private mutating func called(
    _ payload: any Sendable, _ caller: Caller, _ context: inout ProcessContext
  ) {
    if let hello = unpack(payload, as: LeaderHello.self) {
      membership?.greeted(hello, by: caller, &context)
    } else if let order = unpack(payload, as: LeaderOrder.self) {
      take(order, caller, &context)
    } else {
      run(for: caller, &context) { leader, election, context in
        try leader.handleCall(Term(reflecting: payload), from: caller, election, &context)
      }
    }
  }

  private mutating func take(
    _ order: LeaderOrder, _ caller: Caller, _ context: inout ProcessContext
  ) {
    switch membership?.phase {
    case .leading:
      run(for: caller, &context) { leader, election, context in
        try leader.handleLeaderCall(order.request, from: caller, election, &context)
      }
    case .following(let leader, _):
      membership?.handOn(order, from: caller, to: leader, &context)
    case .leaderless(let reason): context.reply(to: caller, LeaderFailure(reason: reason))
    case .electing, nil: context.reply(to: caller, LeaderFailure(reason: "no_leader"))
    }
  }

  private mutating func cast(_ payload: any Sendable, _ context: inout ProcessContext) {
    guard let letter = unpack(payload, as: LeaderLetter.self) else {
      return run(&context) { leader, election, context in
        try leader.handleCast(Term(reflecting: payload), election, &context)
      }
    }
    guard membership?.take(letter, &context) == false else { return }
    switch letter.content {
    case .broadcast(_, let broadcast): heard(broadcast, &context)
    case .order(let request):
      switch membership?.phase {
      case .leading:
        run(&context) { leader, election, context in
          try leader.handleLeaderCast(request, election, &context)
        }
      case .following(let leader, _): membership?.tell(leader, letter.content, &context)
      case .electing, .leaderless, nil: break
      }
    case .records, .offer: break
    }
  }

  mutating func heard(_ broadcast: Term, _ context: inout ProcessContext) {
    run(&context) { leader, election, context in
      try leader.fromLeader(broadcast, election, &context)
    }
  }

  private mutating func ended(
    _ mark: Reference, _ pid: PID?, _ reason: ExitReason, _ context: inout ProcessContext
  ) {
    switch membership?.ended(mark, &context) {
    case .own(let node): if let node { lost(node, &context) }
    case .foreign, nil: inform(.down(mark, pid, reason), &context)
    }
  }

  /// Tells a leader that a candidate is lost.
  mutating func lost(_ node: NodeID, _ context: inout ProcessContext) {
    let broadcast = runAtOnce(&context) { leader, election, context in
      try leader.handleDOWN(node, election, &context)
    }
    if let broadcast, let broadcast { membership?.broadcast(broadcast, &context) }
  }
}
