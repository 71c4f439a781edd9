package import BubbleEvents

/// What is known of a supervisor beyond being a process.
package struct SupervisionFacts: Hashable, Sendable {
  /// Its flags, as it read them last.
  package var flags: SupervisorFlags
  /// The instants of the restarts that may still count, oldest first; bounded by the intensity.
  package var ticks: [RuntimeInstant] = []
  /// Whether it is carrying out a restart.
  package var isActing = false
  /// Whether it exceeded its intensity.
  package var gaveUp = false
  /// Children that live now, for supervisors with more than one can see.
  package var aliveChildren = 0
  /// Places in use: specifications, without the holes that dynamic children leave.
  package var occupied = 0
}
