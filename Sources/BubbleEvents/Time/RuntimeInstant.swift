/// A point on the machine's own monotonic time, in nanoseconds since the machine began.
///
/// Nothing in it is wall-clock time: a simulation moves it at will. Restart windows and time-outs
/// compare instants (OTP: monotonic time).
public struct RuntimeInstant: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Nanoseconds since the machine began; never negative.
  public var nanoseconds: Int64

  /// Creates the instant `nanoseconds` after the machine began.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The moment the machine began.
  public static let zero = RuntimeInstant(nanoseconds: 0)

  /// Whole seconds since the machine began, rounded down: what OTP's restart window compares.
  public var wholeSeconds: Int64 { nanoseconds / 1_000_000_000 }

  /// Whether `left` comes before `right`.
  public static func < (left: RuntimeInstant, right: RuntimeInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant `duration` later, saturating at the end of time.
  public static func + (left: RuntimeInstant, right: Duration) -> RuntimeInstant {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.wholeNanoseconds)
    return RuntimeInstant(nanoseconds: overflow ? .max : sum)
  }

  /// The time from `right` to `left`.
  public static func - (left: RuntimeInstant, right: RuntimeInstant) -> Duration {
    .nanoseconds(left.nanoseconds) - .nanoseconds(right.nanoseconds)
  }

  /// Seconds and milliseconds: `14.601`.
  public var description: String {
    let milliseconds = nanoseconds / 1_000_000
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}

extension Duration {
  /// The duration in nanoseconds, rounded toward zero and saturating.
  public var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carry ? (seconds < 0 ? .min : .max) : sum
  }
}
