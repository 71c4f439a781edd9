/// A canvas of dots, two across and four down a cell, that is drawn onto a grid.
package struct DotCanvas: Hashable, Sendable {
  package let columns: Int
  package let rows: Int
  private var cells: [DotCell]

  package init(columns: Int, rows: Int) {
    precondition(columns >= 0 && rows >= 0, "a canvas cannot have negative size")
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: DotCell(), count: columns * rows)
  }

  /// How many dots there are across.
  package var width: Int { columns * 2 }
  /// How many dots there are down.
  package var height: Int { rows * 4 }

  // MARK: - Dots

  /// Sets a dot; what lies outside is cut off.
  ///
  /// A cell has one colour: where dots of several roles meet it is that of the highest precedence,
  /// and among equals that of the greatest depth, so an inner ring wins over an outer one. Ornament
  /// is shown by braille only, since other marks are too coarse for it.
  package mutating func set(
    _ x: Int, _ y: Int, _ role: Role, depth: Int = 0, isOrnament: Bool = false
  ) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    cells[y / 4 * columns + x / 2].add(
      DotCell.bit(x % 2, y % 4), role: role, depth: depth, isOrnament: isOrnament)
  }

  package mutating func set(
    _ dots: some Sequence<Dot>, _ role: Role, depth: Int = 0, isOrnament: Bool = false
  ) {
    for dot in dots {
      set(dot.x, dot.y, role, depth: depth, isOrnament: isOrnament)
    }
  }

  /// The role that gives the cell its colour, nil where no dot is set.
  package func role(column: Int, row: Int) -> Role? {
    guard column >= 0, row >= 0, column < columns, row < rows else { return nil }
    let cell = cells[row * columns + column]
    return cell.mask == 0 ? nil : cell.role
  }

  /// Takes the dots of these cells away.
  package mutating func clear(_ rect: Rect) {
    let rect = rect.intersection(Rect(column: 0, row: 0, columns: columns, rows: rows))
    for row in rect.row..<max(rect.row, rect.endRow) {
      for column in rect.column..<max(rect.column, rect.endColumn) {
        cells[row * columns + column] = DotCell()
      }
    }
  }

  // MARK: - Shapes

  /// Draws a ring; a thick one has a second ring of dots inside the first, in braille.
  package mutating func stroke(
    _ ring: SuperellipseRing, _ role: Role, depth: Int = 0, dash: DashPattern = .solid,
    phase: Int = 0, isThick: Bool = false
  ) {
    stroke(ring, role, depth: depth, dash: dash, phase: phase, isOrnament: false)
    if isThick {
      let inner = ring.grown(by: -1)
      stroke(inner, role, depth: depth, dash: dash, phase: phase, isOrnament: true)
    }
  }

  private mutating func stroke(
    _ ring: SuperellipseRing, _ role: Role, depth: Int, dash: DashPattern, phase: Int,
    isOrnament: Bool
  ) {
    let dots = ring.dots()
    for (index, dot) in dots.enumerated() where dash.shows(index, of: dots.count, phase: phase) {
      set(dot.x, dot.y, role, depth: depth, isOrnament: isOrnament)
    }
  }

  /// Fills the inside of a ring from a row of dots downwards, as liquid lies in a vessel.
  ///
  /// The surface is solid; below it every second dot is set, shifted from row to row.
  package mutating func fill(
    _ ring: SuperellipseRing, from surface: Int, _ role: Role, depth: Int = 0
  ) {
    for row in max(surface, ring.rows.lowerBound)...max(surface, ring.rows.upperBound) {
      guard let span = ring.span(row: row) else { continue }
      for x in span where row == surface || (x + row).isMultiple(of: 2) {
        set(x, row, role, depth: depth)
      }
    }
  }

  // MARK: - Drawing

  /// Draws the dots onto a grid, on cells that nobody wrote on unless told otherwise.
  ///
  /// A cell without dots leaves the grid as it is.
  package func draw(
    on grid: inout CellGrid, at point: Point, marks: Marks, keepingText: Bool = true
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        let dots = cells[row * columns + column]
        let place = Point(column: point.column + column, row: point.row + row)
        guard let glyph = dots.glyph(marks), grid.bounds.contains(place) else { continue }
        let cell = grid[place]
        if keepingText, cell.glyph != .untouched || cell.width != 1 { continue }
        grid.put(glyph, at: place, role: dots.role)
      }
    }
  }
}
