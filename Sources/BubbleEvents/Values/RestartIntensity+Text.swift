extension RestartIntensity: CustomStringConvertible {
  /// What both numbers may be at most.
  public static let limit = 1_000_000

  /// The limit as it is told everywhere: `3 in 5 s`.
  public var description: String { "\(restarts) in \(seconds) s" }

  /// Reads a limit in any way that people write it: `3 in 5 s`, `3 in 1 min`, `3 in 5`, `3/5`,
  /// `3/5s` or `3 5`; seconds where no unit is given.
  ///
  /// Nil for anything else, for a period that is not in whole seconds, and for numbers over a
  /// million or a period of 0.
  public init?(describedAs text: some StringProtocol) {
    let digits = text.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
    var rest = text.drop { $0 == " " }.dropFirst(digits.count).drop { $0 == " " }
    guard let restarts = Int(digits), (0...Self.limit).contains(restarts) else { return nil }
    if rest.hasPrefix("in ") {
      rest = rest.dropFirst(3)
    } else if rest.hasPrefix("/") {
      rest = rest.dropFirst()
    } else if rest.startIndex == text.startIndex || text[text.index(before: rest.startIndex)] != " "
    {
      return nil
    }
    let period = String(rest.drop { $0 == " " })
    guard let seconds = Self.seconds(period), (1...Self.limit).contains(seconds) else { return nil }
    self.init(restarts, in: seconds)
  }

  private static func seconds(_ period: String) -> Int? {
    let words = period.filter { $0 != " " }
    guard let span = Duration(describedAs: words.allSatisfy(\.isNumber) ? words + "s" : words)
    else { return nil }
    let (seconds, attoseconds) = span.components
    return attoseconds == 0 ? Int(seconds) : nil
  }
}
