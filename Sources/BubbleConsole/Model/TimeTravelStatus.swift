package import BubbleCopyOnWrite
package import BubbleEvents
package import BubbleTree

/// Where in time the screen is, and where it can go.
package struct TimeTravelStatus: Sendable {
  /// The end of what has happened, while the screen shows something earlier.
  package struct End: Sendable {
    /// What the machine had told there; its events are those before and after the shown moment.
    @Boxed package var told: Told
    /// The kills and crashes on the way there, the first one first; of a very long run the last
    /// ones.
    package var incidents: [Event]

    /// The end where the machine had told `told`, and its time was `now`.
    package init(_ told: Told, at now: RuntimeInstant) {
      var told = told
      told.pass(to: now)
      _told = Boxed(wrappedValue: told)
      let tree = told.tree
      let first = tree.lastEvent - min(tree.lastEvent, Self.searched)
      incidents = (first...tree.lastEvent).compactMap { id in
        tree.isIncident(id) ? tree.recent[id] : nil
      }
    }

    package var tree: ProcessTree { _read { yield told.tree } }

    /// The machine's time there.
    package var now: RuntimeInstant { told.now }

    /// How many events are searched for incidents.
    private static let searched: Event.ID = 20_000
  }

  /// A run that was left, and can be returned to.
  package struct Future: Hashable, Sendable {
    package var number: Int
    /// What made it differ: `kill cache`.
    package var title: String

    package init(number: Int, title: String) {
      self.number = number
      self.title = title
    }
  }

  /// Nil while the screen shows what happens now.
  package var end: End?
  /// The last event of the beginning; there is no way back behind it.
  package var beginning: Event.ID = 0
  /// The act that would be undone: `kill cache`.
  package var undoable: String?
  /// The act that would be done again.
  package var redoable: String?
  package var futures: [Future] = []
  /// Whether the machine tells of every message at the shown moment, as far as it was asked.
  package var tellsMessages = false

  package init() {}

  package var isPast: Bool { end != nil }
}

extension ConsoleModel {
  /// Shows the machine as it was when it had told `then`; what the user chose stays.
  mutating func revisit(_ then: Told) {
    told = then.revisited(after: told)
    preview = nil
    inspection = nil
    inspected = nil
    observed = []
    if let selection, !tree.contains(selection) { select(nil) }
    selectionPath = selectionPath.filter { tree.contains($0) }
    filter.forget()
    table.forget()
    timeline.lanes.forget()
    log.forget()
    bubbles.forget()
    isFrozen = false
  }

  /// Shows everything at rest.
  mutating func stopMotion() {
    bubbles.motions = BubbleMotions()
  }
}
