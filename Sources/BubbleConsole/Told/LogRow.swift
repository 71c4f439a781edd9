package import BubbleEvents
package import BubbleTree

/// One event that the log tells, and its place among the others.
package struct LogRow: Hashable, Sendable {
  /// What it cost, at the right end.
  package enum Note: Hashable, Sendable {
    case none
    /// Restarts that counted then, of those allowed.
    case budget(used: Int, allowed: Int)
    /// How long it took a process to stop.
    case took(Duration)
    /// Which incarnation began.
    case life(Int)
  }

  package var event: Event.ID
  package var instant: RuntimeInstant
  package var slot: SlotID?
  /// The other end of a message.
  package var partner: SlotID?
  /// The row of what caused it; negative for a beginning.
  package var parent: Int32
  /// How many rows lie between it and the beginning.
  package var depth: Int16
  /// The last row it caused so far; negative for none.
  package var lastChild: Int32 = -1
  /// Whether it is shown only on request.
  package var isMessage = false
  package var note = Note.none

  /// Whether it is about the process there, or a message from or to it.
  func concerns(_ other: SlotID) -> Bool { slot == other || partner == other }
}
