import BubbleCells
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// What the table says of one process, column by column.
struct TableCells {
  private let node: TreeNode
  @Boxed private var model: ConsoleModel
  private let track: MetricsHistory.Track?

  /// From so many waiting messages on a mailbox is worth a look.
  private static let longMailbox = 100

  init(_ node: TreeNode, _ model: ConsoleModel) {
    self.node = node
    self.model = model
    track = node.pid.flatMap { model.metrics[$0] }
  }

  func value(of column: TableColumn, columns: Int) -> (text: String, role: Role) {
    switch column {
    case .pid: (node.processPID?.description ?? "", .text)
    case .kind: (node.letter, .text)
    case .policy: policy
    case .restarts: ("\(node.restarts)", node.restarts > 0 ? .budgetCounted : .text)
    case .mailbox: mailbox
    case .sparkline: (sparkline(columns: columns), .sparkline)
    case .turns: (track?.rate.map { short(Int($0.rounded())) } ?? "", .text)
    case .uptime: uptime
    case .life: (node.life > 0 ? "\(node.life)" : "", .text)
    }
  }

  private var policy: (String, Role) {
    if let facts = node.supervision { return (facts.flags.strategy.rawValue, .strategy) }
    if let id = node.node { return (peers(of: id), .text) }
    if let restart = node.application { return (restart.rawValue, .text) }
    return (node.description?.restart.rawValue ?? "", .text)
  }

  /// The nodes that a node is connected with.
  private func peers(of node: NodeID) -> String {
    let cluster = model.tree.cluster
    let peers = cluster[node]?.peers ?? []
    return peers.isEmpty ? "alone" : "+ " + peers.map(cluster.shortName).joined(separator: " ")
  }

  private var mailbox: (String, Role) {
    guard let length = track?.mailboxLength else { return ("", .text) }
    return (short(length), length >= Self.longMailbox ? .warning : .text)
  }

  private func sparkline(columns: Int) -> String {
    guard let track else { return "" }
    return model.options.glyphs.sparkline(track.turns.map(Double.init), columns: columns)
  }

  private var uptime: (String, Role) {
    guard node.pid != nil, let life = node.lives.last, life.end == nil else {
      return ("down", node.state.role == .stopped ? .dim : node.state.role)
    }
    return (spoken(model.now - life.start), .text)
  }

  /// At most five cells: from a hundred thousand on thousands.
  private func short(_ number: Int) -> String {
    switch number {
    case ..<100_000: "\(number)"
    case ..<10_000_000: "\(number / 1000)k"
    default: "\(number / 1_000_000)M"
    }
  }
}

extension TreeNode {
  /// One letter for what it is: a node, a supervisor or a worker.
  var letter: String { node != nil ? "N" : kind == .supervisor ? "S" : "W" }
}
