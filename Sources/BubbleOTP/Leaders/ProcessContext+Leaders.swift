public import BubbleEvents
public import BubbleKernel

extension ProcessStart {
  /// Starts this node's process of a group, linked to the starter and under the group's name; it
  /// returns before anybody leads (OTP: gen_leader:start_link).
  ///
  /// On a node that does not belong to the group the start comes to `ignore`.
  public static func genLeader<Leader: GenLeader>(
    name: String, _ options: LeaderOptions, _ leader: @escaping @Sendable () -> Leader
  ) -> ProcessStart {
    ProcessStart { context, _ in
      let body = GenLeaderBody(leader(), name: name, options: options)
      return context.startProcess(body, name: name)
    }
  }
}

extension ProcessContext {
  /// Gives the leader of a group an order through one of its processes, and waits five seconds at
  /// most for the answer (OTP: gen_leader:leader_call/2).
  ///
  /// The caller exits with `{Reason,{gen_leader,leader_call,[Name,Request]}}`; the reason is that
  /// of a call, `leader_died` when the leader is lost before it answers, `no_majority` where nobody
  /// may lead, or `no_leader` where an election does not end.
  public mutating func leaderCalling(
    _ request: Term, to name: ProcessName
  ) throws -> Blocking<Term> {
    try leaderCalling(
      request, to: name, timeout: .seconds(5), arguments: [name.term(nodeNames), request])
  }

  /// The same with that time for the answer; nil waits for ever.
  public mutating func leaderCalling(
    _ request: Term, to name: ProcessName, timeout: Duration?
  ) throws -> Blocking<Term> {
    let arguments: Term = [name.term(nodeNames), request, timeout.term]
    return try leaderCalling(request, to: name, timeout: timeout, arguments: arguments)
  }

  private mutating func leaderCalling(
    _ request: Term, to name: ProcessName, timeout: Duration?, arguments: Term
  ) throws -> Blocking<Term> {
    let names = nodeNames
    @Sendable func exit(_ reason: Term) -> ProcessExit {
      let call = Term.tuple(["gen_leader", "leader_call", arguments])
      return ProcessExit(ExitReason(.tuple([reason, call])))
    }
    guard let target = try destination(of: name) else { throw exit("noproc") }
    guard target != .pid(pid) else { throw exit("calling_self") }
    let mark = call(LeaderOrder(request: request), to: target)
    let node = target.node(from: self.node)
    return .waiting(.reply(mark), until: timeout.map { now + $0 }) { received, context in
      switch received {
      case .message(.reply(_, let value)):
        if let failure = unpack(value, as: LeaderFailure.self) { throw exit(failure.reason) }
        return .value(unpack(value, as: Term.self) ?? Term(reflecting: value))
      case .message(.down(_, _, let reason)): throw exit(reason.inCall(to: node, names))
      case .timedOut:
        context.abandonCall(mark, to: target.pid(on: node))
        throw exit("timeout")
      case .message: throw RaisedError("badmatch")
      }
    }
  }

  /// Gives the leader of a group an order without an answer, through one of its processes; it is
  /// lost when nobody leads there (OTP: gen_leader:leader_cast).
  public mutating func leaderCast(_ request: Term, to name: ProcessName) {
    cast(LeaderLetter(from: pid, content: .order(request)), to: name)
  }
}
