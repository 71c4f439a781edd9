import BubbleCells

/// The row above the view while it is narrowed: the text, and what it keeps and leaves out.
enum FilterLine {
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    let filter = model.filter
    var left = [Span(" /", .key), Span(filter.text, .title)]
    if case .filter = model.overlay { left.append(Span(model.options.glyphs[.cursor], .key)) }
    let separator = Span(" \(model.options.glyphs[.separator]) ", .dim)
    if filter.isActive {
      left += [
        Span("   \(grouped(filter.matches.count)) match"), separator,
        Span("\(grouped(filter.ancestors.count)) ancestors kept", .dim), separator,
        Span("\(grouped(filter.hiddenCount)) hidden"),
      ]
    }
    let right = [Span("esc", .key), Span(" all ", .dim)]
    StyledLine(left, right: right).draw(on: &grid, at: area.origin, columns: area.columns)
  }
}
