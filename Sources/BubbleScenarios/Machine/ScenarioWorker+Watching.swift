import BubbleEvents
import BubbleKernel
import BubbleOTP

extension ScenarioWorker {
  /// What a worker does at the end of those it is linked with or monitors.
  struct Reactions: Sendable {
    var toExits: [PID: Scenario.Worker.Watching.Reaction] = [:]
    var toDowns: [Reference: Scenario.Worker.Watching.Reaction] = [:]
  }

  /// Links and monitors those whom the file says; one that is not there ends as in Erlang: link
  /// raises `badarg` for a name that nobody has, a monitor fires at once with `noproc`.
  mutating func watchOthers(_ context: inout ProcessContext) throws {
    for link in plan.links {
      guard let other = context.whereis(link.target) else { throw RaisedError.badArgument }
      try context.link(other)
      reactions.toExits[other] = link.reaction
    }
    for monitor in plan.monitors {
      let mark = context.monitor(context.whereis(monitor.target) ?? PID(0))
      reactions.toDowns[mark] = monitor.reaction
    }
  }

  /// The reason to stop with, when the message is the end of somebody whose end is to be followed.
  func reaction(to message: Info) -> ExitReason? {
    switch message {
    case .exit(let from?, let reason): reactions.toExits[from]?.reason(after: reason)
    case .down(let mark, _, let reason): reactions.toDowns[mark]?.reason(after: reason)
    case .exit, .message, .timer, .timeout, .reply, .started: nil
    }
  }

  /// Asks others during the start, one after the other; whoever is not answered fails it.
  mutating func talk(
    _ calls: ArraySlice<Scenario.Worker.Traffic>,
    _ starts: ArraySlice<Scenario.Worker.Starting>, _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    guard let call = calls.first else { return try fill(starts, &context) }
    let request: any Sendable = call.deed?.request ?? Term.tuple([call.message, 1])
    return .wait(
      try calling(request, call, &context) { server, _, context in
        try server.talk(calls.dropFirst(), starts, &context)
      })
  }

  private mutating func fill(
    _ starts: ArraySlice<Scenario.Worker.Starting>, _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    guard let starting = starts.first else { return try started(&context) }
    let supervisor = ProcessName.local(starting.target)
    return .wait(
      try .calling(SupervisorRequest.countChildren, to: supervisor, timeout: nil, &context) {
        (server: inout ScenarioWorker, reply: SupervisorReply, context) in
        guard case .counts(let counts) = reply, counts.active < starting.most,
          server.mayStart(&context)
        else {
          return try server.fill(starts.dropFirst(), &context)
        }
        return .wait(
          try .calling(
            SupervisorRequest.startDynamic(starting.arguments), to: supervisor, timeout: nil,
            &context
          ) {
            (server: inout ScenarioWorker, reply: SupervisorReply, context) in
            if case .failure = reply { return try server.fill(starts.dropFirst(), &context) }
            return try server.fill(starts, &context)
          })
      })
  }

  /// A call as gen_server:call makes it: whoever is not answered exits.
  func calling<Result: Sendable>(
    _ request: any Sendable, _ call: Scenario.Worker.Traffic, _ context: inout ProcessContext,
    then: @escaping Wait<ScenarioWorker, Result>.WithAnswer<Term>
  ) throws -> Wait<ScenarioWorker, Result> {
    let name = call.recipient(&context)
    switch call.limit {
    case .usual: return try .calling(request, to: name, &context, then: then)
    case .given(let time):
      return try .calling(request, to: name, timeout: time, &context, then: then)
    }
  }
}

extension Scenario.Worker.Watching.Reaction {
  /// The reason to stop with after somebody has ended with that one; nil to go on.
  fileprivate func reason(after end: ExitReason) -> ExitReason? {
    switch self {
    case .work: nil
    case .stop(let reason): reason ?? end
    }
  }
}
