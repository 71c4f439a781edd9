package import BubbleCells

/// Where the terminal's cursor stands, nil while it is hidden: where text is typed, or at what is
/// highlighted, so that a screen reader or a magnifier that follows it is where the keys act.
package func cursor(of model: ConsoleModel, in grid: CellGrid) -> Point? {
  guard model.options.showsCursor else { return nil }
  if model.keyContext.takesText {
    let sign = Glyph(model.options.glyphs[.cursor].unicodeScalars.first ?? " ")
    if let place = grid.first(where: { $0.glyph == sign && $0.role == .key }) { return place }
  }
  return grid.first { $0.role == .selectionName || $0.role == .selectedRow }
}

extension CellGrid {
  /// The first cell of which something is so, row by row.
  fileprivate func first(where isWanted: (Cell) -> Bool) -> Point? {
    for row in 0..<size.rows {
      for column in 0..<size.columns where isWanted(self[column, row]) {
        return Point(column: column, row: row)
      }
    }
    return nil
  }
}
