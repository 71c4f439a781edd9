import BubbleEvents
import BubbleOTP
import BubbleScripts
import Yams

/// Where everything is in the tree of a file, so that calls and steps can name it.
///
/// A place is named by its id, or by as many of the ids above it as make it unique: `cache`,
/// `db_sup/cache`. A dynamic child is called as on the screen: `conn3`, `conn_sup/conn3`, `pool#3`.
struct PlaceIndex {
  /// What is at a place.
  enum Kind: Hashable {
    case worker
    case supervisor
    case dynamicSupervisor
    /// One whose children bring their own specifications.
    case openSupervisor
    case partitionSupervisor
    case registry(isUnique: Bool)
    case taskSupervisor
    case agent
    case application
    /// An application without a process.
    case library
    /// Who starts and stops the applications.
    case controller

    /// Whatever supervises others.
    static let supervisors: [Kind] = [
      .supervisor, .dynamicSupervisor, .openSupervisor, .partitionSupervisor,
      .registry(isUnique: true),
      .registry(isUnique: false), .taskSupervisor,
    ]
    /// Whatever can be in a tree.
    static let all: [Kind] = [.worker, .agent] + supervisors
    /// Whatever a worker can talk to.
    static let recipients: [Kind] = [
      .worker, .agent, .partitionSupervisor, .registry(isUnique: true), .registry(isUnique: false),
    ]
  }

  struct Place: Hashable {
    var path: ChildPath
    var kind: Kind
    /// The number of the node that it is on, from 0 in the order of the file; nil without nodes.
    var node: Int?
    /// The path from the root's own id down.
    var fullText: String
    /// How it is called, when the text called it by a number as no screen does.
    var betterText: String?
  }

  /// What a target's text leads to.
  enum Match {
    case found(Place)
    case unknown
    /// Some of them, and how many there are.
    case ambiguous([Place], count: Int)
  }

  /// A place as it is kept; paths are made when they are asked for, since they would fill memory.
  struct Entry {
    var parent: Int?
    var id: String
    var kind: Kind
    var template: Node?
    /// Its number when it is a partition.
    var number: Int?
    /// Whether it is a partition or below one; then it has no partitions itself.
    var isCopy = false

    var childID: ChildID { .named(number.map(Term.integer) ?? .atom(id)) }
  }

  private(set) var entries: [Entry] = []
  /// Whether places that are there already are passed over.
  private var isWalkingAgain = false
  private(set) var byID: [String: [Int]] = [:]
  /// By the id of the supervisor, a slash and the own id.
  private var byPair: [String: [Int]] = [:]
  /// Supervisors of numbered children, by what the numbers are put behind.
  private(set) var byPrefix: [String: [Int]] = [:]

  /// Walks the tree below `node`, passing over whatever is wrong.
  init(root node: Node?) {
    if let node { walk(node, parent: nil, depth: 1) }
  }

  /// Takes in a child that is added while the machine runs, below the one supervisor called so.
  mutating func add(_ child: Node, under text: String) {
    guard case .found(let place) = match(text), place.kind == .supervisor,
      let parent = named(text).first, let id = child.childText,
      byPair["\(entries[parent].id)/\(id)"]?.contains(where: { entries[$0].parent == parent })
        != true
    else { return }
    walk(child, parent: parent, depth: place.path.ids.count + 2)
  }

  /// Walks the trees of applications.
  init(_ applications: ApplicationIndex) {
    add(Scenario.Child.controllerID, .controller, parent: nil)
    walk(applications)
  }

  /// Walks the trees of applications in other versions too; a place that is there stays.
  mutating func walkAgain(_ applications: ApplicationIndex) {
    guard !entries.isEmpty else { return }
    isWalkingAgain = true
    walk(applications)
    isWalkingAgain = false
  }

  private mutating func walk(_ applications: ApplicationIndex) {
    for entry in applications.entries where !applications.isIncluded(entry.name) {
      let tree = entry.tree
      let index = add(entry.name, tree == nil ? .library : .application, parent: 0)
      if let tree { walk(tree, parent: index, depth: 1, in: applications) }
    }
  }

  /// The process that changes releases, below the controller.
  mutating func addReleaseHandler() {
    if !entries.isEmpty { add(ChildPath.releaseHandlerID, .worker, parent: 0) }
  }

  @discardableResult
  private mutating func add(
    _ id: String, _ kind: Kind, parent: Int?, template: Node? = nil, number: Int? = nil
  ) -> Int {
    if isWalkingAgain, let parent,
      let known = byPair["\(entries[parent].id)/\(id)"]?.first(where: {
        entries[$0].parent == parent
      })
    {
      return known
    }
    let index = entries.count
    byID[id, default: []].append(index)
    if kind == .dynamicSupervisor || kind == .openSupervisor || kind == .taskSupervisor {
      byPrefix[ChildID.dynamicPrefix(of: id), default: []].append(index)
    }
    if let parent { byPair["\(entries[parent].id)/\(id)", default: []].append(index) }
    let isCopy = number != nil || parent.map { entries[$0].isCopy } ?? false
    entries.append(
      Entry(
        parent: parent, id: id, kind: kind, template: template, number: number, isCopy: isCopy))
    return index
  }

  private mutating func walk(
    _ node: Node, parent: Int?, depth: Int, number: Int? = nil,
    in applications: ApplicationIndex = ApplicationIndex()
  ) {
    if let name = node.mapping?[IncludedKey.application.rawValue]?.text,
      let tree = applications.tree(of: name)
    {
      // A circle of inclusions ends with the deepest level, and is told.
      return walk(tree, parent: parent, depth: depth, in: applications.without(name))
    }
    // Copies of copies could be too many for any memory; such a tree is refused later.
    guard case .mapping(let mapping) = node, depth <= Scenario.Limits.depth,
      entries.count <= 2 * Scenario.Limits.processes,
      let id = number.map({ String($0) }) ?? node.childText
    else { return }
    let kind = kind(of: node)
    let isDynamic = kind == .dynamicSupervisor
    let index = add(
      id, kind, parent: parent,
      template: isDynamic ? mapping[SupervisorKey.template.rawValue] : nil, number: number)
    switch kind {
    case .supervisor: break
    case .partitionSupervisor:
      guard let template = mapping[SupervisorKey.template.rawValue], !entries[index].isCopy
      else { return }
      for number in 0..<node.partitionCount {
        walk(template, parent: index, depth: depth + 1, number: number, in: applications)
      }
      return
    case .registry:
      for number in 0..<node.partitionCount {
        add(Registry.partitionName(of: id, number), .worker, parent: index)
      }
      return
    case .worker, .dynamicSupervisor, .openSupervisor, .taskSupervisor, .agent, .application,
      .library, .controller:
      return
    }
    for child in mapping[SupervisorKey.children.rawValue]?.sequence ?? [] {
      walk(child, parent: index, depth: depth + 1, in: applications)
    }
  }

  // MARK: - Finding

  /// Every name by which some place can be called, in order, for suggestions.
  private(set) lazy var words: [String] = byID.keys.sorted()

  /// Whether no other process in a tree has this id.
  func isUnique(_ id: String) -> Bool {
    byID[id, default: []].lazy.filter { entries[$0].kind.isInTree }.prefix(2).count == 1
  }

  /// What a process registers as: its id, or the whole path when others have the same id.
  func name(of place: Place) -> String {
    guard case .named(.atom(let id))? = place.path.ids.last, !isUnique(id) else {
      return place.path.ids.last?.description ?? place.fullText
    }
    return place.path.description
  }

  func match(_ text: String) -> Match {
    let found = named(text)
    switch found.count {
    case 1: return .found(place(found[0]))
    case 0: return numbered(text)
    default: return .ambiguous(found.prefix(3).map(place), count: found.count)
    }
  }

  func place(_ index: Int) -> Place {
    var line: [Entry] = []
    var next: Int? = index
    while let current = next {
      line.append(entries[current])
      next = entries[current].parent
    }
    line.reverse()
    return Place(
      path: ChildPath(line.dropFirst().map(\.childID)), kind: entries[index].kind,
      fullText: line.map(\.id).joined(separator: "/"))
  }

  /// The places whose full text ends with `text` at a slash.
  func named(_ text: String) -> [Int] {
    var candidates = byID[text, default: []]
    var end = text[...]
    while let slash = end.firstIndex(of: "/") {
      candidates += byPair[String(end), default: []].filter { isCalled(text[...], $0) }
      end = end[end.index(after: slash)...]
    }
    return candidates
  }

  /// Whether the ids from some supervisor above `index` down to it, between slashes, are `text`.
  private func isCalled(_ text: Substring, _ index: Int) -> Bool {
    let entry = entries[index]
    if text == entry.id { return true }
    guard let parent = entry.parent, text.hasSuffix("/\(entry.id)") else { return false }
    return isCalled(text.dropLast(entry.id.count + 1), parent)
  }

  func kind(of node: Node) -> Kind {
    guard let mapping = node.mapping, mapping[SupervisorKey.supervisor.rawValue] != nil else {
      return node.mapping?[WorkerKey.agent.rawValue] == nil ? .worker : .agent
    }
    if let keys = mapping[SupervisorKey.registry.rawValue] {
      return .registry(isUnique: keys.text != Registry.Keys.duplicate.rawValue)
    }
    if mapping[SupervisorKey.tasks.rawValue] != nil { return .taskSupervisor }
    guard mapping[SupervisorKey.template.rawValue] != nil else {
      let strategy = mapping[SupervisorKey.strategy.rawValue]?.text
      return strategy == SupervisionStrategy.simpleOneForOne.rawValue
        ? .openSupervisor : .supervisor
    }
    return mapping[SupervisorKey.partitions.rawValue] == nil
      ? .dynamicSupervisor : .partitionSupervisor
  }
}

extension PlaceIndex.Kind {
  /// Whether it is a worker or a supervisor.
  var isInTree: Bool {
    switch self {
    case .worker, .supervisor, .dynamicSupervisor, .openSupervisor, .partitionSupervisor,
      .registry, .taskSupervisor, .agent:
      true
    case .application, .library, .controller: false
    }
  }
}

extension Node {
  /// The id of the child that a mapping describes.
  var childText: String? {
    guard let mapping else { return nil }
    return mapping[SupervisorKey.supervisor.rawValue]?.text
      ?? mapping[WorkerKey.worker.rawValue]?.text
  }

  /// How many partitions a supervisor says that it has, if that many may be; 1 when it says
  /// nothing.
  fileprivate var partitionCount: Int {
    guard let node = mapping?[SupervisorKey.partitions.rawValue] else { return 1 }
    let count = node.text.flatMap { Int($0) } ?? 0
    return (1...Scenario.Limits.partitions).contains(count) ? count : 0
  }
}
