extension CellGrid {
  /// What must be sent so that a screen that shows the old grid shows this one.
  ///
  /// Runs never begin or end inside a wide glyph. A run bridges a few unchanged cells, since
  /// moving the cursor costs more than sending them. Of another size, everything is sent.
  package func changes(from old: CellGrid?) -> [CellRun] {
    guard let old, old.size == size else {
      return (0..<size.rows).compactMap { row in
        size.columns == 0
          ? nil
          : CellRun(
            start: Point(column: 0, row: row),
            cells: Array(cells[row * size.columns..<(row + 1) * size.columns]))
      }
    }
    if old.cells == cells { return [] }
    var runs: [CellRun] = []
    for row in 0..<size.rows {
      appendChanges(from: old, row: row, to: &runs)
    }
    return runs
  }

  private static let bridgedCells = 3

  private func appendChanges(from old: CellGrid, row: Int, to runs: inout [CellRun]) {
    let base = row * size.columns
    var start: Int?
    var end = 0
    for column in 0..<size.columns where !looksSame(as: old, at: base + column) {
      if let first = start, column - end > Self.bridgedCells {
        runs.append(run(row: row, from: first, to: end, old: old))
        start = column
      } else if start == nil {
        start = column
      }
      end = column + 1
    }
    if let first = start {
      runs.append(run(row: row, from: first, to: end, old: old))
    }
  }

  private func looksSame(as old: CellGrid, at index: Int) -> Bool {
    let new = cells[index]
    let before = old.cells[index]
    if new == before { return true }
    return new.role == before.role && new.width == before.width && new.glyph.isBlank
      && before.glyph.isBlank
  }

  /// Widens a changed stretch until it holds every wide glyph whole that it touches, old or new.
  private func run(row: Int, from first: Int, to end: Int, old: CellGrid) -> CellRun {
    let base = row * size.columns
    var first = first
    var end = end
    while first > 0, cells[base + first].width == 0 || old.cells[base + first].width == 0 {
      first -= 1
    }
    while end < size.columns, cells[base + end].width == 0 || old.cells[base + end].width == 0 {
      end += 1
    }
    return CellRun(
      start: Point(column: first, row: row), cells: Array(cells[base + first..<base + end]))
  }

  /// Puts the cells of a run where they belong, as a screen does that receives them.
  package mutating func apply(_ run: CellRun) {
    let base = run.start.row * size.columns + run.start.column
    replaceCells(base..<base + run.cells.count, with: run.cells)
  }
}
