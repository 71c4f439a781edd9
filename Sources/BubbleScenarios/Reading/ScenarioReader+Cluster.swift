import BubbleEvents
import BubbleText
import Yams

/// What workers do over nodes.
extension ScenarioReader {
  /// The properties of a worker that want nodes.
  mutating func cluster(_ fields: Fields<WorkerKey>, _ worker: inout Scenario.Worker) {
    if let node = fields[.global], wantsNodes(node, WorkerKey.global) {
      worker.global = globalNaming(node)
    }
    if let node = fields[.joins], wantsNodes(node, WorkerKey.joins) {
      let limit = Scenario.Limits.groups
      worker.groups = elements(of: node).compactMap { term($0, WorkerKey.joins) }
      if worker.groups.count > limit { report(node, "joins wants at most \(limit) groups") }
    }
    if let node = fields[.leads], wantsNodes(node, WorkerKey.leads) {
      worker.leads = leading(node)
      reportMisfits(fields, "a candidate", allowing: [.leads])
      if let id = fields[.worker]?.text, !places.isUnique(id) {
        report(node, "something else is called \(quoted(id)), and the group is called so")
      }
    }
    worker.forwards = elements(of: fields[.forwards]).compactMap { node in
      recipient(node, key: nil, update: nil, message: nil, in: node, isCall: false)
        .map { .init(target: $0.name, every: .zero, message: "forward", route: $0.route) }
    }
    let most = Scenario.Limits.remembered
    worker.remembers = integer(fields[.remembers], WorkerKey.remembers, in: 1...most) ?? 0
  }

  /// Whether there are nodes, as a key wants it.
  private mutating func wantsNodes(_ node: Node, _ key: any ScenarioKey) -> Bool {
    guard nodes.isEmpty else { return true }
    report(node, "\(key.rawValue) goes with nodes only; this scenario is one machine")
    return false
  }

  /// A name, or a mapping of it and what becomes of it.
  private mutating func globalNaming(_ node: Node) -> Scenario.Worker.GlobalNaming? {
    guard node.mapping != nil else {
      return term(node, WorkerKey.global).map { Scenario.Worker.GlobalNaming($0) }
    }
    guard let fields = fields(of: node, GlobalKey.self) else { return nil }
    if fields[.name] == nil { report(node, "name is missing: it says which global name it takes") }
    let resolver = word(
      fields[.resolver], GlobalKey.resolver, Scenario.Worker.GlobalNaming.Resolver.self)
    let taken = word(fields[.taken], GlobalKey.taken, Scenario.Worker.GlobalNaming.Taken.self)
    let lost = word(fields[.lost], GlobalKey.lost, Scenario.Worker.GlobalNaming.Lost.self)
    guard let name = term(fields[.name], GlobalKey.name) else { return nil }
    var naming = Scenario.Worker.GlobalNaming(name)
    naming.resolver = resolver ?? naming.resolver
    naming.taken = taken ?? naming.taken
    naming.lost = lost ?? naming.lost
    return naming
  }

  /// `true`, or what differs from a group of all visible nodes.
  private mutating func leading(_ node: Node) -> Scenario.Worker.Leading? {
    var leading = Scenario.Worker.Leading()
    if node.mapping == nil {
      guard node.text == "true" else {
        report(node, "leads wants true, or a mapping of what differs; found \(node.shown)")
        return nil
      }
      leading.candidates = visibleNodes
      return leading
    }
    guard let fields = fields(of: node, LeadingKey.self) else { return nil }
    leading.workers = nodeIDs(fields[.workers], LeadingKey.workers)
    leading.candidates =
      fields[.candidates].map { nodeIDs($0, LeadingKey.candidates) }
      ?? visibleNodes.filter { !leading.workers.contains($0) }
    leading.heartbeat =
      interval(fields[.heartbeat], LeadingKey.heartbeat)?.lower ?? leading.heartbeat
    leading.needsMajority = flag(fields[.majority], LeadingKey.majority) ?? false
    if let both = leading.workers.first(where: leading.candidates.contains) {
      let name = nodes.names[Int(both.number) - 1]
      report(node, "\(quoted(name)) is a candidate or a worker, not both")
    }
    return leading
  }

  private var visibleNodes: [NodeID] {
    nodes.entries.indices.filter { !nodes.entries[$0].isHidden }.map(Scenario.id)
  }

  private mutating func nodeIDs(_ node: Node?, _ key: any ScenarioKey) -> [NodeID] {
    node.map { nodeNumbers($0, key).map(Scenario.id) } ?? []
  }

  /// A recipient that is not found by its place: whoever has a global name, a member of a group, or
  /// all of them.
  mutating func wideRecipient(
    _ node: Node, key: Node?, update: Node?, isCall: Bool
  ) -> Recipient? {
    guard let fields = fields(of: node, RecipientKey.self), wantsNodes(node, CallKey.to) else {
      return nil
    }
    if let key { report(key, "key goes with a registry or a supervisor with partitions") }
    if let update { report(update, "update goes with an agent") }
    let keys = RecipientKey.allCases.filter { fields[$0] != nil }
    guard keys.count == 1, let found = keys.first, let name = term(fields[found], found) else {
      if keys.count != 1, !fields.hasStrangers {
        let words = RecipientKey.words.joined(separator: ", ")
        report(node, "to wants one of these: \(words); here are \(keys.count)")
      }
      return nil
    }
    switch found {
    case .global: return Recipient(name: "", route: .global(name))
    case .group: return Recipient(name: "", route: .group(name))
    case .leader:
      guard case .atom(let group) = name else {
        report(node, "leader wants the id of a worker that leads; found \(name)")
        return nil
      }
      return Recipient(name: group, route: .leader(group))
    case .allOf:
      if isCall { report(node, "a call goes to one process; all_of goes with casts") }
      return Recipient(name: "", route: .members(name))
    }
  }

  /// The way to a process of another node, which is found by its name there.
  mutating func remoteRoute(
    _ place: PlaceIndex.Place, _ node: Node?, _ key: any ScenarioKey
  ) -> Scenario.Worker.Route? {
    guard let number = place.node, number != nodes.present else { return nil }
    let isFound =
      switch place.kind {
      case .registry, .partitionSupervisor: false
      case .worker, .supervisor, .dynamicSupervisor, .openSupervisor, .taskSupervisor, .agent,
        .application, .library, .controller:
        true
      }
    if !isFound, let node {
      report(node, "\(quoted(place.fullText)) is on another node, where no key is looked up")
    }
    return .remote(Scenario.id(number))
  }
}
