import BubbleConsole
import BubbleEvents
import BubbleTree

/// Follows a session and gives the lines of its recording, docs/RECORDINGS.md.
///
/// What is recorded is the run that leads to the end of what has happened, whichever moment of it
/// the screen shows. When the user undoes an act, goes to another future or begins again, a line
/// says how far the recording still holds.
package struct Recorder: Sendable {
  /// An act that was recorded, and the last event before it.
  private struct Recorded: Sendable {
    var act: RecordedAct
    var before: Event.ID
  }

  /// The machine before its first step, to run it again for what the session no longer remembers.
  private let beginning: SimulatedSubject
  private var acts: [Recorded] = []
  private var journal = Journal()
  /// The last event that was recorded.
  private var last: Event.ID = 0

  /// Follows a session that was opened on `machine`; its first lines tell all that happened so far.
  package init(of machine: SimulatedSubject) { beginning = machine }

  /// What has to be added to the recording, as UTF-8; empty when nothing happened.
  package mutating func lines(of session: Session) -> [UInt8] {
    guard let end = session.end else { return [] }
    let lastEvent = end.lastEvent
    guard lastEvent != last || end.machine.journal != journal else { return [] }
    journal = end.machine.journal
    let done = journal.done
    let shared = zip(done, acts).prefix { $0 == $1.act }.count
    let fresh = done.dropFirst(shared).map {
      Recorded(act: $0, before: end.lastEvent(before: $0))
    }
    let kept =
      ([last, lastEvent] + [fresh.first, acts.dropFirst(shared).first].compactMap(\.?.before))
      .min() ?? 0
    var lines: [UInt8] = []
    if kept < last || shared < acts.count {
      lines += RecordingLine.back(event: kept, acts: shared).bytes
      acts.removeSubrange(shared...)
    }
    for act in fresh { lines += RecordingLine.act(act.act).bytes }
    acts += fresh
    for event in events(after: kept, until: end) { lines += RecordingLine.event(event).bytes }
    last = lastEvent
    return lines
  }

  /// The line that ends the recording in order.
  package func end(of session: Session) -> [UInt8] {
    RecordingLine.end(session.end?.machine.now ?? session.subject.now).bytes
  }

  private func events(after first: Event.ID, until end: Snapshot) -> [Event] {
    let lastEvent = end.lastEvent
    guard first < lastEvent else { return [] }
    if let remembered = end.events(after: first) { return remembered }
    var events: [Event] = []
    var copy = beginning
    copy.foresee(end.machine)
    while true {
      let progress = copy.advance(to: end.machine.now)
      events += copy.takeEvents().filter { $0.id > first && $0.id <= lastEvent }
      if events.last?.id == lastEvent || progress == .idle { return events }
    }
  }
}

extension Snapshot {
  /// The last event that has happened, be it shown or not.
  fileprivate var lastEvent: Event.ID { pending.first?.id ?? shown }

  /// The event called `id`, while it is remembered.
  private func event(_ id: Event.ID) -> Event? {
    guard id > shown else { return told.tree.recent[id] }
    let index = pending.count - Int(id - shown)
    return pending.indices.contains(index) ? pending[index] : nil
  }

  /// All events after `first`; nil when some are no longer remembered.
  fileprivate func events(after first: Event.ID) -> [Event]? {
    guard first < lastEvent else { return [] }
    guard event(first + 1) != nil else { return nil }
    return (first + 1...lastEvent).compactMap(event)
  }

  /// The last event before what `act` brought about; an earlier one where that is not certain.
  fileprivate func lastEvent(before act: RecordedAct) -> Event.ID {
    var before: Event.ID = 0
    var id = lastEvent
    while id > 0, let event = event(id), event.instant >= act.position.instant {
      if case .request(let request, let asker) = act.act,
        event.kind == .requested(request, by: asker)
      {
        before = id - 1
      }
      id -= 1
    }
    if case .request = act.act { return before }
    // Nothing tells of the act itself: what happened at its instant may have followed from it.
    return event(id) == nil ? 0 : id
  }
}
