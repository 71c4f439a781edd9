import BubbleEvents
import BubbleTree

extension TableOrder {
  /// Whether the numbers it sorts by change without any event.
  var followsMetrics: Bool {
    switch self {
    case .mailbox, .turns: true
    case .start, .name, .pid, .state, .restarts, .uptime: false
    }
  }

  /// Whether events that add and remove nothing change it.
  var followsEvents: Bool {
    switch self {
    case .start, .name: false
    case .pid, .state, .restarts, .mailbox, .turns, .uptime: true
    }
  }

  /// The slots in this order, equal ones in that of their slots; most first where there is a most.
  func sorted(_ slots: [SlotID], in tree: ProcessTree, _ metrics: MetricsHistory) -> [SlotID] {
    if self == .name {
      return slots.map { (name: NumberedName(tree[$0].name), slot: $0) }
        .sorted { ($0.name, $0.slot) < ($1.name, $1.slot) }.map(\.slot)
    }
    return slots.map { (key: key(of: tree[$0], metrics), slot: $0) }
      .sorted { ($0.key, $0.slot) < ($1.key, $1.slot) }.map(\.slot)
  }

  private func key(of node: TreeNode, _ metrics: MetricsHistory) -> Int64 {
    switch self {
    case .start, .name: 0
    case .pid: node.pid.map { Int64($0.node.number) << 32 | Int64($0.number) } ?? .max
    case .state: Self.news.firstIndex(of: node.state).map(Int64.init) ?? .max
    case .restarts: -Int64(node.restarts)
    case .mailbox: -Int64(node.pid.flatMap { metrics[$0]?.mailboxLength } ?? -1)
    case .turns: -Int64(((node.pid.flatMap { metrics[$0]?.rate } ?? -1) * 1000).rounded())
    case .uptime:
      node.pid == nil ? .max : node.lives.last.map(\.start.nanoseconds) ?? .max
    }
  }

  /// What needs attention first.
  private static let news: [ProcessState] = [
    .gaveUp, .crashed, .restarting, .starting, .stopping, .suspended, .stopped, .running,
  ]
}
