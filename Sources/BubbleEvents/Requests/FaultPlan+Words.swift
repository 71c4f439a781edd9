extension FaultPlan.Reason {
  /// Reads a reason, and its weight behind a colon: `kill`, `badarg`, `{shutdown,done}`, `kill:3`.
  ///
  /// Nil for anything else, and for a weight that is not above 0.
  public init?(describedAs text: some StringProtocol) {
    var name = String(text)[...]
    var weight = 1.0
    if let colon = name.lastIndex(of: ":"), let number = Double(name[name.index(after: colon)...]) {
      name = name[..<colon]
      weight = number
    }
    guard let term = Term(typed: name), weight > 0, weight.isFinite else { return nil }
    self.init(ExitReason(term), weight: weight)
  }
}

extension FaultPlan.Consequences {
  /// Reads a probability: `10%`, `0.5 %` or `0.1`; nil for anything else.
  public static func chance(describedAs text: some StringProtocol) -> Double? {
    let isPercent = text.hasSuffix("%")
    let digits = text.prefix { $0 != "%" && $0 != " " }
    guard let number = Double(digits), (0...(isPercent ? 100 : 1)).contains(number) else {
      return nil
    }
    return isPercent ? number / 100 : number
  }
}
