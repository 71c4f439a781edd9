package import BubbleEvents
package import BubbleTree

/// What the machine told, up to the shown moment.
///
/// A pure fold of its events, one after the other, however they arrive: the same events give the
/// same value in batches of any size. Nothing that the user chose is in it, so going back in time
/// is taking an earlier value.
package struct Told: Sendable {
  /// The machine as its events tell it.
  package private(set) var tree = ProcessTree()
  /// The machine's time; at least that of the last event.
  package private(set) var now = RuntimeInstant.zero
  /// The last things that happened, in words.
  package private(set) var recentEvents = RecentEvents()
  /// What the timeline shows.
  package private(set) var timeline = TimelineBook()
  /// What the log shows.
  package private(set) var log = LogBook()
  /// The request that is followed step by step, if one is.
  package private(set) var running: RunningPlan?
  /// The last numbers of the processes that are looked at.
  package private(set) var metrics = MetricsHistory()

  package init() {}
}

extension Told {
  /// Takes in what happened.
  package mutating func fold(_ events: [Event]) {
    let unread = events.count - RecentEvents.mostRead
    for (index, event) in events.enumerated() { fold(event, isRead: index >= unread) }
  }

  /// Of a long run only the end is put into words, since nobody could read the rest.
  private mutating func fold(_ event: Event, isRead: Bool) {
    tree.fold(event)
    now = max(now, tree.now)
    recentEvents.fold(event, in: tree, isRead: isRead)
    timeline.fold(event, in: tree)
    log.fold(event, in: tree)
    running?.fold(event, in: tree)
  }

  /// Time has passed up to `instant`.
  mutating func pass(to instant: RuntimeInstant) { now = max(now, instant) }

  /// Takes in fresh numbers of the processes that are looked at.
  mutating func record(_ samples: [ProcessMetrics]) { metrics.record(samples, at: now) }

  /// Follows a request from now on, which will be made.
  mutating func follow(_ plan: Plan) { running = RunningPlan(plan: plan) }

  /// Follows no request any more.
  mutating func stopFollowing() { running = nil }

  /// What is known at the end of what has happened, when nothing of it is shown yet but this.
  package func ahead(of events: some Sequence<Event>) -> Told {
    var end = self
    end.fold(Array(events))
    return end
  }

  /// The same for somebody who has looked at `other` until now: nothing kept for that is taken for
  /// this, and a request that had not been made is not followed.
  func revisited(after other: Told) -> Told {
    var then = self
    then.tree = tree.renewed(after: other.tree)
    if running?.hasBegun == false { then.running = nil }
    return then
  }

  /// Roughly how much memory a copy takes once it shares none, in units of 100 bytes.
  package var weight: Int {
    tree.placeCount * 10 + log.rows.count + timeline.columns.count + 200
  }
}
