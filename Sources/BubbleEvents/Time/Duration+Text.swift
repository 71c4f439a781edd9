extension Duration {
  /// Reads a duration as people write it: `300ms`, `1.5 s`, `2min`, `1h`, or `0` alone.
  ///
  /// Nil for anything else, for negative durations and for those over 10,000 hours.
  public init?(describedAs text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
    guard let value = Double(String(digits.filter { $0 != "_" })), value.isFinite else {
      return nil
    }
    let unit = String(text.dropFirst(digits.count)).filter { $0 != " " }
    let seconds: Double
    switch unit {
    case "ms": seconds = value / 1000
    case "s": seconds = value
    case "m", "min": seconds = value * 60
    case "h": seconds = value * 3600
    case "" where value == 0: seconds = 0
    default: return nil
    }
    guard seconds <= 36_000_000 else { return nil }
    self = .nanoseconds(Int64((seconds * 1_000_000_000).rounded()))
  }
}
