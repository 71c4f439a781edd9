extension CellGrid {
  /// The rows as text, without the blanks at their ends.
  package func text() -> String {
    (0..<size.rows).map { rowText($0, trimmed: true) }.joined(separator: "\n")
  }

  /// One row as text.
  package func rowText(_ row: Int, trimmed: Bool = true) -> String {
    let base = row * size.columns
    var line = cells[base..<base + size.columns]
    if trimmed {
      while let last = line.last, last.width == 1, last.glyph.isBlank {
        line.removeLast()
      }
    }
    var text = ""
    for cell in line where cell.width > 0 {
      cell.glyph.write(to: &text)
    }
    return text
  }

  /// The picture for a snapshot: the glyphs between bars, the roles, and what their letters mean.
  ///
  /// A blank without a visible role and a cell of plain text are both `.` in the role plane.
  package func snapshot() -> String {
    var lines = (0..<size.rows).map { "|\(rowText($0, trimmed: false))|" }
    lines.append("-- roles --")
    var used: [Bool] = Array(repeating: false, count: Role.allCases.count)
    for row in 0..<size.rows {
      var line = "|"
      for column in 0..<size.columns {
        let role = cells[row * size.columns + column].role
        used[Int(role.rawValue)] = true
        line.append(role.letter)
      }
      lines.append(line + "|")
    }
    let legend = Role.allCases.filter { used[Int($0.rawValue)] && $0 != .text }
      .map { "\($0.letter) \($0)" }
    lines.append(legend.joined(separator: " · "))
    return lines.joined(separator: "\n") + "\n"
  }
}
