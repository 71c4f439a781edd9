package import BubbleCells

extension Key {
  /// The key as the key bar, the help screen and docs/KEYS.md write it.
  package var shown: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let character): "^\(character.uppercased())"
    case .enter: "↵"
    case .escape: "esc"
    case .tab: "tab"
    case .backTab: "shift-tab"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "home"
    case .end: "end"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .insert: "ins"
    case .backspace: "⌫"
    case .delete: "del"
    case .function(let number): "F\(number)"
    }
  }
}

extension Key {
  /// The same text in the signs that the terminal has.
  package static func shown(_ text: String, in glyphs: GlyphSet) -> String {
    guard glyphs.isASCII else { return text }
    switch text {
    case "↑↓←→": return glyphs[.arrowsAll]
    case "↑↓": return glyphs[.arrowsVertical]
    case "←→": return glyphs[.arrowsHorizontal]
    case "↵": return glyphs[.enter]
    case "⌫": return "bksp"
    default: return text
    }
  }
}
