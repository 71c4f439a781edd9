/// One cell of a grid.
package struct Cell: Hashable, Sendable {
  package var glyph: Glyph
  package var role: Role
  /// 1, or 2 for the owner of a wide glyph, or 0 for the cell after it.
  package var width: UInt8

  package static let untouched = Cell(glyph: .untouched, role: .text, width: 1)
  static let continuation = Cell(glyph: .untouched, role: .text, width: 0)

  package init(glyph: Glyph, role: Role, width: UInt8) {
    self.glyph = glyph
    self.role = role
    self.width = width
  }
}
