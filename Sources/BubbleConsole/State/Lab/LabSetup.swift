package import BubbleEvents
package import BubbleTree

/// What a lab is made of: who is varied, how, and what is asked of each copy to make it so.
package struct LabSetup: Hashable, Sendable {
  /// The supervisor that the copies differ in.
  package var supervisor: SlotID
  /// The process to begin with, in the supervisor's tree.
  package var selection: SlotID?
  /// One for each copy, two to four.
  package var variants: [LabVariant]
  /// What makes a copy its variant, in the order of `variants`.
  package var requests: [[ControlRequest]]
  /// Who asks for that.
  package var asker: Asker
}
