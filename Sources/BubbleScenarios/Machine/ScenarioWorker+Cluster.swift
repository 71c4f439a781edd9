import BubbleEvents
import BubbleKernel
import BubbleOTP

/// What a worker does over nodes: global names, groups, messages that it sends on.
extension ScenarioWorker {
  /// What a worker has to do with its global name.
  enum Crown: Hashable, Sendable {
    /// Nothing yet, or no more.
    case none
    case held
    /// It waits for the end of whoever has it.
    case followed
  }

  /// How long a worker waits after the end of whoever had the name, before it tries to take it.
  private static let patience = Duration.milliseconds(100)

  // MARK: - At the start

  /// Takes its global name and joins its groups, and then goes on with the start.
  mutating func enterCluster(
    _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    guard let naming = plan.global else { return try join(plan.groups[...], &context) }
    let claim = claim(naming, &context)
    return try .after(claim, in: &self, &context) { server, result, context in
      if try result.get() {
        server.crown = .held
      } else if naming.taken == .fail {
        let owner = context.whereisGlobally(naming.name).map(Term.pid) ?? "undefined"
        return .stop(.failure(.tuple(["already_started", owner])))
      } else {
        try server.follow(naming, &context)
      }
      return try server.join(server.plan.groups[...], &context)
    }
  }

  private mutating func join(
    _ groups: ArraySlice<Term>, _ context: inout ProcessContext
  ) throws -> InitResult<ScenarioWorker> {
    guard let group = groups.first else {
      return try talk(plan.start.calls[...], plan.starts.filter { $0.every == nil }[...], &context)
    }
    let joining = try context.joining(group, [context.pid])
    return try .after(joining, in: &self, &context) { server, result, context in
      _ = try result.get()
      return try server.join(groups.dropFirst(), &context)
    }
  }

  // MARK: - A global name

  private func claim(
    _ naming: Scenario.Worker.GlobalNaming, _ context: inout ProcessContext
  ) -> Blocking<Bool> {
    context.registeringGlobally(naming.name, context.pid, naming.resolver.global)
  }

  /// Waits for the end of whoever has the name.
  mutating func follow(
    _ naming: Scenario.Worker.GlobalNaming, _ context: inout ProcessContext
  ) throws {
    crown = .followed
    guard let owner = context.whereisGlobally(naming.name), owner != context.pid else {
      return try waitForName(&context)
    }
    ownerMark = context.monitor(owner)
  }

  private func waitForName(_ context: inout ProcessContext) throws {
    _ = try context.startTimer(Self.patience, Alarm.claim, to: .pid(context.pid))
  }

  /// What becomes of a message about its global name; nil for any other.
  mutating func heedName(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker>? {
    guard let naming = plan.global else { return nil }
    switch message {
    case .down(let mark, _, _) where mark == ownerMark:
      ownerMark = nil
      try waitForName(&context)
      return .noReply
    case .message(let conflict as GlobalNameConflict) where conflict.name == naming.name:
      crown = .none
      switch naming.lost {
      case .work: return nil
      case .stop: return .stop(.failure(conflict.term))
      case .follow:
        count(&context)
        try follow(naming, &context)
        return .noReply
      }
    case .down, .exit, .message, .timer, .timeout, .reply, .started: return nil
    }
  }

  /// Tries to take the name that somebody had.
  mutating func claimAgain(
    _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    guard let naming = plan.global, crown == .followed else { return .noReply }
    let claim = claim(naming, &context)
    return try .after(claim, in: &self, &context) { server, result, context in
      if try result.get() {
        server.crown = .held
      } else {
        try server.follow(naming, &context)
      }
      return .noReply
    }
  }

  // MARK: - Messages

  /// Keeps a message among the last ones, and sends it on to whom the file says.
  mutating func take(_ message: Term, _ context: inout ProcessContext) throws {
    if plan.remembers > 0 {
      remembered.append(message)
      if remembered.count > plan.remembers { remembered.removeFirst() }
    }
    for recipient in plan.forwards { try send(recipient, message, &context) }
  }

  /// What the inspector shows of all this.
  var clusterFields: [ProcessInspection.Field] {
    var fields: [ProcessInspection.Field] = []
    if let naming = plan.global {
      let words =
        switch crown {
        case .none: "lost"
        case .held: "held"
        case .followed: "waited for"
        }
      fields.append(.init(name: "global name", value: "\(naming.name), \(words)"))
    }
    fields += plan.groups.map { .init(name: "group", value: "\($0)") }
    if plan.remembers > 0 {
      let texts = remembered.map(\.description).joined(separator: ", ")
      fields.append(.init(name: "received", value: texts))
    }
    if let failure = lastFailure {
      fields.append(.init(name: "last failed call", value: "\(failure)"))
    }
    return fields
  }
}

extension Scenario.Worker.GlobalNaming.Resolver {
  /// As the name servers know it.
  fileprivate var global: GlobalResolver {
    switch self {
    case .randomExit: .randomExit
    case .randomNotify: .randomNotify
    case .notifyAll: .notifyAll
    case .none: .custom { _, _, _ in nil }
    }
  }
}
