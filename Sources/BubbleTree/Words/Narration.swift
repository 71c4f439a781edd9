package import BubbleEvents

/// One event told in a line: when, a sign, what happened, and at the right what it cost or why.
package struct Narration: Hashable, Sendable {
  /// What a piece of text is, so that it can be shown as that.
  package enum Emphasis: UInt8, Hashable, Sendable, CaseIterable {
    /// Ordinary words.
    case plain
    /// Words that matter less.
    case dim
    /// A process's name.
    case name
    /// A supervisor's name.
    case supervisor
    /// A PID.
    case pid
    /// A reason or a word for a failure.
    case bad
    /// An orderly reason.
    case calm
    /// A strategy.
    case strategy
    /// A key that the user pressed.
    case key
  }

  /// A piece of text.
  package struct Span: Hashable, Sendable {
    /// Text from outside, not yet safe for a terminal.
    package var text: String
    /// What it is.
    package var emphasis: Emphasis

    package init(_ text: String, _ emphasis: Emphasis = .plain) {
      self.text = text
      self.emphasis = emphasis
    }
  }

  /// The sign in front.
  package enum Sign: Hashable, Sendable {
    /// What became of a process.
    case state(ProcessState)
    /// The user did it.
    case user
    /// None of these.
    case note
  }

  /// The event it tells.
  package var event: Event.ID
  /// When it happened.
  package var instant: RuntimeInstant
  /// The sign.
  package var sign: Sign
  /// What happened.
  package var spans: [Span]
  /// What caused it, or how long it may take.
  package var right: [Span] = []
  /// The budget to show at the right, before `right`.
  package var budget: Budget?
  /// The place it is about.
  package var slot: SlotID?
}
