import BubbleEvents

/// The restarts that a supervisor remembers, in whole seconds (OTP: S40-S44).
struct RestartHistory: Sendable {
  /// The seconds of the restarts within the period, newest first.
  private(set) var seconds: [Int64] = []

  /// Records a restart at `now`; how many lie within the period, this one included.
  ///
  /// OTP keeps those with r >= now - period, comparing whole seconds, and stops at the first that
  /// is older.
  mutating func add(at now: RuntimeInstant, period: Int) -> Int {
    let oldest = now.wholeSeconds - Int64(period)
    let kept = seconds.prefix { $0 >= oldest }
    seconds = [now.wholeSeconds] + kept
    return seconds.count
  }
}
