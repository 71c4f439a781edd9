package import BubbleConsole
package import BubbleEvents
import BubbleTree

/// Where a recorded run ends.
package struct RecordedEnd: Hashable, Sendable {
  /// Its last event.
  package var event: Event.ID
  /// The machine's time.
  package var instant: RuntimeInstant

  package init(event: Event.ID, instant: RuntimeInstant) {
    self.event = event
    self.instant = instant
  }
}

extension Session {
  /// Opens a console on a run that was recorded; all of it has happened, and its beginning is
  /// shown.
  ///
  /// - Parameters:
  ///   - machine: The machine at its beginning, with all recorded acts in the journal ahead.
  ///   - model: The console.
  ///   - end: How far the recording goes.
  ///   - showsStart: Whether the beginning is before the machine has come up.
  ///   - quiet: Turns in which nothing happens, after which the run is over: no recording goes on
  ///     like that, but a damaged one may claim to.
  ///   - check: Sees all events in their order; those of a run that differs from the recorded one
  ///     are its to refuse.
  /// - Throws: What `check` throws.
  package init<Refusal: Error>(
    replaying machine: SimulatedSubject, model: ConsoleModel, until end: RecordedEnd,
    showsStart: Bool = false, atMostQuiet quiet: Int = Limit.quiet,
    check: ([Event]) throws(Refusal) -> Void
  ) throws(Refusal) {
    var first = machine
    try check(showsStart ? first.takeEvents() : first.comeUp())
    self.init(subject: machine, model: model, showsStart: showsStart)
    try runThrough(to: end, atMostQuiet: quiet, check: check)
    seek(to: travel.beginning)
  }

  private mutating func runThrough<Refusal: Error>(
    to end: RecordedEnd, atMostQuiet quiet: Int, check: ([Event]) throws(Refusal) -> Void
  ) throws(Refusal) {
    while true {
      let part = playback.change { [shown = model.tree.lastEvent] subject in
        subject.replay(
          until: end, shown: shown, atMost: Limit.eventsPerRerun, quiet: quiet)
      }
      try check(part.events)
      send(.events(part.events))
      keepCheckpoint()
      if part.isIdle || (part.isComplete && subject.copy?.journal.next == nil) { break }
    }
    playback.change { $0.wait(until: end.instant, atMost: min(quiet, Limit.lookAheadTurns)) }
    collect()
    sendClock()
    send(.motionStopped)
  }
}

extension Subject {
  /// Does a part of what is recorded: what is shown in one go, or what was left.
  fileprivate mutating func replay(
    until end: RecordedEnd, shown: Event.ID, atMost limit: Int, quiet: Int
  ) -> (events: [Event], isIdle: Bool, isComplete: Bool) {
    var events: [Event] = []
    var turns = 0
    while true {
      let isIdle = advance(to: end.instant) == .idle || turns >= quiet
      _ = takeCaptions()
      let fresh = takeEvents()
      turns = fresh.isEmpty ? turns + 1 : 0
      events += fresh
      let isComplete = (events.last?.id ?? shown) >= end.event
      if isIdle || isComplete || events.count >= limit { return (events, isIdle, isComplete) }
    }
  }

  /// Does what is left to do up to `instant`, if that is not too much: nothing of it was recorded.
  fileprivate mutating func wait(until instant: RuntimeInstant, atMost limit: Int) {
    var turns = 0
    while now < instant, turns < limit, advance(to: instant) != .idle {
      turns += 1
      _ = takeCaptions()
    }
  }
}
