/// A picture made of cells, and the only thing the program draws on.
///
/// Whatever is put outside of it is cut off. A wide glyph owns two cells; writing on either of
/// them takes the glyph away whole, so no half is ever left behind.
package struct CellGrid: Hashable, Sendable {
  package let size: Size
  private(set) var cells: [Cell]

  package init(size: Size) {
    precondition(size.columns >= 0 && size.rows >= 0, "a grid cannot have negative size")
    self.size = size
    cells = Array(repeating: .untouched, count: size.columns * size.rows)
  }

  package var bounds: Rect { Rect(size) }

  package subscript(column: Int, row: Int) -> Cell {
    precondition(
      bounds.contains(Point(column: column, row: row)), "a cell outside of the grid was asked for")
    return cells[row * size.columns + column]
  }

  package subscript(point: Point) -> Cell { self[point.column, point.row] }

  // MARK: - Text

  /// Writes text from left to right and answers how many cells it took.
  ///
  /// With a width it takes at most that many, and the ellipsis says that something was cut off.
  @discardableResult
  package mutating func put(
    _ text: some StringProtocol, at point: Point, role: Role, width: Int? = nil,
    ellipsis: Glyph = "…"
  ) -> Int {
    if let width, displayWidth(text) > width {
      return write(cut(text, to: width, ellipsis: ellipsis), at: point, role: role)
    }
    return write(text, at: point, role: role)
  }

  private mutating func write(
    _ text: some StringProtocol, at point: Point, role: Role
  ) -> Int {
    var column = point.column
    for (glyph, width) in GlyphSequence(text) {
      set(glyph, width: width, column: column, row: point.row, role: role)
      column += width
    }
    return column - point.column
  }

  /// Writes one glyph; half of a wide one at the border becomes a blank.
  package mutating func put(_ glyph: Glyph, at point: Point, role: Role) {
    set(glyph, width: glyph.width, column: point.column, row: point.row, role: role)
  }

  // MARK: - Areas

  /// Writes the same narrow glyph on every cell.
  package mutating func fill(_ rect: Rect, glyph: Glyph = .space, role: Role) {
    precondition(glyph.width == 1, "an area is filled with a glyph of one cell")
    let rect = rect.intersection(bounds)
    for row in rect.row..<max(rect.row, rect.endRow) {
      for column in rect.column..<max(rect.column, rect.endColumn) {
        set(glyph, width: 1, column: column, row: row, role: role)
      }
    }
  }

  /// Takes everything away, so that dots may be drawn there again.
  package mutating func clear(_ rect: Rect) {
    fill(rect, glyph: .untouched, role: .text)
  }

  /// Changes what the cells are there for and leaves their glyphs.
  package mutating func setRole(_ role: Role, in rect: Rect) {
    let rect = rect.intersection(bounds)
    for row in rect.row..<max(rect.row, rect.endRow) {
      for column in rect.column..<max(rect.column, rect.endColumn) {
        cells[row * size.columns + column].role = role
      }
    }
  }

  /// Changes one role into another, everywhere in the rectangle.
  package mutating func setRole(_ role: Role, in rect: Rect, where isMeant: (Role) -> Bool) {
    let rect = rect.intersection(bounds)
    for row in rect.row..<max(rect.row, rect.endRow) {
      for column in rect.column..<max(rect.column, rect.endColumn)
      where isMeant(cells[row * size.columns + column].role) {
        cells[row * size.columns + column].role = role
      }
    }
  }

  /// Lays another grid over this one; its untouched cells let this one show through.
  package mutating func lay(_ other: CellGrid, at point: Point) {
    for row in 0..<other.size.rows {
      for column in 0..<other.size.columns {
        let cell = other.cells[row * other.size.columns + column]
        guard cell.width > 0, cell.glyph != .untouched else { continue }
        set(
          cell.glyph, width: Int(cell.width), column: point.column + column,
          row: point.row + row, role: cell.role)
      }
    }
  }

  /// Replaces cells as they are; whoever calls this keeps wide glyphs whole.
  mutating func replaceCells(_ range: Range<Int>, with new: [Cell]) {
    cells.replaceSubrange(range, with: new)
  }

  // MARK: - Private

  private mutating func set(_ glyph: Glyph, width: Int, column: Int, row: Int, role: Role) {
    guard row >= 0, row < size.rows else { return }
    if width == 2 {
      guard column >= 0, column + 1 < size.columns else {
        set(.space, width: 1, column: column, row: row, role: role)
        set(.space, width: 1, column: column + 1, row: row, role: role)
        return
      }
      let index = row * size.columns + column
      release(index, column: column)
      release(index + 1, column: column + 1)
      cells[index] = Cell(glyph: glyph, role: role, width: 2)
      cells[index + 1] = .continuation
      cells[index + 1].role = role
      return
    }
    guard column >= 0, column < size.columns else { return }
    let index = row * size.columns + column
    release(index, column: column)
    cells[index] = Cell(glyph: glyph, role: role, width: 1)
  }

  /// Takes the wide glyph away that this cell is a part of.
  private mutating func release(_ index: Int, column: Int) {
    switch cells[index].width {
    case 2 where column + 1 < size.columns:
      cells[index + 1] = Cell(glyph: .space, role: cells[index].role, width: 1)
    case 0 where column > 0:
      cells[index - 1] = Cell(glyph: .space, role: cells[index].role, width: 1)
    default:
      return
    }
  }
}
