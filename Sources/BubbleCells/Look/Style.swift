/// The look of a role in one theme: a colour of the terminal's sixteen and attributes.
package struct Style: Hashable, Sendable {
  /// 0 to 15, nil for the terminal's own text colour.
  package var foreground: Int?
  /// 0 to 15, nil for the terminal's own background.
  package var background: Int?
  package var isBold = false
  package var isDim = false
  package var isReversed = false
  package var isUnderlined = false

  package init(foreground: Int? = nil, background: Int? = nil) {
    self.foreground = foreground
    self.background = background
  }

  /// Reads a notation such as `6b` or `–br`: a colour or `–`, then b, d, r, u.
  init(_ notation: StaticString, background: Int?) {
    self.init(background: background)
    var number: Int?
    notation.withUTF8Buffer { bytes in
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
          number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "b"): isBold = true
        case UInt8(ascii: "d"): isDim = true
        case UInt8(ascii: "r"): isReversed = true
        case UInt8(ascii: "u"): isUnderlined = true
        default: continue
        }
      }
    }
    foreground = number
  }
}
