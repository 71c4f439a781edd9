/// Splits text into glyphs from left to right, each with the cells it takes.
///
/// It goes by characters of the standard's tables and not by grapheme clusters, since that is how
/// terminals count. Nothing is lost: what cannot be shown comes out as a visible stand-in.
struct GlyphSequence<Text: StringProtocol>: Sequence, IteratorProtocol {
  private var scalars: Text.UnicodeScalarView.Iterator
  private var upcoming: Unicode.Scalar?

  init(_ text: Text) {
    scalars = text.unicodeScalars.makeIterator()
    upcoming = scalars.next()
  }

  mutating func next() -> (glyph: Glyph, width: Int)? {
    guard let base = upcoming else { return nil }
    upcoming = scalars.next()
    if base.value < 0x7F, base.value >= 0x20, (upcoming?.value ?? 0) < 0x300 {
      return (Glyph(base), 1)
    }
    var glyph = Glyph(base)
    while let mark = upcoming, GlyphWidth.isCombining(mark.value), glyph.combine(mark) {
      upcoming = scalars.next()
    }
    return (glyph, glyph.width)
  }
}
