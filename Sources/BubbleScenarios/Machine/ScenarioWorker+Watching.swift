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
  ///
  /// A process of another node is asked for there first, to be linked with; when it or its node is
  /// not there, the link fires.
  mutating func watchOthers(
    _ links: ArraySlice<Scenario.Worker.Watching>, _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    guard let link = links.first else {
      monitorOthers(&context)
      return try enterCluster(&context)
    }
    guard let node = link.node, node != context.node else {
      guard let other = context.whereis(link.target) else { throw RaisedError.badArgument }
      try self.link(other, link, &context)
      return try watchOthers(links.dropFirst(), &context)
    }
    let search = try context.remoteCalling(on: node) { context in
      .value(context.whereis(link.target).map(Term.pid) ?? "undefined")
    }
    return try .after(search, in: &self, &context) { server, outcome, context in
      var other = PID(0, node: node)
      if case .returned(.pid(let found)) = try outcome.get() { other = found }
      try server.link(other, link, &context)
      return try server.watchOthers(links.dropFirst(), &context)
    }
  }

  private mutating func link(
    _ other: PID, _ link: Scenario.Worker.Watching, _ context: inout ProcessContext
  ) throws {
    try context.link(other)
    reactions.toExits[other] = link.reaction
  }

  private mutating func monitorOthers(_ context: inout ProcessContext) {
    for monitor in plan.monitors {
      let mark: Reference
      if let node = monitor.node, node != context.node {
        mark = context.monitor(.remoteName(monitor.target, node))
      } else {
        mark = context.monitor(context.whereis(monitor.target) ?? PID(0))
      }
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
    if call.isOrder {
      let order = try calling(request, call, &context)
      return try .after(order, in: &self, &context) { server, result, context in
        _ = try result.get()
        return try server.talk(calls.dropFirst(), starts, &context)
      }
    }
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

  /// A call as somebody makes it who may catch what it exits with, or an order to a leader.
  mutating func callCarefully(
    _ call: Scenario.Worker.Traffic, _ request: any Sendable, _ alarm: Alarm,
    _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    let calling: Blocking<any Sendable>
    do {
      calling = try self.calling(request, call, &context)
    } catch let exit as ProcessExit where call.survivesFailure {
      lastFailure = exit.reason.term
      return try repeated(alarm, &context)
    }
    return try .after(calling, in: &self, &context) { server, result, context in
      switch result {
      case .success: break
      case .failure(let exit as ProcessExit) where call.survivesFailure:
        server.lastFailure = exit.reason.term
      case .failure(let error): throw error
      }
      return try server.repeated(alarm, &context)
    }
  }

  /// What a call comes to, made as a function that may wait.
  private func calling(
    _ request: any Sendable, _ call: Scenario.Worker.Traffic, _ context: inout ProcessContext
  ) throws -> Blocking<any Sendable> {
    let name = call.recipient(&context)
    if case .leader = call.route, let order = request as? Term {
      let calling =
        switch call.limit {
        case .usual: try context.leaderCalling(order, to: name)
        case .given(let time): try context.leaderCalling(order, to: name, timeout: time)
        }
      return calling.map { $0 }
    }
    switch call.limit {
    case .usual: return try context.calling(request, to: name)
    case .given(let time): return try context.calling(request, to: name, timeout: time)
    }
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

extension Scenario.Worker.Traffic {
  /// Whether it goes to the leader of a group.
  var isOrder: Bool {
    switch route {
    case .leader: true
    case .name, .registry, .dispatch, .partition, .remote, .global, .group, .members: false
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
