package import BubbleEvents

/// How much of its restart intensity a supervisor has used at one instant.
///
/// OTP compares whole seconds of monotonic time, inclusively: with a period of 2 a restart in
/// second 10 counts until the end of second 12.
package struct Budget: Hashable, Sendable {
  /// A restart that counts; of very many, those of one second together.
  package struct Tick: Hashable, Sendable {
    /// When it was recorded.
    package var instant: RuntimeInstant
    /// How many restarts it stands for.
    package var count: Int
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
    let intensity = facts.flags.intensity
    allowed = intensity.restarts
    seconds = intensity.seconds
    ticks = facts.ticks.filter { intensity.counts($0.instant, at: now) }.map { restarts in
      let instant = restarts.instant
      let second = RuntimeInstant(nanoseconds: instant.wholeSeconds * 1_000_000_000)
      let leaves = second + .seconds(intensity.seconds) + .seconds(1)
      return Tick(
        instant: instant, count: restarts.count, leaves: leaves,
        isPastHalf: now - instant > (leaves - instant) / 2)
    }
  }

  /// How many restarts count.
  package var used: Int { ticks.reduce(0) { $0 + $1.count } }
  /// How many more are allowed now.
  package var toSpare: Int { max(0, allowed - used) }
  /// When the next one stops counting.
  package var nextLeaves: RuntimeInstant? { ticks.first?.leaves }

  /// Leaves out the newest restarts, so that `count` are left at most.
  mutating func keepOldest(_ count: Int) {
    var surplus = used - count
    while surplus > 0, let last = ticks.popLast() {
      surplus -= last.count
      if surplus < 0 {
        ticks.append(last)
        ticks[ticks.count - 1].count = -surplus
      }
    }
  }
}
