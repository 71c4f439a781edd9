package import BubbleEvents

/// Something that is told what happened, event by event, and keeps what matters to it.
///
/// Each event is folded once and in order, right after `tree` has folded it: what comes of it does
/// not depend on how many events arrived together.
package protocol EventFold {
  /// Takes in `event`, which `tree` has just folded.
  mutating func fold(_ event: Event, in tree: ProcessTree)
}
