/// How often faults arrive: a Poisson process, so each instant is as likely as any other.
public struct FaultRate: Hashable, Sendable {
  /// What the rate counts.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// The faults of each target that lives; more targets meet more faults.
    case each
    /// The faults of all targets together; each is hit by the same chance.
    case together
  }

  /// The most faults in an hour that can be asked for: one a millisecond.
  public static let maximum = 3_600_000.0

  /// Faults in an hour of the machine's time, on the average; from 0 to `maximum`.
  public var perHour: Double
  /// Whether each target has that many, or all of them together.
  public var scope: Scope

  /// Creates a rate.
  public init(perHour: Double, scope: Scope = .each) {
    precondition(
      (0...Self.maximum).contains(perHour), "a rate is between 0 and \(Self.maximum) an hour")
    self.perHour = perHour
    self.scope = scope
  }
}

extension FaultRate {
  private static let units: [(name: String, perHour: Double)] = [
    ("s", 3600), ("min", 60), ("h", 1), ("d", 1 / 24),
  ]

  /// Reads a rate: a number, `/` and `s`, `min`, `h` or `d`, such as `6/h` for each target, or
  /// `6/h together` for all of them.
  ///
  /// Nil for anything else, and for more than `maximum`.
  public init?(describedAs text: some StringProtocol) {
    var words = String(text).split { $0 == " " || $0 == "/" }.map(String.init)
    guard text.contains("/"), (2...3).contains(words.count) else { return nil }
    let scope = words.count == 3 ? Scope(rawValue: words.removeLast()) : .each
    guard let scope, let amount = Double(words[0]), amount >= 0,
      let unit = Self.units.first(where: { $0.name == words[1] }),
      amount * unit.perHour <= Self.maximum
    else { return nil }
    self.init(perHour: amount * unit.perHour, scope: scope)
  }
}

extension FaultRate: CustomStringConvertible {
  /// The rate as `init(describedAs:)` reads it: in the shortest unit that has a whole number of
  /// them.
  public var description: String {
    let whole = Self.units.first { unit in
      let amount = perHour / unit.perHour
      return amount >= 1 && amount == amount.rounded() && amount * unit.perHour == perHour
    }
    let unit = whole ?? (name: "h", perHour: 1)
    let amount = perHour / unit.perHour
    let text = amount == amount.rounded() ? String(Int(amount)) : String(amount)
    return "\(text)/\(unit.name)" + (scope == .each ? "" : " \(scope.rawValue)")
  }
}
