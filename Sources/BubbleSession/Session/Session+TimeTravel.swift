import BubbleConsole
package import BubbleEvents
import BubbleTree

// Going back and forth in time: the machine is a value, so an earlier moment is a copy that was
// kept, and whatever lies between two copies is run again, act by act in its place.

extension Session {
  /// What is shown now; nil where the subject cannot be copied.
  var present: Snapshot? {
    subject.copy.map { Snapshot(machine: $0, told: model.told, pending: playback.pending) }
  }

  /// The end of what has happened, which is what a recording holds; nil where the subject cannot be
  /// copied.
  var end: Snapshot? { playback.past?.end ?? present }

  /// The run with the moment that is shown; nil where the subject cannot be copied.
  var branch: Branch? {
    present.map { Branch(present: $0, phase: playback.phase, checkpoints: travel.checkpoints) }
  }

  /// The last event that is shown.
  private var shown: Event.ID { model.tree.lastEvent }

  /// Remembers what is shown, from time to time.
  mutating func keepCheckpoint() {
    guard !playback.isPast, playback.pending.isEmpty, subject.capabilities.contains(.looksBack),
      travel.isCheckpointDue(at: shown, weight: model.told.weight), let present
    else { return }
    travel.keep(present)
  }
}

// MARK: - Acting

extension Session {
  /// Does something that can be undone; in the past it begins another future.
  mutating func act(named name: String, _ act: (inout any Subject) -> Void) {
    remember(name)
    playback.change(act)
    collect()
    tellTravel()
  }

  /// Remembers what is shown, since something is done now that is called `name`.
  private mutating func remember(_ name: String) {
    guard let branch else { return }
    travel.remember(Undoable(name: name, branch: branch))
    guard let past = playback.past else { return }
    let title = branch.present.machine.journal.next.map { past.end.told.tree.title(of: $0.act) }
    travel.leave(branch, title: title ?? "nothing done")
    travel.forget(after: shown)
    playback.beginFuture()
    if model.pace.isPaused { send(.paused(!past.ranBefore)) }
  }

  /// Begins the run anew.
  mutating func startAgain() {
    guard let beginning = travel.checkpoints.first else {
      preconditionFailure("a subject that can be taken back has a beginning")
    }
    showPending()
    remember("start again")
    travel.checkpoints = [beginning]
    show(beginning, in: .live)
    tellTravel()
    sendClock()
    sample()
  }

  /// Takes the last act back, as if it had not been done.
  mutating func undo() {
    let act = travel.takeUndoable(leaving: leaving())
    enter(act.branch)
    send(.notice("undone: \(act.name); U does it again"))
  }

  /// Goes back to where the last act was undone.
  mutating func redo() {
    let act = travel.takeUndone(leaving: leaving())
    enter(act.branch)
    send(.notice("done again: \(act.name)"))
  }

  /// Goes to the end of a future that was left; the present one is kept in its place.
  mutating func enterFuture(_ number: Int) {
    let present = leaving()
    let future = travel.takeFuture(number)
    travel.remember(Undoable(name: "going to future \(number)", branch: present))
    travel.leave(present, title: travel.undoable.dropLast().last?.name ?? "nothing done")
    enter(future.branch.atItsEnd)
    send(.notice("future \(number): \(future.title)"))
  }

  /// The run that is left by going to another one.
  private func leaving() -> Branch {
    guard let branch else { preconditionFailure("a subject that is left has been copied") }
    return branch
  }

  /// Shows a run where it was left.
  mutating func enter(_ branch: Branch) {
    travel.checkpoints = branch.checkpoints
    show(branch.present, in: branch.phase)
    tellTravel()
    sample()
  }

  /// Puts `moment` on the screen.
  private mutating func show(_ moment: Snapshot, in phase: Playback.Phase) {
    playback.show(moment.machine, pending: moment.pending, in: phase)
    beats.begin()
    send(.revisited(moment.told))
  }
}

// MARK: - Going

extension Session {
  /// Goes back to the event before that holds the screen.
  mutating func stepBack() {
    guard shown > travel.beginning else { return send(.notice("this is the beginning")) }
    var target = shown - 1
    while target > travel.beginning {
      guard let event = model.tree.recent[target], !event.holdsBeat(in: model.tree) else { break }
      target -= 1
    }
    seek(to: max(target, travel.beginning))
  }

  /// Goes to the moment at which `event` was the last that was shown.
  package mutating func seek(to event: Event.ID) {
    let target = max(event, travel.beginning)
    let past = enterPast()
    guard target < past.end.shown else { return returnToEnd() }
    approach(target, in: past, isBehind: shown > target)
    arrive()
  }

  /// Goes to `instant`, whether or not anything happened then.
  ///
  /// Of what was before the beginning, the beginning is shown.
  package mutating func seek(to instant: RuntimeInstant) {
    let past = enterPast()
    guard instant < past.end.machine.now else { return returnToEnd() }
    let target = max(past.end.told.tree.lastEvent(before: instant), travel.beginning)
    approach(target, in: past, isBehind: shown > target || subject.now > instant)
    while run(to: instant) { showPending() }
    sendClock()
    arrive()
  }

  /// Shows the moment at which `target` was the last event, from the nearest checkpoint before it
  /// when what is shown is behind that moment already, or further away.
  private mutating func approach(_ target: Event.ID, in past: Past, isBehind: Bool) {
    if let checkpoint = travel.checkpoint(before: target),
      isBehind || checkpoint.shown > shown
    {
      var moment = checkpoint
      moment.machine.foresee(past.end.machine)
      show(moment, in: .past(past))
    }
    rerun(showing: target)
  }

  private mutating func arrive() {
    send(.motionStopped)
    tellTravel()
    sample()
  }

  /// Goes back to the end of what has happened, if something earlier is shown.
  package mutating func returnToEnd() {
    guard let past = playback.past else { return }
    show(past.end, in: .live)
    send(.paused(!past.ranBefore))
    tellTravel()
    sample()
  }

  private mutating func enterPast() -> Past {
    if let past = playback.past { return past }
    guard let present else { preconditionFailure("a subject that looks back has been copied") }
    let past = Past(from: present, ranBefore: !model.pace.isPaused)
    playback.enter(past)
    send(.paused(true))
    return past
  }

  /// Lets the copy do again what the subject did, until `event` is shown.
  private mutating func rerun(showing event: Event.ID) {
    while shown < event {
      var batch: [Event] = []
      while let next = playback.pending.last, next.id <= event {
        batch.append(next)
        _ = playback.takeNext()
      }
      if !batch.isEmpty {
        send(.events(batch))
      } else {
        guard playback.pending.isEmpty,
          playback.rerun(showing: event, atMost: Limit.eventsPerRerun)
        else { return }
      }
    }
  }

  /// Tells the console where in time it is.
  mutating func tellTravel() {
    var status = TimeTravelStatus()
    status.end = playback.past?.status
    status.beginning = travel.beginning
    status.undoable = travel.undoable.last?.name
    status.redoable = travel.undone.last?.name
    status.futures = travel.futures.map { .init(number: $0.number, title: $0.title) }
    status.tellsMessages = subject.tellsMessages
    send(.travel(status))
    tellChaos()
  }
}

extension Branch {
  /// The same run at the end of what has happened.
  fileprivate var atItsEnd: Branch {
    guard case .past(let past) = phase else { return self }
    return Branch(present: past.end, phase: .live, checkpoints: checkpoints)
  }
}

extension ProcessTree {
  /// An act in a few words: `kill cache`.
  fileprivate func title(of act: RecordedAct.Act) -> String {
    switch act {
    case .request(let request, _): title(of: request)
    case .startChaos(let plan, let seed): "chaos \(plan.rate), seed \(seed)"
    case .stopChaos: "end of chaos"
    case .tellMessages(let isTold): isTold ? "telling of messages" : "telling of no messages"
    }
  }
}
