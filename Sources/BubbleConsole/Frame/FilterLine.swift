import BubbleText
import BubbleCells
import BubbleTree

/// The row that is there while a view is narrowed: the text, and what it keeps and leaves out.
enum FilterLine {
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let filter = model.filter
    var left = [Span(" /", .key), Span(filter.text, .title)]
    if case .filter = model.overlay { left.append(Span(model.options.glyphs[.cursor], .key)) }
    let right = [Span("esc", .key), Span(" all ", .dim)]
    let room = area.columns - Span.width(of: left) - Span.width(of: right) - 2
    left += counts(model, columns: room)
    StyledLine(left, right: right).draw(on: &grid, at: area.origin, columns: area.columns)
  }

  /// As many of the counts as there is room for, none of them cut.
  private static func counts(_ model: ConsoleModel, columns: Int) -> [Span] {
    let filter = model.filter
    guard filter.isActive else { return [] }
    let matches = filter.matches.count
    let ancestors = filter.ancestors.count
    let items = [
      Span("\(grouped(matches)) \(noun(for: matches, "match", "matches"))"),
      Span("\(grouped(ancestors)) \(noun(for: ancestors, "ancestor")) kept", .dim),
      Span("\(grouped(filter.hiddenCount)) hidden"),
    ]
    var spans: [Span] = []
    for item in items {
      let gap =
        spans.isEmpty ? Span("   ") : Span(" \(model.options.glyphs[.separator]) ", .dim)
      guard Span.width(of: spans + [gap, item]) <= columns else { break }
      spans += [gap, item]
    }
    return spans
  }
}
