/// How wide characters are, from tables of our own so that every machine agrees.
///
/// Ambiguous characters count as one cell.
enum GlyphWidth {
  static func isWide(_ value: UInt32) -> Bool {
    value >= 0x1100 && contains(wide, value)
  }

  static func isCombining(_ value: UInt32) -> Bool {
    value >= 0x300 && contains(combining, value)
  }

  /// Whether a character shows nothing or rules over others: controls, direction, joiners.
  static func isHidden(_ value: UInt32) -> Bool {
    if value < 0x7F { return value < 0x20 }
    return value <= 0x9F || (value >= 0xAD && contains(hidden, value))
  }

  /// A character that may be shown in place of the given one.
  static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x20...0x7E: scalar
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    // A blank braille cell and the fixed-width spaces are drawn differently by every font.
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x2800: " "
    case let value: isHidden(value) || isCombining(value) ? "\u{FFFD}" : scalar
    }
  }

  private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
