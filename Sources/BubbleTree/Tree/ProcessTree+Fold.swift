package import BubbleEvents

extension ProcessTree {
  /// Takes in the next event.
  package mutating func fold(_ event: Event) {
    now = max(now, event.instant)
    recent.append(event)
    switch event.kind {
    case .processSpawned(let pid, let parent, let behaviour):
      spawn(pid, parent: parent, behaviour: behaviour, at: event.instant)
    case .processExited(let pid, let reason): exit(pid, reason: reason, event: event)
    case .processSuspended(let pid): suspend(pid)
    case .processResumed(let pid): resume(pid)
    case .nameRegistered(let name, let pid): register(name, for: pid)
    case .supervisorConfigured(let supervisor, let flags): configure(supervisor, flags: flags)
    case .childSpecified(let supervisor, let child, let position):
      specify(child, at: position, under: supervisor)
    case .childForgotten(let supervisor, let id):
      if let slot = child(id, of: supervisor) { remove(slot) }
    case .childStarting(let supervisor, let id): startChild(id, under: supervisor)
    case .childStarted(let supervisor, let id, let pid):
      childStarted(id, pid: pid, under: supervisor, at: event.instant)
    case .childIgnored(let supervisor, let id): childNotStarted(id, nil, under: supervisor)
    case .childStartFailed(let supervisor, let id, let reason):
      childNotStarted(id, reason, under: supervisor)
    case .childStopping(let supervisor, let id, let pid, _):
      stopChild(id, pid: pid, under: supervisor)
    case .restartDecided(let supervisor, _, _, _, _): setActing(true, supervisor)
    case .restartCompleted(let supervisor, _): setActing(false, supervisor)
    case .restartCounted(let supervisor, _, let intensity):
      if let slot = living(supervisor) {
        nodes[slot.position].supervision?.record(event.instant, intensity: intensity)
      }
    case .intensityExceeded(let supervisor, _, _, _): giveUp(supervisor)
    case .autoShutdownStarted(let supervisor, _, _): shutDown(supervisor)
    case .childrenReordered(let supervisor, let order): reorder(order, under: supervisor)
    case .application(let step): note(step)
    case .release(let step): note(step)
    case .codeEntered(let pid, let module, let version, _):
      if let slot = living(pid) { nodes[slot.position].code = "\(module) \(version.asVersion)" }
    case .requested, .linked, .unlinked, .monitored, .demonitored, .exitSignalSent,
      .exitSignalTrapped, .downDelivered, .nameReleased, .childStopTimedOut, .childStopped,
      .childTerminated, .restartNotNeeded, .reported, .messageSent, .messageHandled,
      .callStarted, .callReturned, .callTimedOut, .limitReached:
      break
    }
  }
}

// MARK: - Who is meant

extension SlotID {
  /// Where it is in the slot table.
  var position: Int { Int(index) }
}

extension ProcessTree {
  /// The place in which `pid` lives.
  func living(_ pid: PID) -> SlotID? {
    guard let slot = slot(of: pid), nodes[slot.position].pid == pid else { return nil }
    return slot
  }

  /// The place that `id` names under the living `supervisor`.
  func child(_ id: ChildID, of supervisor: PID) -> SlotID? {
    guard let parent = living(supervisor), let slot = slot(of: id, under: parent),
      !nodes[slot.position].isVacant
    else { return nil }
    return slot
  }
}
