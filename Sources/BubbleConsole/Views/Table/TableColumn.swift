import BubbleCells

/// A column of the table besides the name, left to right.
enum TableColumn: CaseIterable, Hashable {
  case pid
  case kind
  case policy
  case restarts
  case mailbox
  case sparkline
  case turns
  case uptime
  case life

  var title: String {
    switch self {
    case .pid: "PID"
    case .kind: "K"
    case .policy: "POLICY"
    case .restarts: "↻"
    case .mailbox: "MAIL"
    case .sparkline: "TURNS/S"
    case .turns: ""
    case .uptime: "UP"
    case .life: "#"
    }
  }

  /// The order that it shows.
  var order: TableOrder? {
    switch self {
    case .pid: .pid
    case .restarts: .restarts
    case .mailbox: .mailbox
    case .turns: .turns
    case .uptime: .uptime
    case .kind, .policy, .sparkline, .life: nil
    }
  }

  var alignment: TextAlignment {
    switch self {
    case .pid, .kind, .policy, .sparkline: .left
    case .restarts, .mailbox, .turns, .uptime, .life: .right
    }
  }

  /// Blank columns before it.
  var gap: Int {
    switch self {
    case .pid, .kind, .restarts, .mailbox, .uptime, .life: 1
    case .policy, .sparkline: 2
    case .turns: 0
    }
  }

  /// Columns it takes at least.
  var width: Int {
    switch self {
    case .pid, .mailbox: 6
    case .kind: 1
    case .policy: 12
    case .restarts: 3
    case .sparkline, .uptime: 7
    case .turns: 5
    case .life: 2
    }
  }

  /// What goes first when room ends.
  static let dispensable: [TableColumn] = [
    .sparkline, .policy, .life, .turns, .uptime, .kind, .mailbox, .pid, .restarts,
  ]
}
