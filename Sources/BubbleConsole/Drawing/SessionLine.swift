import BubbleCells
import BubbleEvents

/// The whole session in one row, to scale: the crashes, and where the shown moment is.
struct SessionLine {
  var here: RuntimeInstant
  var end: RuntimeInstant
  /// When something crashed or was killed.
  var crashes: [RuntimeInstant]
  var pointer: String
  /// What stands at the right end.
  var title: String

  private static let left = " 0 s "

  /// Draws the line where there is room for it.
  func draw(_ glyphs: GlyphSet, in area: Rect, on grid: inout CellGrid) {
    let columns = columns(of: area)
    guard columns > 4 else { return }
    let shown = column(of: here, columns)
    let start = area.column + displayWidth(Self.left)
    grid.put(Self.left, at: area.origin, role: .dim)
    for index in 0..<columns {
      let isPast = index <= shown
      grid.put(
        glyphs[isPast ? .timePast : .timeToCome], at: Point(column: start + index, row: area.row),
        role: isPast ? .running : .dim)
    }
    for crash in crashes {
      let column = column(of: crash, columns)
      grid.put(
        glyphs[.crashed], at: Point(column: start + column, row: area.row),
        role: column <= shown ? .crashed : .dim)
    }
    grid.put(pointer, at: Point(column: start + shown, row: area.row), role: .budgetCounted)
    grid.put(" \(title)", at: Point(column: start + columns, row: area.row), role: .dim)
  }

  /// The instant that is drawn at `point`.
  func instant(at point: Point, in area: Rect) -> RuntimeInstant? {
    let columns = columns(of: area)
    let column = point.column - area.column - displayWidth(Self.left)
    guard columns > 4, area.contains(point), (0..<columns).contains(column) else { return nil }
    let part = Double(column) / Double(columns - 1)
    let nanoseconds = (part * Double(end.nanoseconds)).rounded(.down)
    return Int64(exactly: nanoseconds).map { RuntimeInstant(nanoseconds: $0) } ?? end
  }

  private func columns(of area: Rect) -> Int {
    area.columns - displayWidth(Self.left) - displayWidth(title) - 1
  }

  private func column(of instant: RuntimeInstant, _ columns: Int) -> Int {
    let part = Double(instant.nanoseconds) / Double(max(1, end.nanoseconds))
    return min(columns - 1, max(0, Int((part * Double(columns - 1)).rounded())))
  }
}
