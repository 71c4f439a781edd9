/// A rectangle of cells.
///
/// One without columns or rows is empty and draws nothing.
package struct Rect: Hashable, Sendable {
  package var column: Int
  package var row: Int
  package var columns: Int
  package var rows: Int

  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = columns
    self.rows = rows
  }

  package init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  package var size: Size { Size(columns: columns, rows: rows) }
  package var origin: Point { Point(column: column, row: row) }
  package var isEmpty: Bool { columns <= 0 || rows <= 0 }
  /// The first column to the right of the rectangle.
  package var endColumn: Int { column + columns }
  /// The first row below the rectangle.
  package var endRow: Int { row + rows }

  package func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  package func inset(columns by: Int, rows byRows: Int) -> Rect {
    Rect(
      column: column + by, row: row + byRows,
      columns: max(0, columns - 2 * by), rows: max(0, rows - 2 * byRows))
  }

  package func inset(_ by: Int) -> Rect { inset(columns: by, rows: by) }

  package func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top,
      columns: max(0, min(endColumn, other.endColumn) - left),
      rows: max(0, min(endRow, other.endRow) - top))
  }

  // MARK: - Splitting

  /// The upper rows, at most all of them, and what is left below.
  package func split(top count: Int) -> (top: Rect, rest: Rect) {
    let count = min(max(0, count), max(0, rows))
    return (
      Rect(column: column, row: row, columns: columns, rows: count),
      Rect(column: column, row: row + count, columns: columns, rows: rows - count)
    )
  }

  package func split(bottom count: Int) -> (rest: Rect, bottom: Rect) {
    let parts = split(top: max(0, rows - max(0, count)))
    return (parts.top, parts.rest)
  }

  package func split(left count: Int) -> (left: Rect, rest: Rect) {
    let count = min(max(0, count), max(0, columns))
    return (
      Rect(column: column, row: row, columns: count, rows: rows),
      Rect(column: column + count, row: row, columns: columns - count, rows: rows)
    )
  }

  package func split(right count: Int) -> (rest: Rect, right: Rect) {
    let parts = split(left: max(0, columns - max(0, count)))
    return (parts.left, parts.rest)
  }
}
