package import BubbleEvents

/// What `update` wants done to the copies of the machine that a lab compares.
package enum LabCommand: Hashable, Sendable {
  /// Make copies of the machine as it is, and send `opened`.
  case open(LabSetup)
  /// Ask each copy for its request, nil where there is nothing to ask; send `foreseen`.
  case ask([ControlRequest?], by: Asker)
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
