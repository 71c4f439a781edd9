/// How the frame of a box is drawn.
package enum BoxStyle: CaseIterable, Hashable, Sendable {
  case round
  case square
  case heavy
  case roundDashed
  case roundDotted
  case squareDashed
  case squareDotted
  case ascii

  /// The six glyphs a frame is made of.
  package struct Glyphs: Hashable, Sendable {
    package var topLeft: Glyph
    package var topRight: Glyph
    package var bottomLeft: Glyph
    package var bottomRight: Glyph
    package var horizontal: Glyph
    package var vertical: Glyph

    init(_ corners: (Glyph, Glyph, Glyph, Glyph), horizontal: Glyph, vertical: Glyph) {
      (topLeft, topRight, bottomLeft, bottomRight) = corners
      self.horizontal = horizontal
      self.vertical = vertical
    }
  }

  package var glyphs: Glyphs {
    let round: (Glyph, Glyph, Glyph, Glyph) = ("╭", "╮", "╰", "╯")
    let square: (Glyph, Glyph, Glyph, Glyph) = ("┌", "┐", "└", "┘")
    return switch self {
    case .round: Glyphs(round, horizontal: "─", vertical: "│")
    case .square: Glyphs(square, horizontal: "─", vertical: "│")
    case .heavy: Glyphs(("┏", "┓", "┗", "┛"), horizontal: "━", vertical: "┃")
    case .roundDashed: Glyphs(round, horizontal: "╌", vertical: "╎")
    case .roundDotted: Glyphs(round, horizontal: "┈", vertical: "┊")
    case .squareDashed: Glyphs(square, horizontal: "╌", vertical: "╎")
    case .squareDotted: Glyphs(square, horizontal: "┈", vertical: "┊")
    case .ascii: Glyphs((".", ".", "'", "'"), horizontal: "-", vertical: "|")
    }
  }
}
