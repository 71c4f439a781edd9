import BubbleCells

/// What the signs in the lanes mean, below a blank row.
enum TimelineLegend {
  static func draw(
    _ model: ConsoleModel, _ axis: TimelineAxis, in area: Rect, on grid: inout CellGrid
  ) {
    let lines = [signs(model.options.glyphs, columns: area.columns - 2), remark(axis)]
    for (index, spans) in lines.enumerated() where index + 1 < area.rows {
      let start = Point(column: area.column + 1, row: area.row + 1 + index)
      StyledLine(spans).draw(on: &grid, at: start, columns: area.columns - 2)
    }
  }

  /// As many as fit.
  private static func signs(_ glyphs: GlyphSet, columns: Int) -> [Span] {
    let items: [[Span]] = [
      [Span("━", .running), Span(" alive", .dim)],
      [Span(glyphs[.crashed], .crashed), Span(" crashed", .dim)],
      [Span("╍", .stopping), Span(" stopping", .dim)],
      [Span(glyphs[.stopped], .stopping), Span(" stopped", .dim)],
      [Span("┣", .starting), Span("2", .processName), Span(" started, life 2", .dim)],
      [Span("┃", .budgetCounted), Span("░", .dim), Span(" still counts", .dim)],
    ]
    return wrapped(items, gap: Span("  "), columns: columns).first ?? []
  }

  private static func remark(_ axis: TimelineAxis) -> [Span] {
    let scale =
      axis.isTrueToTime
      ? "to scale; events of one instant share a column"
      : "every event has a column of its own; quiet time is folded ╌╌"
    return [Span(scale, .dim), Span("  thin: to come", .dim)]
  }
}
