/// How many cells the text takes once it is made safe to show.
package func displayWidth(_ text: some StringProtocol) -> Int {
  var width = 0
  for (_, cells) in GlyphSequence(text) {
    width += cells
  }
  return width
}

/// The text as it will be shown: control and hidden characters have become visible stand-ins.
package func sanitised(_ text: some StringProtocol) -> String {
  var result = ""
  for (glyph, _) in GlyphSequence(text) {
    glyph.write(to: &result)
  }
  return result
}

/// The text, safe to show, in at most so many cells; `…` (or `.`) at the end says that it was cut.
package func cut(
  _ text: some StringProtocol, to columns: Int, ellipsis: Glyph = "…"
) -> String {
  guard columns > 0 else { return "" }
  var result = ""
  var kept = ""
  var width = 0
  for (glyph, cells) in GlyphSequence(text) {
    if width + cells > columns {
      ellipsis.write(to: &kept)
      return kept
    }
    glyph.write(to: &result)
    width += cells
    if width < columns { kept = result }
  }
  return result
}

/// The text cut or filled with blanks to exactly so many cells.
package func padded(
  _ text: some StringProtocol, to columns: Int, alignment: TextAlignment = .left,
  ellipsis: Glyph = "…"
) -> String {
  let shown = cut(text, to: columns, ellipsis: ellipsis)
  let room = max(0, columns - displayWidth(shown))
  let before =
    switch alignment {
    case .left: 0
    case .centre: room / 2
    case .right: room
    }
  return String(repeating: " ", count: before) + shown
    + String(repeating: " ", count: room - before)
}
