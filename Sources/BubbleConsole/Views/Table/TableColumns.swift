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
