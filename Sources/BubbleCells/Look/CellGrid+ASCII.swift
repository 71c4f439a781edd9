extension CellGrid {
  /// The same picture for a terminal without Unicode: each glyph becomes one ASCII letter.
  ///
  /// Signs whose ASCII form is longer (`Sign.ascii`) are chosen when text is composed; here they
  /// come out as the one letter that is nearest.
  package func inASCII() -> CellGrid {
    var result = self
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let cell = self[column, row]
        guard cell.glyph.base.value > 0x7E || !cell.glyph.marks.isEmpty else { continue }
        let point = Point(column: column, row: row)
        result.put(cell.glyph.inASCII, at: point, role: cell.role)
        if cell.width == 2 {
          result.put("?" as Glyph, at: Point(column: column + 1, row: row), role: cell.role)
        }
      }
    }
    return result
  }
}

extension Glyph {
  /// The one ASCII letter that stands for the glyph.
  package var inASCII: Glyph {
    if base.value <= 0x7E { return Glyph(base) }
    if isBraille { return DotCell.letter(for: UInt8(base.value & 0xFF)) ?? .space }
    return Self.asciiForms[base] ?? "?"
  }

  private static let asciiForms: [Unicode.Scalar: Glyph] = {
    var forms: [Unicode.Scalar: Glyph] = [
      "╭": ".", "╮": ".", "╰": "'", "╯": "'", "┏": ".", "┓": ".", "┗": "'", "┛": "'",
      "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
      "┷": "+", "┯": "+", "┠": "+", "┨": "+", "┣": "|", "┫": "|",
      "─": "-", "╌": "-", "┈": ".", "┄": ".", "╍": "~", "━": "=", "╸": "-", "╺": "-", "╴": "-",
      "│": "|", "╎": ":", "┊": ":", "┃": "|", "╷": "|", "╵": "|", "╻": "|", "╹": "|",
      "▀": "'", "▄": "_", "█": "#", "░": ":", "▒": "%", "▓": "#",
      "▁": "_", "▂": ".", "▆": "=", "▼": "v", "▲": "^", "◂": "<", "▴": "^", "↓": "v", "×": "x",
      "−": "-", "–": "-",
      "—": "-", "’": "'", "‘": "'", "“": "\"", "”": "\"", "≤": "<", "≥": ">", "′": "'", "µ": "u",
    ]
    for sign in Sign.allCases where sign.glyphs.unicodeScalars.count == 1 {
      guard let glyph = sign.glyphs.unicodeScalars.first, forms[glyph] == nil,
        let letter = sign.ascii.unicodeScalars.first
      else { continue }
      forms[glyph] = Glyph(letter)
    }
    // Two signs share this block; alone it is a restart of the budget.
    forms["▌"] = "|"
    return forms
  }()
}
