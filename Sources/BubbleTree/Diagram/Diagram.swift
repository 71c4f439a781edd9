import BubbleEvents

/// What a diagram shows of a tree: its places from the top down, each after its supervisor,
/// siblings in start order; and, where there are too many, one box that counts those left out.
struct Diagram {
  /// One box.
  struct Box: Hashable {
    /// What it stands for.
    enum Content: Hashable {
      /// A place, which may be empty.
      case place(ChildKind, ProcessState)
      /// A node, which holds the trees below it.
      case node(ProcessState)
      /// Places that are counted and not drawn.
      case rest
    }

    /// Its name in the diagram's source: a letter and digits.
    var id: String
    /// The box above it.
    var parent: String?
    /// What it says, without control characters.
    var lines: [String]
    /// What it stands for.
    var content: Content
  }

  /// What joins two nodes.
  struct Cable: Hashable {
    var from: String
    var to: String
    /// What is said of it; empty for one that is used.
    var label: String
    var isCut: Bool
  }

  private(set) var boxes: [Box] = []
  private(set) var cables: [Cable] = []
  private let limits: DiagramLimits
  private let tree: ProcessTree
  private var places = 0

  init(_ tree: ProcessTree, limits: DiagramLimits) {
    self.tree = tree
    self.limits = limits
    var next: [(slot: SlotID, parent: String?)] = []
    add(tree.roots, under: nil, to: &next)
    var index = 0
    while index < next.count {
      let (slot, parent) = next[index]
      index += 1
      boxes.append(box(of: tree[slot], under: parent))
      add(tree[slot].children, under: name(of: slot), to: &next)
    }
    cables = tree.cluster.cables.compactMap(cable)
  }

  private func cable(_ cable: ClusterFacts.Cable) -> Cable? {
    let cluster = tree.cluster
    guard let low = cluster[cable.low].map({ name(of: $0.slot) }),
      let high = cluster[cable.high].map({ name(of: $0.slot) }),
      boxes.contains(where: { $0.id == low }), boxes.contains(where: { $0.id == high })
    else { return nil }
    let isCut = cluster.cuts.contains(cable)
    let isUsed = cluster.isConnected(cable.low, with: cable.high)
    return Cable(
      from: low, to: high, label: isCut ? "cut" : isUsed ? "" : "not connected", isCut: isCut)
  }

  private func name(of slot: SlotID) -> String { "p\(slot.index)" }

  /// Takes as many of `children` as there is room for, and counts the others in a box.
  private mutating func add(
    _ children: [SlotID], under parent: String?, to next: inout [(slot: SlotID, parent: String?)]
  ) {
    let present = children.filter { !tree[$0].isVacant }
    let room = max(0, min(limits.children, limits.places - places))
    // A box that counts a single place would be no smaller than the place.
    let drawn = present.count <= room + 1 && places < limits.places ? present.count : room
    places += drawn
    next += present.prefix(drawn).map { ($0, parent) }
    guard drawn < present.count else { return }
    boxes.append(
      Box(
        id: (parent ?? "p") + "rest", parent: parent, lines: summary(of: present.dropFirst(drawn)),
        content: .rest))
  }

  // MARK: - What boxes say

  private func box(of node: TreeNode, under parent: String?) -> Box {
    if node.node != nil {
      return Box(
        id: name(of: node.id), parent: parent,
        lines: [node.name.withoutControls, "node, \(node.state.word)"], content: .node(node.state))
    }
    var lines = [node.name.withoutControls]
    for office in node.pid.flatMap({ tree.cluster.offices[$0] }) ?? [] {
      switch office {
      case .globalName(let name): lines.append("global name \(name.asTitle)".withoutControls)
      case .leads(let group, _): lines.append("leads \(group.asTitle)".withoutControls)
      }
    }
    if let flags = node.supervision?.flags {
      lines.append("\(flags.strategy.rawValue), \(flags.intensity.description)")
      if flags.autoShutdown != .never {
        lines.append("auto_shutdown \(flags.autoShutdown.rawValue)")
      }
    }
    if node.state != .running { lines.append(node.state.word) }
    if let restart = node.description?.restart, restart != .permanent {
      lines.append(restart.rawValue)
    }
    if node.restarts > 0 {
      lines.append("restarted \(node.restarts) \(noun(for: node.restarts, "time"))")
    }
    return Box(
      id: name(of: node.id), parent: parent, lines: lines, content: .place(node.kind, node.state))
  }

  private func summary(of slots: ArraySlice<SlotID>) -> [String] {
    var counts = [Int](repeating: 0, count: ProcessState.allCases.count)
    for slot in slots { counts[Int(tree[slot].state.rawValue)] += 1 }
    let states = ProcessState.allCases.filter { counts[Int($0.rawValue)] > 0 }
      .map { "\(counts[Int($0.rawValue)]) \($0.word)" }
    return ["and \(slots.count) more"] + states
  }
}

/// How much of a tree a diagram draws; the rest is counted.
package struct DiagramLimits: Hashable, Sendable {
  /// The most children of one supervisor.
  package var children: Int
  /// The most places in all: Mermaid draws no diagram of more than 500 edges.
  package var places: Int

  package init(children: Int = 24, places: Int = 400) {
    self.children = children
    self.places = places
  }
}

extension ProcessState {
  /// Its name among the styles of a diagram.
  var styleName: String {
    switch self {
    case .starting: "starting"
    case .running: "running"
    case .stopping: "stopping"
    case .stopped: "stopped"
    case .crashed: "crashed"
    case .restarting: "restarting"
    case .gaveUp: "gaveUp"
    case .suspended: "suspended"
    }
  }

  /// The colour of its outline in a diagram, and whether the outline is broken.
  var outline: (colour: String, isDashed: Bool) {
    switch self {
    case .running: ("#2e7d32", false)
    case .starting: ("#2e7d32", true)
    case .stopping: ("#b26a00", true)
    case .stopped: ("#6b7280", true)
    case .crashed, .gaveUp: ("#c62828", true)
    case .restarting: ("#00838f", false)
    case .suspended: ("#6b7280", false)
    }
  }
}

extension String {
  /// The text on one line, with a sign for whatever steers a terminal or a writing direction.
  var withoutControls: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        let picture = scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) : nil
        result.append(picture ?? "\u{FFFD}")
      default:
        result.append(scalar)
      }
    }
    return String(result)
  }
}
