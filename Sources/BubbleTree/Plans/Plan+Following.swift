package import BubbleEvents

extension Plan: EventFold {
  /// Ticks off what `event` tells, in a tree that has folded it.
  package mutating func fold(_ event: Event, in tree: ProcessTree) {
    if case .node = event.kind { tick(in: tree) }
    guard tracer.relates(event), let fact = tracer.fact(event, in: tree) else { return }
    switch fact {
    case .exited(let slot, let pid, let reason):
      if pid == targetPID, !targetIsGone {
        targetIsGone = true
        targetReason = reason
      } else {
        stopped(slot, reason)
      }
    case .stopping(let slot):
      if stopList.change(slot, { $0.progress = .now }) { return }
      stopList.append(
        Item(number: newNumber(otherwise: 0), slot: slot, progress: .now, ending: .told))
      startList.number(from: stopList.items.count + 1)
      touch(slot, as: .stops, endsProcess: true)
    case .starting(let slot):
      if startList.change(slot, { $0.progress = .now }) { return }
      let number = stopList.items.count + startList.items.count + 1
      startList.append(Item(number: number, slot: slot, progress: .now))
      touch(slot, as: .starts, endsProcess: false)
    case .started(let slot): _ = startList.change(slot) { $0.progress = .done }
    case .startFailed(let slot, let reason): startList.fail(slot, reason)
    case .decided(let supervisor, let strategy):
      act(supervisor, strategy)
      undecided += 1
    case .completed:
      undecided = max(0, undecided - 1)
      if !isForeseen { noteStayingAway(in: tree) }
    case .counted(let supervisor): spend(supervisor, event, before: tree, after: tree)
    case .gaveUp(let supervisor):
      spend(supervisor, event, before: tree, after: tree)
      giveUp(supervisor)
      undecided = 0
    case .autoShutdown(let supervisor): shutDown(supervisor)
    case .notNeeded(let slot, let restart, let reason): leave(slot, restart, reason)
    case .applicationEnded(let slot): endApplication(slot)
    case .endsMachine(let slot): endedApplication = (slot, true)
    case .nodeStopped: for place in tree.places(endedBy: event.id) { stopped(place, nil) }
    case .conflict(_, let name, let kept, let lost):
      finish(conflict(name, kept, lost, in: tree))
    }
  }

  mutating func predict(
    _ fact: CauseTracer.Fact, _ event: Event, before: ProcessTree, after: ProcessTree
  ) {
    switch fact {
    case .exited(let slot, let pid, let reason):
      if pid == targetPID {
        targetReason = reason
      } else {
        stopList.append(
          Item(
            number: stopList.items.count + 1, slot: slot, reason: reason,
            ending: stopping.remove(slot) != nil ? .told : untoldEnding(of: slot)))
        parts[slot] = .stops
      }
    case .starting(let slot):
      guard !startList.contains(slot) else { return }
      startList.append(Item(number: 0, slot: slot))
      if parts[slot] == nil { parts[slot] = .starts }
    case .startFailed(let slot, let reason): startList.fail(slot, reason)
    case .decided(let supervisor, let strategy): act(supervisor, strategy)
    case .counted(let supervisor): spend(supervisor, event, before: before, after: after)
    case .gaveUp(let supervisor):
      spend(supervisor, event, before: before, after: after)
      giveUp(supervisor)
    case .autoShutdown(let supervisor): shutDown(supervisor)
    case .notNeeded(let slot, let restart, let reason): leave(slot, restart, reason)
    case .stopping(let slot):
      toldToStop.append(slot)
      stopping.insert(slot)
    case .applicationEnded(let slot): endApplication(slot)
    case .endsMachine(let slot): endedApplication = (slot, true)
    case .nodeStopped:
      for place in after.places(endedBy: event.id) where before.contains(place) { vanish(place) }
    case .conflict(_, let name, let kept, let lost):
      outcomes.append(ForeseenOutcome(conflict(name, kept, lost, in: after)))
    case .started, .completed: break
    }
  }

  /// A process is gone with its node.
  private mutating func vanish(_ slot: SlotID) {
    stopList.append(Item(number: stopList.items.count + 1, slot: slot))
    parts[slot] = .stops
  }

  private func conflict(
    _ name: Term, _ kept: PID?, _ lost: PID, in tree: ProcessTree
  ) -> Outcome {
    .conflict(
      name: name.asTitle, kept: kept.map { tree.name(of: $0) }, lost: tree.name(of: lost))
  }

  /// Notes what of the outcomes is so by now.
  private mutating func tick(in tree: ProcessTree) {
    for index in outcomes.indices where tree.shows(outcomes[index].outcome) {
      outcomes[index].isDone = true
    }
  }

  private mutating func finish(_ outcome: Outcome) {
    guard let index = outcomes.firstIndex(where: { $0.outcome == outcome && !$0.isDone }) else {
      return
    }
    outcomes[index].isDone = true
  }

  // MARK: - Private helpers

  /// Why `slot` ends that nobody told to.
  private func untoldEnding(of slot: SlotID) -> Ending {
    givingUp.contains(slot) || shuttingDown.contains(slot) ? .byItself : .with
  }

  /// The number of a stop that was not foreseen: behind those that were, or `number`.
  private func newNumber(otherwise number: Int) -> Int {
    isForeseen ? stopList.items.count + 1 : number
  }

  private mutating func stopped(_ slot: SlotID, _ reason: ExitReason?) {
    let next = newNumber(otherwise: stopList.doneCount + 1)
    let isKnown = stopList.change(slot) { item in
      item.progress = .done
      item.reason = reason
      if item.number == 0 { item.number = next }
    }
    guard !isKnown else { return }
    stopList.append(
      Item(number: next, slot: slot, progress: .now, ending: untoldEnding(of: slot)))
    _ = stopList.change(slot) { item in
      item.progress = .done
      item.reason = reason
    }
    startList.number(from: stopList.items.count + 1)
    touch(slot, as: .stops, endsProcess: true)
  }

  private mutating func act(_ supervisor: SlotID, _ strategy: SupervisionStrategy) {
    guard !acting.contains(where: { $0.supervisor == supervisor }) else { return }
    acting.append((supervisor, strategy))
    if parts[supervisor] == nil { parts[supervisor] = .acts }
  }

  private mutating func giveUp(_ supervisor: SlotID) {
    if !givingUp.contains(supervisor) { givingUp.append(supervisor) }
    if parts[supervisor] == nil { parts[supervisor] = .acts }
    if let index = budgets.firstIndex(where: { $0.supervisor == supervisor }) {
      budgets[index].isSpent = true
    }
  }

  /// The first one ends by itself unless it was asked to; the others are stopped because of it.
  private mutating func endApplication(_ slot: SlotID) {
    if case .application(_, _, .stop)? = request { return }
    if endedApplication == nil { endedApplication = (slot, false) }
  }

  private mutating func shutDown(_ supervisor: SlotID) {
    if !shuttingDown.contains(supervisor) { shuttingDown.append(supervisor) }
    if parts[supervisor] == nil { parts[supervisor] = .acts }
  }

  private mutating func leave(_ slot: SlotID, _ restart: ChildRestart, _ reason: ExitReason) {
    if notRestarted == nil { notRestarted = (slot, restart, reason) }
  }

  /// Notes a restart of `supervisor` that was counted by `event`.
  ///
  /// When there is no tree from before, the budget before is the present one without that restart.
  private mutating func spend(
    _ supervisor: SlotID, _ event: Event, before: ProcessTree, after: ProcessTree
  ) {
    guard let now = after.budget(of: supervisor, at: event.instant) else { return }
    if let index = budgets.firstIndex(where: { $0.supervisor == supervisor }) {
      if !budgets[index].isSpent { budgets[index].after = now }
      return
    }
    var earlier = before.contains(supervisor) ? before.budget(of: supervisor, at: before.now) : nil
    if case .supervisor(_, .restartCounted(let used, _)) = event.kind, let known = earlier,
      known.used >= used
    {
      earlier?.keepOldest(known.used - 1)
    }
    budgets.append(
      BudgetChange(
        supervisor: supervisor, before: earlier ?? now, after: now, isSpent: false))
  }
}
