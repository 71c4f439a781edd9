import BubbleCells
import BubbleScripts

/// What a script says or asks, in the place of the last events.
enum CaptionBand {
  static func draw(_ model: ConsoleModel, in area: Rect, on grid: inout CellGrid) {
    guard let script = model.script, !area.isEmpty else { return }
    grid.fill(area, role: .caption)
    let columns = area.columns - 6
    let rows = script.rows(columns: columns, glyphs: model.options.glyphs)
    for (index, row) in rows.prefix(area.rows).enumerated() {
      let start = Point(column: area.column + 3, row: area.row + index)
      StyledLine(row).draw(on: &grid, at: start, columns: columns)
    }
  }

  /// `● ● ◌ ○ ○ step 3 of 5` for the row of keys.
  static func progress(_ script: ScriptStatus, _ glyphs: GlyphSet) -> [Span] {
    guard let number = script.number else { return [] }
    var spans: [Span] = []
    if script.count <= 10 {
      for step in 1...script.count {
        let sign: Sign =
          step < number
          ? .running : step > number ? .stopped : script.isWaiting ? .starting : .running
        let role: Role = step > number ? .dim : step == number ? .key : .running
        spans.append(Span(glyphs[sign] + " ", role))
      }
    }
    spans.append(Span("step \(number) of \(script.count)", .dim))
    return spans + [Span("   ")]
  }
}
