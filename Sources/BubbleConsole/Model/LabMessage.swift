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
}

/// What `update` wants done to the copies of the machine that a lab compares.
package enum LabCommand: Hashable, Sendable {
  /// Make copies of the machine as it is, and send `opened`.
  case open(LabSetup)
  /// Ask each copy for its request, nil where there is nothing to ask; send `foreseen`.
  case ask([ControlRequest?])
  /// Show one more event in each copy.
  case step
  /// Forget the copies.
  case close
}

/// What happened to the copies; the lists are in the order of the copies.
package enum LabMessage: Hashable, Sendable {
  /// They were made; these events made them their variants.
  case opened(LabSetup, [[Event]])
  /// They were asked; this is what would come of it, by copies of them that ran ahead.
  case foreseen([ControlRequest?], [[Event]])
  /// They moved on to that instant, each with its events.
  case events([[Event]], RuntimeInstant)
}
