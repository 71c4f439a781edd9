import BubbleEvents

extension Scenario {
  /// One step of a script: what is said, shown and done when whoever presents it asks for it.
  package struct Cue: Hashable, Sendable {
    /// A question whose answer the step shows.
    package struct Question: Hashable, Sendable {
      package var text: String
      package var answers: [String]
      /// The number of the right answer, 1 for the first; nil when the deed itself answers.
      package var right: Int?
    }

    /// What may happen to a process that somebody waits for.
    package enum Happening: String, Hashable, Sendable {
      case started, restarted, crashed, stopped
      case gaveUp = "gave_up"
    }

    /// What the step waits for before it is over.
    package enum Wait: Hashable, Sendable {
      /// Something happens to the process at a place, within a time.
      case happening(Happening, Path, within: Duration)
      /// The release of that version is installed, within a time.
      case installed(String, within: Duration)
      /// Time passes.
      case time(Duration)
    }

    /// What must be true once the step is over.
    package enum Expectation: Hashable, Sendable {
      case running(Path)
      case down(Path)
      /// The process at a place is in this life, 1 for the first.
      case life(Path, Int)
      /// The supervisor at a place has made so many restarts within its period.
      case budget(Path, Int)
      /// The machine runs the release of that version.
      case release(String)
    }

    package var caption: String?
    package var question: Question?
    package var selection: Path?
    /// The name of a view.
    package var view: String?
    /// Whose kill is only shown.
    package var preview: Path?
    package var action: Step.Action?
    package var wait: Wait?
    package var expectations: [Expectation] = []
    /// The line of the file.
    package var line: Int
  }
}
