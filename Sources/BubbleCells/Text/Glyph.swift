/// What one cell shows: a character and up to two combining marks, packed into one word.
///
/// Only sanitised characters become glyphs, so a glyph can be sent to any terminal.
package struct Glyph: Hashable, Sendable {
  /// Three scalars of 21 bits, the base character lowest.
  private(set) var bits: UInt64

  /// A cell that nobody wrote on.
  ///
  /// It looks like a space, but dots may be drawn on it.
  package static let untouched = Glyph(bits: 0)
  package static let space = Glyph(bits: 0x20)
  /// What stands for a character that has no visible form of its own.
  package static let replacement = Glyph(bits: 0xFFFD)

  private static let mask: UInt64 = 0x1F_FFFF

  private init(bits: UInt64) {
    self.bits = bits
  }

  /// The visible form of a character; control characters come out as their pictures.
  package init(_ scalar: Unicode.Scalar) {
    self.init(bits: UInt64(GlyphWidth.visible(scalar).value))
  }

  /// Adds a combining mark if there is room for it.
  mutating func combine(_ mark: Unicode.Scalar) -> Bool {
    if bits == 0 || bits == 0x20 || bits == Self.replacement.bits { return false }
    if bits >> 21 == 0 {
      bits |= UInt64(mark.value) << 21
    } else if bits >> 42 == 0 {
      bits |= UInt64(mark.value) << 42
    } else {
      return false
    }
    return true
  }

  package var isBlank: Bool { bits == 0 || bits == 0x20 }

  /// The base character, a space for an untouched cell.
  package var base: Unicode.Scalar {
    bits == 0 ? " " : Unicode.Scalar(UInt32(bits & Self.mask)) ?? "\u{FFFD}"
  }

  package var marks: [Unicode.Scalar] {
    [bits >> 21 & Self.mask, bits >> 42].filter { $0 != 0 }
      .compactMap { Unicode.Scalar(UInt32($0)) }
  }

  /// One braille cell; the mask has one bit a dot as Unicode orders them, and is never zero.
  static func braille(_ mask: UInt8) -> Glyph {
    Glyph(bits: 0x2800 + UInt64(mask))
  }

  var isBraille: Bool { bits > 0x2800 && bits <= 0x28FF }

  /// How many cells it takes.
  package var width: Int { GlyphWidth.isWide(base.value) ? 2 : 1 }

  package func write(to text: inout String) {
    text.unicodeScalars.append(base)
    if bits >> 21 != 0 {
      text.unicodeScalars.append(contentsOf: marks)
    }
  }
}

extension Glyph: ExpressibleByUnicodeScalarLiteral {
  package init(unicodeScalarLiteral value: Unicode.Scalar) {
    self.init(value)
  }
}

extension Glyph: CustomStringConvertible {
  package var description: String {
    var text = ""
    write(to: &text)
    return text
  }
}
