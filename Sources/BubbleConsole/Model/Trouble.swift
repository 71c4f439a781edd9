package import BubbleEvents

/// Something that has failed that the user counts on, such as a recording; it stays on the screen.
package struct Trouble: Hashable, Sendable {
  /// What it is, in one line.
  package var text: String
  /// The machine's time when it was told.
  package var instant: RuntimeInstant
}
