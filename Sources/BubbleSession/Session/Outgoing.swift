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
