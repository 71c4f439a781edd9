package import BubbleEvents

/// What is known of a supervisor beyond being a process.
package struct SupervisionFacts: Hashable, Sendable {
  /// Its flags, as it read them last.
  package internal(set) var flags: SupervisorFlags
  /// The instants of the restarts that may still count, oldest first; bounded by the intensity.
  package internal(set) var ticks: [RuntimeInstant] = []
  /// Whether it is carrying out a restart.
  package internal(set) var isActing = false
  /// Whether it exceeded its intensity.
  package internal(set) var gaveUp = false
  /// Processes that live right below it, those outside supervision included.
  package internal(set) var aliveChildren = 0
  /// Places in use: specifications, without the holes that dynamic children leave.
  package internal(set) var occupied = 0

  init(flags: SupervisorFlags) { self.flags = flags }

  /// A new incarnation begins: it has restarted nobody yet.
  mutating func begin() {
    ticks = []
    isActing = false
    gaveUp = false
  }

  /// Remembers a restart; those that no longer count are dropped.
  mutating func record(_ instant: RuntimeInstant, intensity: RestartIntensity) {
    if let first = ticks.first, !intensity.counts(first, at: instant) {
      ticks.removeAll { !intensity.counts($0, at: instant) }
    }
    ticks.append(instant)
    if ticks.count > max(intensity.restarts, 1) { ticks.removeFirst() }
  }
}

extension RestartIntensity {
  /// Whether a restart at `instant` lies within the period at `now`; OTP compares whole seconds.
  func counts(_ instant: RuntimeInstant, at now: RuntimeInstant) -> Bool {
    now.wholeSeconds - instant.wholeSeconds <= Int64(seconds)
  }
}
