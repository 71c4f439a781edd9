package import BubbleEvents

extension ProcessTree {
  /// Takes in the next event.
  package mutating func fold(_ event: Event) {
    now = max(now, event.instant)
    recent.append(event)
    switch event.kind {
    case .process(let pid, .spawned(let parent, let behaviour)):
      spawn(pid, parent: parent, behaviour: behaviour, at: event.instant)
    case .process(let pid, .exited(let reason)): exit(pid, reason: reason, event: event)
    case .process(let pid, .suspended): suspend(pid)
    case .process(let pid, .resumed): resume(pid)
    case .process(let pid, .nameRegistered(let name)): register(name, for: pid)
    case .process(let pid, .codeEntered(let module, let version, _)):
      if let slot = living(pid) { nodes[slot.position].code = "\(module) \(version.asVersion)" }
    case .process(let pid, .stateEntered(let state, _, _)):
      if let slot = living(pid) { nodes[slot.position].machineState = state.asName }
    case .supervisor(let supervisor, let happening): fold(happening, of: supervisor, event)
    case .child(let supervisor, let id, .starting): startChild(id, under: supervisor)
    case .child(let supervisor, let id, .started(let pid)):
      childStarted(id, pid: pid, under: supervisor, at: event.instant)
    case .child(let supervisor, let id, .ignored): childNotStarted(id, nil, under: supervisor)
    case .child(let supervisor, let id, .startFailed(let reason)):
      childNotStarted(id, reason, under: supervisor)
    case .child(let supervisor, let id, .stopping(let pid, _)):
      stopChild(id, pid: pid, under: supervisor)
    case .application(let happening): note(happening)
    case .release(let happening): note(happening)
    case .node(let node, let happening): fold(happening, of: node, event)
    case .requested, .requestRefused, .process, .signal, .child, .reported, .message,
      .limitReached:
      break
    }
  }

  private mutating func fold(_ happening: SupervisorEvent, of supervisor: PID, _ event: Event) {
    switch happening {
    case .configured(let flags): configure(supervisor, flags: flags)
    case .childSpecified(let child, let position): specify(child, at: position, under: supervisor)
    case .childForgotten(let id): if let slot = child(id, of: supervisor) { remove(slot) }
    case .childrenReordered(let order): reorder(order, under: supervisor)
    case .restartDecided: setActing(true, supervisor)
    case .restartCompleted: setActing(false, supervisor)
    case .restartCounted(_, let intensity):
      if let slot = living(supervisor) {
        nodes[slot.position].supervision?.record(event.instant, intensity: intensity)
      }
    case .intensityExceeded: giveUp(supervisor)
    case .autoShutdownStarted: shutDown(supervisor)
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

extension Term {
  /// An atom's own name, or the term as it is written.
  fileprivate var asName: String {
    if case .atom(let name) = self { name } else { description }
  }
}
