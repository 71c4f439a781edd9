package import BubbleEvents

/// How much of its restart intensity a supervisor has used at one instant.
///
/// OTP compares whole seconds of monotonic time, inclusively: with a period of 2 a restart in second
/// 10 counts until the end of second 12.
package struct Budget: Hashable, Sendable {
  /// One restart that counts.
  package struct Tick: Hashable, Sendable {
    /// When it was recorded.
    package var instant: RuntimeInstant
    /// When it no longer counts.
    package var leaves: RuntimeInstant
    /// Whether more than half of its time in the window has passed.
    package var isPastHalf: Bool
  }

  /// The restarts that count, oldest first.
  package var ticks: [Tick]
  /// How many are allowed.
  package var allowed: Int
  /// The period in seconds.
  package var seconds: Int

  package init(facts: SupervisionFacts, at now: RuntimeInstant) {
    let period = Int64(facts.flags.intensity.seconds)
    allowed = facts.flags.intensity.restarts
    seconds = facts.flags.intensity.seconds
    ticks = facts.ticks.compactMap { instant in
      guard instant.wholeSeconds >= now.wholeSeconds - period else { return nil }
      let leaves = RuntimeInstant(
        nanoseconds: (instant.wholeSeconds + period + 1) * 1_000_000_000)
      let half = (leaves.nanoseconds - instant.nanoseconds) / 2
      return Tick(
        instant: instant, leaves: leaves,
        isPastHalf: now.nanoseconds - instant.nanoseconds > half)
    }
  }

  /// How many restarts count.
  package var used: Int { ticks.count }
  /// How many more are allowed now.
  package var toSpare: Int { max(0, allowed - used) }
  /// When the next one stops counting.
  package var nextLeaves: RuntimeInstant? { ticks.first?.leaves }
}
