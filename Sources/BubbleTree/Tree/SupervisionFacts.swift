package import BubbleEvents

/// What is known of a supervisor beyond being a process.
package struct SupervisionFacts: Hashable, Sendable {
  /// Its flags, as it read them last.
  package internal(set) var flags: SupervisorFlags
  /// The restarts that may still count, oldest first; bounded by the intensity, and of more than
  /// `exactRestarts` those of one second are one.
  package internal(set) var ticks: [Restarts] = []
  /// How many restarts `ticks` are.
  private var recorded = 0
  /// Whether it is carrying out a restart.
  package internal(set) var isActing = false
  /// Whether it exceeded its intensity.
  package internal(set) var gaveUp = false
  /// Processes that live right below it, those outside supervision included.
  package internal(set) var aliveChildren = 0
  /// Places in use: specifications, without the holes that dynamic children leave.
  package internal(set) var occupied = 0

  /// Restarts at one instant, or from there to the end of its second.
  package struct Restarts: Hashable, Sendable {
    /// When the first of them was recorded.
    package var instant: RuntimeInstant
    /// How many they are.
    package var count: Int
  }

  /// So many restarts are remembered one by one.
  package static let exactRestarts = 1000

  init(flags: SupervisorFlags) { self.flags = flags }

  /// A new incarnation begins: it has restarted nobody yet.
  mutating func begin() {
    ticks = []
    recorded = 0
    isActing = false
    gaveUp = false
  }

  /// Remembers a restart; those that no longer count are dropped.
  mutating func record(_ instant: RuntimeInstant, intensity: RestartIntensity) {
    if let first = ticks.first, !intensity.counts(first.instant, at: instant) {
      let gone = ticks.prefix { !intensity.counts($0.instant, at: instant) }
      recorded -= gone.reduce(0) { $0 + $1.count }
      ticks.removeFirst(gone.count)
    }
    if ticks.count >= Self.exactRestarts, let last = ticks.indices.last,
      ticks[last].instant.wholeSeconds == instant.wholeSeconds
    {
      ticks[last].count += 1
    } else {
      ticks.append(Restarts(instant: instant, count: 1))
    }
    recorded += 1
    if recorded > max(intensity.restarts, 1) { forgetOldest() }
  }

  private mutating func forgetOldest() {
    recorded -= 1
    if ticks[0].count == 1 { ticks.removeFirst() } else { ticks[0].count -= 1 }
  }
}

extension RestartIntensity {
  /// Whether a restart at `instant` lies within the period at `now`; OTP compares whole seconds.
  func counts(_ instant: RuntimeInstant, at now: RuntimeInstant) -> Bool {
    now.wholeSeconds - instant.wholeSeconds <= Int64(seconds)
  }
}
