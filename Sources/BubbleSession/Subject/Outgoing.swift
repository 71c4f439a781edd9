package import BubbleCells
package import BubbleConsole
package import BubbleEvents
import BubbleTree

/// What a session has for the outside, until somebody takes it.
package struct Outgoing: Sendable {
  /// Files that the user wants written, the first wish first.
  package private(set) var wishes: [FileRequest] = []
  /// What deserves a mark in a recording of the screen, of all that was shown; the oldest are
  /// dropped when nobody takes them.
  package private(set) var marks: [String] = []
  /// What has happened, if somebody wants to know it.
  package private(set) var events: [Event] = []
  /// Whether somebody does.
  var keepsEvents = false

  private static let marksAtMost = 1000

  mutating func add(_ wish: FileRequest) { wishes.append(wish) }

  /// Notes what has happened.
  mutating func happened(_ events: [Event]) {
    if keepsEvents { self.events += events }
  }

  /// Takes out everything.
  mutating func take() -> Outgoing {
    let taken = self
    self = Outgoing()
    keepsEvents = taken.keepsEvents
    return taken
  }

  /// Notes what was shown; `tree` has folded it.
  mutating func note(_ events: [Event], in tree: ProcessTree) {
    marks += events.compactMap(tree.mark)
    if marks.count > Self.marksAtMost { marks.removeFirst(marks.count - Self.marksAtMost) }
  }
}

/// What a console that runs in a terminal does outside of it.
package protocol ConsoleOutlet {
  /// Does what the user wants, and answers with a line to show.
  mutating func fulfil(_ wish: FileRequest) -> String

  /// Learns what has happened, each event once and in order.
  mutating func happened(_ events: [Event])

  /// Learns of a picture that was shown, and what deserves a mark in it.
  ///
  /// - Parameters:
  ///   - grid: The picture.
  ///   - session: What it shows.
  ///   - marks: In their order.
  ///   - time: Since the console was opened.
  /// - Returns: A line to show, if something went wrong.
  mutating func shown(
    _ grid: CellGrid, of session: Session, marks: [String], at time: Duration
  ) -> String?
}

extension ConsoleOutlet {
  /// Does not want to know it.
  package mutating func happened(_ events: [Event]) {}
}
