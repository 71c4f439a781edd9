extension CellGrid {
  /// Draws a frame around the rectangle, inside of it, with a title set into its upper edge.
  ///
  /// The title has a blank at each side. What does not fit is cut, and left out when too little
  /// room is left for one letter.
  package mutating func box(
    _ rect: Rect, role: Role = .frame, style: BoxStyle = .round, title: String? = nil,
    titleRole: Role = .title
  ) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let glyphs = style.glyphs
    let right = rect.endColumn - 1
    let bottom = rect.endRow - 1
    let wide = Rect(column: rect.column + 1, row: rect.row, columns: rect.columns - 2, rows: 1)
    fill(wide, glyph: glyphs.horizontal, role: role)
    fill(
      Rect(column: wide.column, row: bottom, columns: wide.columns, rows: 1),
      glyph: glyphs.horizontal, role: role)
    for column in [rect.column, right] {
      fill(
        Rect(column: column, row: rect.row + 1, columns: 1, rows: rect.rows - 2),
        glyph: glyphs.vertical, role: role)
    }
    put(glyphs.topLeft, at: Point(column: rect.column, row: rect.row), role: role)
    put(glyphs.topRight, at: Point(column: right, row: rect.row), role: role)
    put(glyphs.bottomLeft, at: Point(column: rect.column, row: bottom), role: role)
    put(glyphs.bottomRight, at: Point(column: right, row: bottom), role: role)
    if let title {
      putTitle(title, onEdge: wide, role: titleRole)
    }
  }

  /// Draws a line across a frame from its left edge to its right, with a title set into it.
  package mutating func divider(
    _ rect: Rect, role: Role = .frame, isJoined: Bool = true, title: String? = nil,
    titleRole: Role = .title
  ) {
    guard rect.columns >= 2, rect.rows >= 1 else { return }
    let line = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: 1)
    fill(line, glyph: "─", role: role)
    if isJoined {
      put("├" as Glyph, at: line.origin, role: role)
      put("┤" as Glyph, at: Point(column: line.endColumn - 1, row: line.row), role: role)
    }
    if let title {
      putTitle(title, onEdge: line.inset(columns: 1, rows: 0), role: titleRole)
    }
  }

  private mutating func putTitle(_ title: String, onEdge edge: Rect, role: Role) {
    let room = edge.columns - 4
    guard room > 0 else { return }
    put(
      " \(cut(title, to: room)) ", at: Point(column: edge.column + 1, row: edge.row), role: role)
  }
}
