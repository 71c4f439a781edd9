/// What somebody presents, cue by cue: what is said, shown and done, and what is waited for.
package struct Script: Hashable, Sendable {
  /// The cues, in their order.
  package var cues: [Cue]

  /// A script of these cues.
  package init(_ cues: [Cue] = []) { self.cues = cues }

  /// Whether there is nothing to present.
  package var isEmpty: Bool { cues.isEmpty }
}

extension Script {
  /// One line of a script: what is said, shown and done when whoever presents it asks for it.
  package struct Cue: Hashable, Sendable {
    /// The sentence on the screen; text from outside.
    package var caption: String?
    /// What is asked before anything is done.
    package var question: Question?
    /// The process that is selected.
    package var selection: ChildPath?
    /// The view that is shown.
    package var view: View?
    /// The process whose kill is only shown.
    package var preview: ChildPath?
    /// What is asked of the machine; a kill is done as the keys do it, and shown first.
    package var request: ScriptedRequest?
    /// What has to happen before the cue is over.
    package var wait: Wait?
    /// What must be true then.
    package var expectations: [Expectation] = []
    /// The line of the file, for what went wrong.
    package var line: Int

    /// A cue that does nothing yet.
    package init(line: Int) { self.line = line }

    /// Whether it does something, if only to show what a kill would do.
    package var isActive: Bool { preview != nil || request != nil }
  }

  /// A question of a cue, whose answer the cue shows.
  package struct Question: Hashable, Sendable {
    /// What is asked.
    package var text: String
    /// What may be chosen.
    package var answers: [String]
    /// The number of the right answer, 1 for the first; nil when what happens is the answer.
    package var right: Int?

    /// Creates a question.
    package init(text: String, answers: [String], right: Int?) {
      self.text = text
      self.answers = answers
      self.right = right
    }
  }

  /// A view of the console, by its name in scripts.
  package enum View: String, CaseIterable, Hashable, Sendable {
    case bubbles, tree, table, time, lab, log
  }
}
