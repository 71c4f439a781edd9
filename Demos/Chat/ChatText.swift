/// Text that came from outside, made fit to be shown to others.
public enum ChatText {
  /// Characters in one message that are passed on.
  public static let limit = 400
  /// Characters in a name.
  public static let nameLimit = 16

  /// What `bytes` say: bytes that are no UTF-8 become `�`, control and formatting characters go, as
  /// do blanks at both ends.
  public static func cleaned(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(4 * limit) where isShown(scalar) {
      result.append(scalar)
    }
    let words = String(result).prefix(limit).drop { $0 == " " }
    return String(words.reversed().drop { $0 == " " }.reversed())
  }

  /// The name that `word` asks for; nil when it is none: letters, digits, `-`, `_`, at most 16,
  /// and of each letter something to see.
  public static func name(_ word: some StringProtocol) -> String? {
    let scalars = word.unicodeScalars
    guard scalars.prefix(2 * nameLimit + 1).count <= 2 * nameLimit,
      (1...nameLimit).contains(word.count)
    else { return nil }
    let isName = scalars.allSatisfy { scalar in
      let isLetter =
        scalar.properties.isAlphabetic && !scalar.properties.isDefaultIgnorableCodePoint
      return isLetter || scalar.properties.numericType == .decimal || scalar == "-" || scalar == "_"
    }
    return isName ? String(word) : nil
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
