import BubbleEvents
import BubbleKernel

/// The process of a `GenLeader`.
struct GenLeaderBody<Leader: GenLeader>: ProcessBody {
  /// A callback that waits inside its turn.
  struct Pending: Sendable {
    var caller: Caller?
    var then: Wait<Leader, LeaderResult<Leader>>.Then
  }

  let name: String
  let options: LeaderOptions
  var leader: Leader
  /// Nil until the start has gone well.
  var membership: LeaderMembership?
  var pending: Pending?
  /// What the leader has broadcast before it was recognised, and waits for a callback to end.
  var unheard: [Term] = []

  init(_ leader: Leader, name: String, options: LeaderOptions) {
    self.leader = leader
    self.name = name
    self.options = options
  }

  var behaviour: String { leader.behaviour }

  func describeState() -> [ProcessInspection.Field] {
    guard let membership else { return leader.describeState() }
    let group = ProcessInspection.Field(name: "group", value: membership.phaseText)
    return [group] + leader.describeState()
  }

  mutating func start(_ context: inout ProcessContext) throws {
    guard let membership = LeaderMembership(name: name, options: options, context) else {
      context.note("this node is neither a candidate nor a worker of \(name)")
      return context.ignoreStart()
    }
    do {
      switch try leader.initialize(&context) {
      case .ok:
        context.acknowledgeStart()
        self.membership = membership
        self.membership?.probeMissing(&context)
        settle(&context)
      case .ignore: context.ignoreStart()
      case .stop(let reason): finish(LeaderEnding(stopping: reason, isStart: true), &context)
      }
    } catch {
      let reason = ExitReason(uncaught: error)
      finish(LeaderEnding(stopping: reason, isStart: true), &context)
    }
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    take(message, &context)
    settle(&context)
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    if let waiting = pending {
      pending = nil
      run(for: waiting.caller, &context) { leader, _, context in
        try waiting.then(&leader, received, &context)
      }
    } else if case .message(let message) = received {
      take(message, &context)
    }
    settle(&context)
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    end(LeaderEnding(stopping: reason), &context)
  }

  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    guard let election = membership?.election(context) else { return "ok" }
    let old = leader
    do {
      try leader.codeChange(from: version, extra: extra, election, &context)
      return "ok"
    } catch {
      leader = old
      return ExitReason.codeChangeFailure(error)
    }
  }

  mutating func replaceState(_ field: String, with value: Term) throws {
    try leader.replaceState(field, with: value)
  }

  // MARK: - Callbacks

  /// Runs a callback, and does what it comes to.
  mutating func run(
    for caller: Caller? = nil, _ context: inout ProcessContext,
    _ callback: (inout Leader, LeaderElection, inout ProcessContext) throws -> LeaderResult<Leader>
  ) {
    guard let election = membership?.election(context) else { return }
    do {
      switch try callback(&leader, election, &context) {
      case .done(let reply, let broadcast):
        if let caller, let reply { context.reply(to: caller, reply) }
        if let broadcast { membership?.broadcast(broadcast, &context) }
      case .stop(let reason, let reply):
        end(LeaderEnding(stopping: reason), &context)
        if let caller, let reply { context.reply(to: caller, reply) }
      case .wait(let wait):
        pending = Pending(caller: caller, then: wait.then)
        context.wait(for: wait.awaited, timeout: wait.timeout)
      }
    } catch {
      end(LeaderEnding(raised: error), &context)
    }
  }

  /// Runs a callback that cannot wait; nil when it has failed.
  mutating func runAtOnce<Result>(
    _ context: inout ProcessContext,
    _ callback: (inout Leader, LeaderElection, inout ProcessContext) throws -> Result
  ) -> Result? {
    guard let election = membership?.election(context), !context.isEnding else { return nil }
    do {
      return try callback(&leader, election, &context)
    } catch {
      end(LeaderEnding(raised: error), &context)
      return nil
    }
  }

  mutating func end(_ ending: LeaderEnding, _ context: inout ProcessContext) {
    guard !context.isEnding else { return }
    do {
      try leader.terminate(ending.reason, &context)
      finish(ending, &context)
    } catch {
      finish(LeaderEnding(raised: error), &context)
    }
  }

  func finish(_ ending: LeaderEnding, _ context: inout ProcessContext) {
    if let reason = ending.serverReport {
      context.post(.reported(.serverTerminated(pid: context.pid, reason: reason)))
    }
    if let reason = ending.crashReport {
      context.post(.reported(.crash(pid: context.pid, reason: reason)))
    }
    context.finish(ending.reason)
  }
}
