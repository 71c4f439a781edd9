package import BubbleEvents
package import BubbleTree

/// Where in time the screen is, and where it can go.
package struct TimeTravelStatus: Sendable {
  /// The end of what has happened, while the screen shows something earlier.
  package struct End: Sendable {
    /// The tree as it is there; its events are those before and after the shown moment.
    package var tree: ProcessTree
    /// What the timeline shows of it.
    package var timeline: TimelineBook
    /// The machine's time there.
    package var now: RuntimeInstant

    /// The kills and crashes on the way there, the first one first; of a very long run the last
    /// ones.
    package var incidents: [Event]

    package init(tree: ProcessTree, timeline: TimelineBook, now: RuntimeInstant) {
      self.tree = tree
      self.timeline = timeline
      self.now = now
      let first = tree.lastEvent - min(tree.lastEvent, Self.searched)
      incidents = (first...tree.lastEvent).compactMap { id in
        tree.isIncident(id) ? tree.recent[id] : nil
      }
    }

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
  /// Shows the machine as it was `then`, to somebody who looks as now.
  ///
  /// What the machine told comes from `then`: the tree, the story, the timeline, the log, a plan
  /// that ran. What the user chose stays: view, selection, filter, folds, theme.
  mutating func revisit(_ then: ConsoleModel) {
    tree = then.tree.renewed(after: tree)
    now = then.now
    metrics = then.metrics
    story = then.story
    log.reopen(then.log)
    timeline.reopen(then.timeline)
    mode = .browse
    if case .running(let plan) = then.mode, plan.hasBegun { mode = then.mode }
    inspection = nil
    inspected = nil
    observed = []
    if let selection, !tree.contains(selection) { select(nil) }
    selectionPath = selectionPath.filter { tree.contains($0) }
    filter.forget()
    table.forget()
    bubbles.forget()
    isFrozen = false
  }

  /// Shows everything at rest.
  mutating func stopMotion() {
    bubbles.motions = BubbleMotions()
  }

  /// Roughly how much memory a copy takes once it shares none, in units of 100 bytes.
  package var weight: Int {
    tree.placeCount * 10 + log.book.rows.count + timeline.book.columns.count + 200
  }
}
