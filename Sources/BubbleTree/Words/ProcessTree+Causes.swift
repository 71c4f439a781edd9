import BubbleEvents

/// Who did what, and why.
extension ProcessTree {
  /// The name of the place of `pid`, and the PID.
  func named(_ pid: PID) -> [Narration.Span] {
    guard let slot = firstSlot(of: pid) else { return [.init("\(pid)", .pid)] }
    return [title(slot), .init(" "), .init("\(pid)", .pid)]
  }

  /// The name of a place, on a node behind the node's: `a/cache`.
  func title(_ slot: SlotID) -> Narration.Span {
    .init(fullName(of: slot), self[slot].kind == .supervisor ? .supervisor : .name)
  }

  /// The name of a place, which tells it from those of other nodes, too.
  package func fullName(of slot: SlotID) -> String {
    let name = self[slot].name
    guard self[slot].node == nil, let node = nodeSlot(around: slot).flatMap({ self[$0].node })
    else { return name }
    return "\(cluster.shortName(of: node))/\(name)"
  }

  func title(_ pid: PID) -> Narration.Span {
    firstSlot(of: pid).map(title) ?? .init("\(pid)", .pid)
  }

  /// The arrow and the nearest telling cause of `event`.
  func because(_ event: Event) -> [Narration.Span] {
    guard case .process(let pid, .exited(let reason)) = event.kind, !wasSignalled(pid, event) else {
      return phrase(causes(of: event), of: event)
    }
    let words = phrase(whatEnded(event), of: event)
    return words.isEmpty && reason.isAbnormal ? [.init("its own fault", .dim)] : words
  }

  /// Whether a process ended by an exit signal, trapped or not.
  private func wasSignalled(_ pid: PID, _ exit: Event) -> Bool {
    guard let cause = causes(of: exit).first else { return exit.cause != nil }
    guard case .signal(.exitSent(_, pid, _, _)) = cause.kind else { return false }
    return true
  }

  /// Which life of its place `pid` is or was; nil when that is forgotten.
  func life(of pid: PID) -> Int? {
    guard let slot = firstSlot(of: pid) else { return nil }
    return self[slot].lives.last { $0.pid == pid }?.number
  }

  /// Whether an exit signal only says what supervision says anyhow: that a child ended, or that a
  /// supervisor tells it to.
  func isRoutine(signalTo pid: PID, from sender: PID?) -> Bool {
    guard let sender, let slot = firstSlot(of: pid) else { return false }
    guard let other = firstSlot(of: sender) else {
      return self[slot].kind == .supervisor
    }
    return self[slot].parent == other || self[other].parent == slot
  }

  /// The budget of `supervisor` as it was when `event` had happened.
  func budget(ofSupervisor supervisor: PID, asOf event: Event) -> Budget? {
    guard let slot = slot(of: supervisor),
      var budget = budget(of: slot, at: event.instant)
    else { return nil }
    budget.ticks.removeAll { $0.instant > event.instant }
    // Several restarts may share the instant; the one that was counted for this says how many.
    for earlier in [event.id - 1] + (event.cause.map { [$0 - 1] } ?? []) {
      guard case .supervisor(supervisor, .restartCounted(let used, _))? = recent[earlier]?.kind
      else { continue }
      budget.keepOldest(used)
      break
    }
    return budget
  }

  private func phrase(_ step: ApplicationEvent) -> [Narration.Span]? {
    switch step.change {
    case .stopping: [.init(step.application, .name), .init(" is stopping", .dim)]
    case .endsMachine: [.init(step.application, .name), .init(" ends the machine", .dim)]
    default: nil
    }
  }

  /// The arrow and the first of `causes` that tells anything.
  private func phrase(_ causes: [Event], of event: Event) -> [Narration.Span] {
    for cause in causes {
      if let words = phrase(cause, of: event) { return [.init("← ", .dim)] + words }
    }
    return []
  }

  private func phrase(_ cause: Event, of event: Event) -> [Narration.Span]? {
    switch cause.kind {
    case .requested(_, let asker): return asker.spans
    case .supervisor(let supervisor, .restartDecided(_, let strategy, _, _)):
      return [title(supervisor), .init(" decided "), .init(strategy.rawValue, .strategy)]
    case .child(_, _, .stopping(let pid, _)):
      guard subject(of: cause) != subject(of: event) else { return nil }
      return [title(pid), .init(" is stopping", .dim)]
    case .supervisor(let supervisor, .intensityExceeded):
      return [title(supervisor), .init(" gave up", .dim)]
    case .supervisor(let supervisor, .autoShutdownStarted):
      return [title(supervisor), .init(" shuts itself down", .dim)]
    case .process(let pid, .exited(let reason)):
      guard subject(of: cause) != subject(of: event) else { return nil }
      return [title(pid), .init(" exited ", .dim), .init(reason: reason)]
    case .application(let step): return phrase(step)
    case .node(let node, let happening): return phrase(happening, of: node)
    case .child(_, _, .startFailed(let reason)):
      return [.init("the start failed: ", .dim), .init(reason: reason)]
    default: return nil
    }
  }
}
