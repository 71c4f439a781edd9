import BubbleCells
import Testing

@Suite struct PictureTests {
  /// Whether tags nest and close, attributes are quoted and no letter needs escaping.
  func isWellFormed(_ document: String) -> Bool {
    var open: [Substring] = []
    var rest = document[...]
    while let start = rest.firstIndex(of: "<") {
      if rest[..<start].contains(">") { return false }
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.contains("<") || !tag.count(where: { $0 == "\"" }).isMultiple(of: 2) { return false }
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter }
      if tag.hasPrefix("/") {
        guard open.popLast() == name else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
    }
    let entities = document.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    let known = ["amp;", "lt;", "gt;", "quot;"]
    return open.isEmpty && entities.allSatisfy { part in known.contains { part.hasPrefix($0) } }
  }

  /// A grid with every kind of glyph in every role.
  func everything() -> CellGrid {
    var grid = CellGrid(size: Size(columns: 40, rows: Role.allCases.count))
    for (row, role) in Role.allCases.enumerated() {
      grid.put(
        "<13> & \"é\" 作 ⣿⢸ ─┼╭╯┈━┷ ▌▖▀█ ●✗↻ \u{1B}]0;x", at: Point(column: 0, row: row), role: role)
    }
    return grid
  }

  @Test(arguments: Theme.allCases)
  func `a picture is well formed whatever it shows`(theme: Theme) {
    let picture = svg(of: everything(), theme: theme, title: "a < b & \u{1B}c")
    #expect(isWellFormed(picture))
    #expect(picture.contains("<title>a &lt; b &amp; ␛c</title>"))
    #expect(!picture.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func `dots and frames are shapes and need no font`() {
    var grid = CellGrid(size: Size(columns: 4, rows: 2))
    grid.put("⣿─▌·", at: Point(column: 0, row: 0), role: .text)
    let picture = svg(of: grid, theme: .dark)
    #expect(!picture.contains("⣿"))
    #expect(!picture.contains("─"))
    #expect(!picture.contains("▌"))
    #expect(picture.count(where: { $0 == "M" }) >= 11)
  }

  @Test func `the same grid gives the same picture`() {
    #expect(svg(of: everything(), theme: .dark) == svg(of: everything(), theme: .dark))
    #expect(svg(of: everything(), theme: .dark) != svg(of: everything(), theme: .light))
  }

  @Test func `each letter is placed in the middle of its own cells`() {
    var grid = CellGrid(size: Size(columns: 8, rows: 2))
    grid.put("iW作<", at: Point(column: 2, row: 1), role: .text)
    let picture = svg(of: grid, theme: .dark)
    for letter in [
      "<text x=\"30\" y=\"42\">i</text>", "<text x=\"42\" y=\"42\">W</text>",
      "<text x=\"60\" y=\"42\">作</text>", "<text x=\"78\" y=\"42\">&lt;</text>",
    ] {
      #expect(picture.contains(letter))
    }
    #expect(picture.contains("text-anchor=\"middle\""))
  }
}
