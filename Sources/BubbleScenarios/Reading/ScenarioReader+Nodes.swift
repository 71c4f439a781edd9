import BubbleEvents
import BubbleScripts
import BubbleText
import Yams

/// Several nodes in the place of one machine, and the network between them.
extension ScenarioReader {
  /// Everything below `nodes`.
  mutating func cluster(_ node: Node, _ fields: Fields<FileKey>) -> Scenario.Child? {
    let limit = Scenario.Limits.nodes
    guard case .sequence(let list) = node, (1...limit).contains(list.count) else {
      report(node, "nodes wants a list of 1 to \(limit) nodes; found \(node.shown)")
      return nil
    }
    for key in [FileKey.release, .upgrades] {
      guard let stray = fields[key] else { continue }
      report(stray, "\(key.rawValue) goes with a machine that stands alone, not with nodes")
    }
    let shared = sharedContent(fields)
    let facts = list.map { enterNode($0, shared: shared) }
    guard facts.allSatisfy({ $0 != nil }) else { return nil }
    enterOffers(fields)
    let all = nodes.entries.indices.compactMap { number -> Scenario.ClusterNode? in
      guard let root = nodeRoot(number), let facts = facts[number] else { return nil }
      return Scenario.ClusterNode(
        name: nodes.entries[number].name, isHidden: facts.isHidden, starts: facts.starts,
        root: root)
    }
    nodes.present = nil
    places = PlaceIndex(root: nil)
    applications = ApplicationIndex()
    let root = Scenario.Child(
      id: Scenario.Child.clusterID, module: Scenario.Child.clusterID, restart: .permanent,
      shutdown: .infinity, kind: .supervisor, isSignificant: false, registeredName: nil,
      content: .nodes(all))
    checkSize(of: root, node)
    return root
  }

  /// The tree or the applications of every node that has none of its own.
  private mutating func sharedContent(_ fields: Fields<FileKey>) -> Node? {
    if let tree = fields[.tree], fields[.applications] != nil {
      report(tree, "a scenario has a tree or applications, not both")
    }
    return fields[.applications] ?? fields[.tree]
  }

  /// What is said of a node besides its tree.
  private struct NodeFacts {
    var isHidden = false
    var starts = true
  }

  /// Takes in the name of a node and where everything is in its tree.
  private mutating func enterNode(_ node: Node, shared: Node?) -> NodeFacts? {
    var facts = NodeFacts()
    var nameNode = node
    var content = shared
    if node.text == nil {
      guard let fields = fields(of: node, NodeKey.self) else { return nil }
      guard let named = fields[.node] else {
        report(node, "a node begins with node: and its name, such as a@shop")
        return nil
      }
      nameNode = named
      facts.isHidden = flag(fields[.hidden], NodeKey.hidden) ?? false
      facts.starts = flag(fields[.starts], NodeKey.starts) ?? true
      if let tree = fields[.tree], fields[.applications] != nil {
        report(tree, "a node has a tree or applications, not both")
      }
      content = fields[.applications] ?? fields[.tree] ?? shared
    }
    guard let name = nodeName(nameNode) else { return nil }
    guard let content else {
      report(node, "tree is missing: it holds the root supervisor of \(quoted(name))")
      return nil
    }
    var entry = NodeIndex.Entry(
      name: name, node: nameNode, isHidden: facts.isHidden, content: content)
    if case .sequence = content {
      applications = ApplicationIndex()
      places = PlaceIndex(root: nil)
      guard let hasOrder = enterApplications(content) else { return nil }
      entry.hasOrder = hasOrder
      entry.applications = applications
      entry.places = places
    } else {
      entry.places = PlaceIndex(root: content)
    }
    nodes.entries.append(entry)
    return facts
  }

  /// A name that no other node has.
  private mutating func nodeName(_ node: Node) -> String? {
    let expectation = "the name of a node, such as a@shop, without spaces and slashes"
    let name = value(node, NodeKey.node, expectation) { text in
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      let isName =
        isShort(text, Scenario.Limits.nameLength) && (1...2).contains(parts.count)
        && parts.allSatisfy { !$0.isEmpty }
        && text.unicodeScalars.allSatisfy { isVisible($0) && $0 != "/" && $0 != " " }
      return isName ? text : nil
    }
    guard let name else { return nil }
    guard let first = nodes.entries.first(where: { $0.name == name }) else { return name }
    let line = first.node.mark?.line ?? 1
    report(node, "a second node \(quoted(name)); the first one is in line \(line)")
    return nil
  }

  /// The root of a node that was taken in, with everything below it.
  private mutating func nodeRoot(_ number: Int) -> Scenario.Child? {
    let entry = nodes.entries[number]
    guard let content = entry.content else { return nil }
    nodes.present = number
    places = entry.places
    applications = entry.applications
    placed = []
    guard case .sequence = content else { return tree(content) }
    return applicationController(content, hasOrder: entry.hasOrder)
  }

  // MARK: - The network

  /// What is said of the network; it is read behind the nodes, whose cables it is about.
  mutating func network(_ fields: Fields<FileKey>) -> Scenario.Network? {
    guard let node = fields[.network] else { return nil }
    guard fields[.nodes] != nil else {
      report(node, "network goes with nodes only; this scenario is one machine")
      return nil
    }
    guard let fields = self.fields(of: node, NetworkKey.self) else { return nil }
    var network = Scenario.Network()
    network.latency = duration(fields[.latency], NetworkKey.latency) ?? .zero
    network.connect = word(fields[.connect], NetworkKey.connect) ?? .start
    network.preventsOverlaps =
      flag(fields[.preventsOverlaps], NetworkKey.preventsOverlaps) ?? true
    network.setUpTime = duration(fields[.setUpTime], NetworkKey.setUpTime) ?? .zero
    let tickTime: Duration? = value(
      fields[.tickTime], NetworkKey.tickTime, "a duration of at least 1 s, such as 60 s"
    ) { text in
      Duration(describedAs: text).flatMap { $0 >= .seconds(1) ? $0 : nil }
    }
    network.tickTime = tickTime
    network.cables = cables(fields[.cables])
    return network
  }

  private mutating func cables(_ node: Node?) -> [Scenario.Network.Cable] {
    guard let node else { return [] }
    let limit = Scenario.Limits.nodes * Scenario.Limits.nodes
    let list = elements(of: node)
    guard list.count <= limit else {
      report(node, "cables wants a list of at most \(grouped(limit)) of them; found \(node.shown)")
      return []
    }
    return list.compactMap { node in
      guard let fields = fields(of: node, CableKey.self) else { return nil }
      for key in CableKey.allCases where fields[key] == nil {
        report(
          node, "\(key.rawValue) is missing: a cable is written {between: [a, b], latency: 5 ms}")
      }
      let latency = duration(fields[.latency], CableKey.latency)
      guard let between = fields[.between] else { return nil }
      let ends = nodeNumbers(between, CableKey.between)
      guard ends.count == 2, ends[0] != ends[1], let latency else {
        if ends.count == elements(of: between).count {
          report(between, "between wants the two nodes that the cable joins, such as [a, b]")
        }
        return nil
      }
      return Scenario.Network.Cable(ends, latency: latency)
    }
  }

  // MARK: - Naming nodes

  /// The node that is named.
  mutating func nodeNumber(_ node: Node, _ key: any ScenarioKey) -> Int? {
    guard let text = node.text else {
      report(node, "\(key.rawValue) wants the name of a node; found \(node.shown)")
      return nil
    }
    if let number = nodes.number(of: text) { return number }
    let short = nodes.entries.filter { $0.shortName == text }.map { quoted($0.name) }
    guard short.isEmpty else {
      let some = short.prefix(3).joined(separator: ", ")
      report(node, "\(quoted(text)) is not unique; write one of \(some)")
      return nil
    }
    report(node, unknown("node", text, among: nodes.names))
    return nil
  }

  /// The nodes that are named, those that exist.
  mutating func nodeNumbers(_ node: Node, _ key: any ScenarioKey) -> [Int] {
    elements(of: node).compactMap { nodeNumber($0, key) }
  }

  // MARK: - Steps

  /// What a step does to nodes and cables.
  mutating func nodeRequest(_ key: CueKey, _ fields: Fields<CueKey>) -> ScriptedRequest? {
    guard let node = fields[key] else { return nil }
    guard !nodes.isEmpty else {
      report(node, "\(key.rawValue) goes with nodes only; this scenario is one machine")
      return nil
    }
    switch key {
    case .stopNode: return nodeNumber(node, key).map { .stopNode(nodes.names[$0]) }
    case .startNode: return nodeNumber(node, key).map { .startNode(nodes.names[$0]) }
    case .cut: return sides(node, key).map { .cut($0) }
    default: return sides(node, key).map { .heal($0) }
    }
  }

  /// The nodes of each side: one node and all others, or sides, of which each is a node or a list.
  private mutating func sides(_ node: Node, _ key: CueKey) -> [[String]]? {
    let names = nodes.names
    if node.text == "all" { return names.map { [$0] } }
    if node.text != nil {
      return nodeNumber(node, key).map { number in
        [[names[number]], names.filter { $0 != names[number] }]
      }
    }
    let written = elements(of: node)
    guard case .sequence = node, written.count > 1 else {
      report(
        node,
        "\(key.rawValue) wants a node, two nodes such as [a, b], or sides such as "
          + "[[a, b], [c]]; found \(node.shown)")
      return nil
    }
    var seen: Set<Int> = []
    var isWhole = true
    let sides = written.map { side in
      elements(of: side).compactMap { node -> String? in
        guard let number = nodeNumber(node, key) else {
          isWhole = false
          return nil
        }
        if !seen.insert(number).inserted {
          report(node, "\(quoted(names[number])) is on two sides")
          isWhole = false
        }
        return names[number]
      }
    }
    if isWhole, sides.contains(where: \.isEmpty) { report(node, "a side has a node at least") }
    return isWhole ? sides : nil
  }

  // MARK: - Conditions

  /// What a key of `wait` or `expect` says of the cluster.
  mutating func conditions(_ key: ConditionKey, _ node: Node) -> [Script.ClusterCondition] {
    guard !nodes.isEmpty else {
      report(node, "\(key.rawValue) goes with nodes only; this scenario is one machine")
      return []
    }
    let names = nodes.names
    switch key {
    case .connected:
      if node.text == "all" { return [.connected(names)] }
      let numbers = nodeNumbers(node, ExpectKey.connected)
      let isWhole = numbers.count == elements(of: node).count
      if isWhole, Set(numbers).count < 2 {
        report(node, "connected wants two nodes or more, such as [a, b]")
      }
      return isWhole ? [.connected(numbers.map { names[$0] })] : []
    case .disconnected: return sides(node, .cut).map { [.disconnected($0)] } ?? []
    case .nodeUp: return nodeNumbers(node, ExpectKey.nodeUp).map { .nodeUp(names[$0]) }
    case .nodeDown: return nodeNumbers(node, ExpectKey.nodeDown).map { .nodeDown(names[$0]) }
    case .global: return holders(node, .global).map { .globalName($0.name, $0.paths) }
    case .leader: return holders(node, .leader).map { .leader($0.name, $0.paths) }
    case .group: return holders(node, .group).map { .group($0.name, $0.paths) }
    }
  }

  /// Names with a process each, or a list of them.
  private mutating func holders(
    _ node: Node, _ key: ExpectKey
  ) -> [(name: Term, paths: [ChildPath])] {
    guard case .mapping(let mapping) = node else {
      report(
        node,
        "\(key.rawValue) wants names with the processes that have them: {king: a/king}; "
          + "found \(node.shown)")
      return []
    }
    return mapping.compactMap { name, value in
      let values = elements(of: value)
      let paths = values.compactMap { anybody($0, key) }
      guard let name = term(name, key), paths.count == values.count else { return nil }
      return (name, paths)
    }
  }

  // MARK: - Applications

  /// What a step does that starts or stops an application of a node.
  mutating func nodeApplicationRequest(
    _ key: CueKey, _ fields: Fields<CueKey>
  ) -> ScriptedRequest? {
    guard let node = fields[key],
      let place = place(node, key, kinds: [.application, .library]),
      case .named(.atom(let name))? = place.path.ids.last
    else { return nil }
    guard key == .startApp else { return .stopApplication(name, of: place.path.parent) }
    let restart = word(fields[.as], CueKey.as, ApplicationRestart.self) ?? .temporary
    return .startApplication(name, restart, of: place.path.parent)
  }
}
