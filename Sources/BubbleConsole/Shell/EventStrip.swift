import BubbleCells
import BubbleEvents
import BubbleTree

/// The rows above the key bar: what happened last, or one line that the user should read first.
enum EventStrip {
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    var area = area
    if area.rows > 2 {
      title(model, in: area, on: &grid)
      area = area.split(top: 1).rest
    }
    let said = remark(model)
    let count = area.rows - (said == nil ? 0 : 1)
    var lines = model.story.lines.suffix(count).map { StyledLine($0, model.options.glyphs) }
    if let said { lines.append(said) }
    for (index, line) in lines.enumerated() {
      let start = Point(column: area.column + 1, row: area.row + index)
      line.draw(on: &grid, at: start, columns: area.columns - 2)
    }
  }

  private static func title(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    grid.divider(area, isJoined: false, title: "events")
    guard model.view != .log else { return }
    let hint = StyledLine(
      [Span(" "), Span("\(ViewKind.log.rawValue)", .key), Span(" whole log ", .dim)])
    let width = Span.width(of: hint.left)
    let start = Point(column: area.endColumn - width - 1, row: area.row)
    hint.draw(on: &grid, at: start, columns: width)
  }

  /// What is more important than the last event.
  private static func remark(_ model: ConsoleModel) -> StyledLine? {
    if let notice = model.notice {
      return remark(model, sign: "!", notice)
    }
    if case .preview(let preview) = model.mode {
      guard preview.plan != nil else { return nil }
      return remark(model, sign: "?", "nothing has happened yet; a copy ran ahead to show this")
    }
    return nil
  }

  private static func remark(_ model: ConsoleModel, sign: String, _ text: String) -> StyledLine {
    StyledLine([Span("\(model.now) ", .dim), Span("\(sign) ", .warning), Span(text, .text)])
  }
}
