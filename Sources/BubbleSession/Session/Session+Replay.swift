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
  ///   - check: Sees all events in their order; those of a run that differs from the recorded one
  ///     are its to refuse.
  /// - Throws: What `check` throws.
  package init<Refusal: Error>(
    replaying machine: LiveMachine, model: ConsoleModel, until end: RecordedEnd,
    showsStart: Bool = false, check: ([Event]) throws(Refusal) -> Void
  ) throws(Refusal) {
    var first = machine
    if !showsStart { _ = first.settle(within: Limit.lookAhead, turnLimit: .max) }
    try check(first.takeEvents())
    self.init(machine: machine, model: model, showsStart: showsStart)
    try runThrough(to: end, check: check)
    seek(to: travel.checkpoints.first?.shown ?? 0)
  }

  private mutating func runThrough<Refusal: Error>(
    to end: RecordedEnd, check: ([Event]) throws(Refusal) -> Void
  ) throws(Refusal) {
    var batch: [Event] = []
    while true {
      let isIdle = machine.advance(to: end.instant) == .idle
      _ = machine.takeCaptions()
      batch += machine.takeEvents()
      let isComplete = (batch.last?.id ?? model.tree.lastEvent) >= end.event
      guard isIdle || isComplete || batch.count >= 512 else { continue }
      try check(batch)
      send(.events(batch))
      batch.removeAll(keepingCapacity: true)
      keepCheckpoint()
      if isIdle || (isComplete && machine.journal.next == nil) { break }
    }
    while machine.now < end.instant, machine.advance(to: end.instant) != .idle {
      _ = machine.takeCaptions()
    }
    collect()
    send(.clock(machine.now))
    send(.motionStopped)
  }
}
