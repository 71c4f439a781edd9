import BubbleCells
import BubbleEvents
import BubbleTree

/// The rows above the key bar: what happened last, or one line that the user should read first.
enum EventStrip {
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    var area = area
    guard !area.isEmpty else { return }
    if area.rows > 2, model.view != .log {
      title(model, in: area, on: &grid)
      area = area.split(top: 1).rest
    }
    let said = Remark.lines(model, columns: area.columns - 2).prefix(area.rows)
    let room = area.rows - said.count
    var told = model.recentEvents.lines.map { StyledLine($0, model.options.glyphs) }
    if area.rows > 1, said.isEmpty, let next = next(model) { told.append(next) }
    let lines = (LabWords.strip(model, rows: room)?.prefix(room) ?? told.suffix(room)) + said
    for (index, line) in lines.enumerated() {
      let start = Point(column: area.column + 1, row: area.row + index)
      line.draw(on: &grid, at: start, columns: area.columns - 2)
    }
  }

  private static func title(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    grid.divider(area, isJoined: false, title: "events")
    guard !model.isLabShown else { return }
    let hint = StyledLine(
      [Span(" "), Span("\(ViewKind.log.rawValue)", .key), Span(" whole log ", .dim)])
    let width = Span.width(of: hint.left)
    let start = Point(column: area.endColumn - width - 1, row: area.row)
    hint.draw(on: &grid, at: start, columns: width)
  }

  /// In the past, what is told next.
  private static func next(_ model: ConsoleModel) -> StyledLine? {
    guard let end = model.travel.end else { return nil }
    let first = model.tree.lastEvent + 1
    for id in first..<first + eventsSearched {
      guard let event = end.tree.recent[id] else { break }
      guard let told = end.tree.narrate(event) else { continue }
      var line = StyledLine(told, model.options.glyphs)
      line.right = [Span("next", .dim)]
      return line
    }
    return nil
  }

  /// Of many events in a row some are told.
  private static let eventsSearched: Event.ID = 64
}
