package import BubbleEvents

/// One incarnation of a place: the process that filled it, from its spawn to its end.
package struct Life: Hashable, Sendable {
  /// 1 for the first process that started in the place.
  package var number: Int
  /// The process.
  package var pid: PID
  /// When it was spawned.
  package var start: RuntimeInstant
  /// When it ended; nil while it lives.
  package var end: RuntimeInstant?
  /// Why it ended; nil for one that is gone with its node, too.
  package var reason: ExitReason?
  /// Whether its supervisor had told it to end.
  package var wasStopped = false
  /// The event that tells of its end.
  package var endEvent: Event.ID?
}
