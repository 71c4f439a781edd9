import BubbleCells

extension CellGrid {
  /// Shows in a column which of `count` rows are on the screen, from `first` on; nothing when all
  /// are.
  mutating func scrollBar(_ area: Rect, first: Int, of count: Int) {
    let rows = area.rows
    guard count > rows, rows > 1 else { return }
    let length = max(1, rows * rows / count)
    let start = first * (rows - length) / max(1, count - rows)
    fill(
      Rect(column: area.column, row: area.row + start, columns: 1, rows: length), glyph: "┃",
      role: .dim)
  }
}
