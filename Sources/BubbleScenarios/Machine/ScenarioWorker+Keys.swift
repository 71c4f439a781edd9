import BubbleEvents
import BubbleKernel
import BubbleOTP

extension ScenarioWorker {
  /// Registers its keys; the reason why it cannot start when one is taken.
  mutating func registerKeys(_ context: inout ProcessContext) throws -> ExitReason? {
    for registering in plan.registers {
      let key = context.draw(registering.key)
      let result = try Registry.register(
        key, value: registering.value, in: registering.registry, &context)
      if case .alreadyRegistered(let owner) = result {
        return .failure(.tuple(["already_registered", .pid(owner)]))
      }
      registered.append("\(key) in \(registering.registry)")
    }
    return nil
  }

  /// Sends a message that nobody waits for; to a key that several processes have it goes to all.
  func send(
    _ traffic: Scenario.Worker.Traffic, _ request: any Sendable, _ context: inout ProcessContext
  ) throws {
    switch traffic.route {
    case .dispatch(let key):
      let drawn = context.draw(key)
      try Registry.dispatch(drawn, in: traffic.target, &context) { entries, context in
        for entry in entries { context.cast(request, to: entry.pid) }
      }
    case .members(let group):
      for member in context.members(of: group) where member != context.pid {
        context.cast(request, to: member)
      }
    case .leader(let group):
      if let order = request as? Term { context.leaderCast(order, to: .local(group)) }
    case .name, .registry, .partition, .remote, .global, .group:
      context.cast(request, to: traffic.recipient(&context))
    }
  }
}

extension Scenario.Worker.Traffic {
  /// Whom it goes to this time.
  func recipient(_ context: inout ProcessContext) -> ProcessName {
    switch route {
    case .name, .leader: .local(target)
    case .registry(let key), .dispatch(let key): .registry(target, context.draw(key))
    case .partition(let key): .partition(target, context.draw(key))
    case .remote(let node): .remote(target, node)
    case .global(let name): .global(name)
    case .group(let group), .members(let group): context.member(of: group)
    }
  }
}

extension Scenario.Worker.AgentDeed {
  /// What an agent is asked.
  var request: AgentRequest<Term> {
    switch self {
    case .get: .get { $0 }
    case .put(let term): .update { _ in term }
    case .add(let step):
      .update { value in
        guard case .integer(let number) = value else { throw RaisedError("badarith") }
        return .integer(number.addingReportingOverflow(step).partialValue)
      }
    }
  }
}

extension ProcessContext {
  /// A member of a group other than this process, by the machine's chance; nobody when there is
  /// none.
  fileprivate mutating func member(of group: Term) -> ProcessName {
    let others = members(of: group).filter { $0 != pid }.sorted()
    return .pid(others.randomElement(using: &generator) ?? PID(0, node: node))
  }

  /// A key, by the machine's chance when it is one of several.
  fileprivate mutating func draw(_ key: Scenario.Worker.Key) -> Term {
    switch key {
    case .term(let term): term
    case .anyOf(let range): .integer(Int.random(in: range, using: &generator))
    }
  }
}
