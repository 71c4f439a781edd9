import BubbleConsole
package import BubbleEvents
import BubbleTree

// Going back and forth in time: the machine is a value, so an earlier moment is a copy that was
// kept, and whatever lies between two copies is run again, act by act in its place.

extension Session {
  /// What is shown now.
  var present: Snapshot { Snapshot(machine: machine, told: model.told, pending: pending) }

  var line: Branch {
    Branch(present: present, end: travel.end, checkpoints: travel.checkpoints)
  }

  /// The last event that is shown.
  private var shown: Event.ID { model.tree.lastEvent }

  mutating func keepCheckpoint() {
    guard travel.end == nil, pending.isEmpty, machine.capabilities.contains(.looksBack),
      travel.isCheckpointDue(at: shown, weight: model.told.weight)
    else { return }
    travel.keep(present)
  }
}

// MARK: - Acting

extension Session {
  /// Does something that can be undone; in the past it begins another future.
  mutating func act(named name: String, _ deed: (inout Session) -> Void) {
    if machine.capabilities.contains(.undoes) { travel.remember(Undoable(name: name, line: line)) }
    if let end = travel.end {
      let title = machine.journal.next.map { end.told.tree.title(of: $0.act) }
      travel.leave(line, title: title ?? "nothing done")
      travel.end = nil
      travel.forget(after: shown)
      if model.pace.isPaused { send(.paused(!travel.ranBefore)) }
    }
    deed(&self)
    collect()
    tellTravel()
  }

  /// Begins the run anew.
  mutating func startAgain() {
    showPending()
    act(named: "start again") { session in
      guard let beginning = session.travel.checkpoints.first else { return }
      session.travel.checkpoints = [beginning]
      session.show(beginning)
    }
    send(.clock(machine.now))
    sample()
  }

  /// Takes the last act back, as if it had not been done.
  mutating func undo() {
    guard let act = travel.takeUndoable(leaving: line) else { return }
    enter(act.line)
    send(.notice("undone: \(act.name); U does it again"))
  }

  /// Goes back to where the last act was undone.
  mutating func redo() {
    guard let act = travel.takeUndone(leaving: line) else { return }
    enter(act.line)
    send(.notice("done again: \(act.name)"))
  }

  /// Goes to the end of a future that was left; the present one is kept in its place.
  mutating func enterFuture(_ number: Int) {
    guard let future = travel.takeFuture(number) else { return }
    travel.remember(Undoable(name: "going to future \(number)", line: line))
    travel.leave(line, title: travel.undoable.dropLast().last?.name ?? "nothing done")
    var entered = future.line
    entered.present = entered.end ?? entered.present
    entered.end = nil
    enter(entered)
    send(.notice("future \(number): \(future.title)"))
  }

  mutating func enter(_ line: Branch) {
    travel.end = line.end
    travel.checkpoints = line.checkpoints
    show(line.present)
    tellTravel()
    sample()
  }

  /// Puts `moment` on the screen.
  private mutating func show(_ moment: Snapshot) {
    machine = moment.machine
    pending = moment.pending
    holdLeft = .zero
    send(.revisited(moment.told))
  }
}

// MARK: - Going

extension Session {
  /// Goes back to the event before that holds the screen.
  mutating func stepBack() {
    let beginning = travel.checkpoints.first?.shown ?? 0
    guard shown > beginning else { return send(.notice("this is the beginning")) }
    var target = shown - 1
    while target > beginning {
      guard let event = model.tree.recent[target] else { break }
      if holdsBeat(event) { break }
      target -= 1
    }
    seek(to: max(target, beginning))
  }

  /// Goes to the moment at which `event` was the last that was shown.
  package mutating func seek(to event: Event.ID) {
    let target = max(event, travel.checkpoints.first?.shown ?? 0)
    enterPast()
    guard let end = travel.end, target < end.shown else { return returnToEnd() }
    if let checkpoint = travel.checkpoint(before: target),
      shown > target || checkpoint.shown > shown
    {
      show(checkpoint)
      machine.foresee(end.machine)
    }
    rerun(showing: target, until: end)
    send(.motionStopped)
    tellTravel()
    sample()
  }

  /// Goes back to the end of what has happened.
  mutating func returnToEnd() {
    guard let end = travel.end else { return }
    travel.end = nil
    show(end)
    send(.paused(!travel.ranBefore))
    tellTravel()
    sample()
  }

  private mutating func enterPast() {
    guard travel.end == nil else { return }
    travel.end = present
    travel.ranBefore = !model.pace.isPaused
    send(.paused(true))
  }

  /// Lets the machine do again what it did, until `event` is shown.
  private mutating func rerun(showing event: Event.ID, until end: Snapshot) {
    while shown < event {
      var batch: [Event] = []
      while let next = pending.last, next.id <= event {
        batch.append(next)
        pending.removeLast()
      }
      if !batch.isEmpty {
        send(.events(batch))
      } else {
        guard pending.isEmpty, !hasReached(end) else { return }
        let progress = rerunBatch(showing: event, until: end)
        // It has come to the end, although not as before: there is nothing more to show.
        if progress == .idle, pending.isEmpty { return }
      }
    }
  }

  /// Lets the machine run until it has told of `event`, or of enough to show it in one go.
  private mutating func rerunBatch(
    showing event: Event.ID, until end: Snapshot
  ) -> LiveMachine.Progress {
    var fresh: [Event] = []
    var progress: LiveMachine.Progress
    repeat {
      progress = machine.advance(to: end.machine.now)
      _ = machine.takeCaptions()
      fresh += machine.takeEvents()
    } while progress != .idle && !hasReached(end) && fresh.count < 512
      && (fresh.last?.id ?? 0) < event
    pending = fresh.reversed()
    return progress
  }

  private func hasReached(_ end: Snapshot) -> Bool {
    machine.position == end.machine.position && machine.journal.next == nil
  }

  /// Lets the machine run; in the past, only up to the end of what has happened.
  ///
  /// Everything that it did before must be on the screen.
  mutating func runMachine(to limit: RuntimeInstant) -> LiveMachine.Progress {
    guard let end = travel.end else { return machine.advance(to: limit) }
    guard !hasReached(end) else {
      machine = end.machine
      pending = []
      travel.end = nil
      tellTravel()
      return .idle
    }
    return machine.advance(to: min(limit, end.machine.now))
  }

  /// Tells the console where in time it is.
  mutating func tellTravel() {
    var status = TimeTravelStatus()
    status.end = travel.endStatus
    status.beginning = travel.checkpoints.first?.shown ?? 0
    status.undoable = travel.undoable.last?.name
    status.redoable = travel.undone.last?.name
    status.futures = travel.futures.map { .init(number: $0.number, title: $0.title) }
    status.tellsMessages = machine.tellsMessages
    send(.travel(status))
    tellChaos()
  }
}

extension ProcessTree {
  /// An act in a few words: `kill cache`.
  fileprivate func title(of act: RecordedAct.Act) -> String {
    switch act {
    case .request(let request): title(of: request)
    case .startChaos(let plan, let seed): "chaos \(plan.rate), seed \(seed)"
    case .stopChaos: "end of chaos"
    case .tellMessages(let isTold): isTold ? "telling of messages" : "telling of no messages"
    }
  }
}
