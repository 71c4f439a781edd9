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
  fileprivate var gap: Int {
    switch self {
    case .pid, .kind, .restarts, .mailbox, .uptime, .life: 1
    case .policy, .sparkline: 2
    case .turns: 0
    }
  }

  fileprivate var width: Int {
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
  fileprivate static let dispensable: [TableColumn] = [
    .sparkline, .policy, .life, .turns, .uptime, .kind, .mailbox, .pid, .restarts,
  ]
}

/// Where the columns stand on a screen of some width.
struct TableColumns {
  /// Before the name: the selection, a mark, the state and a blank.
  static let nameColumn = 4
  private static let leastName = 14
  private static let comfortableName = 28

  private(set) var nameWidth: Int
  private(set) var columns: [(column: TableColumn, start: Int, width: Int)] = []

  /// As many columns as leave room for names; `pidWidth` is that of the longest PID on the screen.
  init(width: Int, pidWidth: Int) {
    var widths: [TableColumn: Int] = [:]
    for column in TableColumn.allCases { widths[column] = column.width }
    widths[.pid] = max(TableColumn.pid.width, pidWidth)
    var kept = TableColumn.allCases
    func room() -> Int {
      width - Self.nameColumn - 1 - kept.reduce(0) { $0 + $1.gap + (widths[$1] ?? 0) }
    }
    for column in TableColumn.dispensable where room() < Self.leastName {
      kept.removeAll { $0 == column }
    }
    for (column, wide) in [(TableColumn.policy, 18), (.sparkline, 14)] {
      let more = min(wide - column.width, room() - Self.comfortableName)
      if kept.contains(column), more > 0 { widths[column] = column.width + more }
    }
    nameWidth = max(0, room())
    var start = Self.nameColumn + nameWidth
    for column in kept {
      start += column.gap
      columns.append((column, start, widths[column] ?? 0))
      start += widths[column] ?? 0
    }
  }
}
