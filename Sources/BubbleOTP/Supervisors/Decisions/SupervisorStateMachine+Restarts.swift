internal import BubbleEvents
internal import BubbleKernel

extension SupervisorStateMachine {
  mutating func childExited(
    _ pid: PID, _ reason: ExitReason, at now: RuntimeInstant
  ) -> [SupervisorAction] {
    guard let index = children.firstIndex(where: { $0.state == .running(pid) }) else { return [] }
    let child = children[index]
    var actions: [SupervisorAction] = [
      .decide(
        .child(of: supervisor, child.id, .terminated(pid, reason)))
    ]
    if RestartVerdict.isReported(child.spec.restart, reason) {
      actions.append(report(.childTerminated, reason.term, .process(pid), child))
    }
    switch RestartVerdict(child.spec.restart, reason) {
    case .restart:
      return actions + restart(index, at: now)
    case .keep, .forget:
      actions.append(
        .post(
          .child(of: supervisor, child.id, .restartNotNeeded(child.spec.restart, reason))))
      return actions + empty(index) + shutDownIfSignificant(child)
    }
  }

  /// A failed restart is tried again when nothing has happened to the child meanwhile (S65, S67).
  mutating func retryDue(_ id: ChildID, at now: RuntimeInstant) -> [SupervisorAction] {
    guard let index = children.firstIndex(where: { $0.id == id }),
      case .restarting = children[index].state
    else { return [] }
    return restart(index, at: now)
  }

  /// Records the attempt, then tries it or gives up (S40).
  private mutating func restart(_ index: Int, at now: RuntimeInstant) -> [SupervisorAction] {
    let used = history.add(at: now, period: flags.intensity.seconds)
    guard used <= flags.intensity.restarts else { return giveUp(index, used) }
    let counted = SupervisorAction.post(
      .supervisor(supervisor, .restartCounted(used: used, flags.intensity)))
    let origin = Origin(id: children[index].id, state: children[index].state)
    switch flags.strategy {
    case .oneForOne, .simpleOneForOne:
      activity = .starting(cursor: index, purpose: .alone)
      return [counted, decided(origin.id, stops: 0, starts: 1), startAction(index)]
    case .restForOne: return [counted] + restartGroup(origin, index, from: index)
    case .oneForAll: return [counted] + restartGroup(origin, index, from: 0)
    }
  }

  private mutating func restartGroup(
    _ origin: Origin, _ index: Int, from lowest: Int
  ) -> [SupervisorAction] {
    setState(index, .empty)
    var stops = 0
    var starts = 0
    for child in children[lowest...] {
      if case .running = child.state { stops += 1 }
      switch child.spec.restart {
      case .permanent, .transient: starts += 1
      case .temporary: break
      }
    }
    activity = .stopping(cursor: children.count - 1, lowest: lowest, then: .restart(origin))
    return [decided(origin.id, stops: stops, starts: starts)] + stopNext()
  }

  /// One restart too many: the child is left, the others are stopped, and the supervisor ends
  /// (S47).
  private mutating func giveUp(_ index: Int, _ used: Int) -> [SupervisorAction] {
    let child = children[index]
    let actions: [SupervisorAction] = [
      .decide(
        .supervisor(supervisor, .intensityExceeded(child.id, used: used, flags.intensity))),
      report(.shutdown, "reached_max_restart_intensity", child.state.offender, child),
    ]
    return actions + empty(index) + stopRequested(.shutdown)
  }

  /// Only a significant child that ended by itself without being restarted counts (S100-S104).
  private mutating func shutDownIfSignificant(_ child: Child) -> [SupervisorAction] {
    guard child.spec.isSignificant else { return [] }
    switch flags.autoShutdown {
    case .never: return []
    case .anySignificant: break
    case .allSignificant:
      guard !children.contains(where: { $0.spec.isSignificant && $0.state != .empty }) else {
        return []
      }
    }
    let started = SupervisorAction.decide(
      .supervisor(supervisor, .autoShutdownStarted(child.id, flags.autoShutdown)))
    return [started] + stopRequested(.shutdown)
  }

  // MARK: - Sentences

  private func decided(_ id: ChildID, stops: Int, starts: Int) -> SupervisorAction {
    .decide(
      .supervisor(supervisor, .restartDecided(id, flags.strategy, stops: stops, starts: starts)))
  }

  var configured: Event.Kind { .supervisor(supervisor, .configured(flags)) }

  func specified(_ child: Child, _ position: Int) -> Event.Kind {
    .supervisor(supervisor, .childSpecified(child.description, position: position))
  }

  func report(
    _ context: Report.Context, _ reason: Term, _ offender: Report.Offender, _ child: Child
  ) -> SupervisorAction {
    .post(
      .reported(
        .supervisor(
          supervisor: supervisor, context: context, reason: reason, offender: offender,
          child: child.description)))
  }
}
