package import BubbleEvents
package import BubbleTree

/// An action that is shown before it is done; the machine stands still meanwhile.
package struct Preview: Sendable {
  package var action: PreviewedAction
  /// The process it is about.
  package var target: SlotID
  /// The request that would do it; nil when it cannot be done, and `objection` says why.
  package var request: ControlRequest?
  package var objection: String?
  /// Who began it; the answer that does it only confirms.
  package var asker: Asker
  /// What would happen; nil until the copy has run.
  package var plan: Plan?
  /// Whether the copy came to rest.
  package var isSettled = true
  /// Whether the machine ran before and runs on afterwards.
  package var resumes: Bool
}
