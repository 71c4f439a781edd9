internal import BubbleEvents
internal import DequeModule

// MARK: Exit signals, links, monitors

extension Core {
  /// Sends an exit signal; it takes effect before anything else is done, as if it had been received
  /// at once, except on the process whose turn it is, which finishes the turn first.
  ///
  /// What it brings about is caused by the signal, so that an end by a signal can be told from an
  /// end by the process's own doing.
  mutating func sendExitSignal(_ signal: ExitSignal) {
    var signal = signal
    signal.cause = post(
      cause: signal.cause,
      .signal(
        .exitSent(from: signal.from, to: signal.to, reason: signal.reason, isLink: signal.isLink)))
    exitSignals.append(.exit(signal))
  }

  /// Delivers the exit signals under way, and those that they bring about, in the order of sending.
  mutating func deliverExitSignals() {
    guard !isDelivering, !exitSignals.isEmpty else { return }
    isDelivering = true
    while let signal = exitSignals.popFirst() {
      switch signal {
      case .exit(let exit): deliver(exit)
      case .down(let down): deliver(down)
      }
    }
    isDelivering = false
  }

  /// What an exit signal does to its receiver (OTP: P1-P7).
  private mutating func deliver(_ signal: ExitSignal) {
    guard let slot = processes.slot(of: signal.to) else {
      if signal.to.node != node { sendAcross(signal) }
      return
    }
    if signal.isLink, let from = signal.from, processes[slot].links.remove(from) == nil { return }
    if signal.reason == .kill, !signal.isLink {
      endBySignal(slot, .killed, signal.cause)
    } else if processes.flags(slot).contains(.trapsExits) {
      post(
        cause: signal.cause,
        .signal(.exitTrapped(by: signal.to, from: signal.from, reason: signal.reason)))
      deliver(.exit(from: signal.from, reason: signal.reason), slot: slot, cause: signal.cause)
    } else if signal.reason != .normal || (signal.from == signal.to && signal.endsSender) {
      endBySignal(slot, signal.reason, signal.cause)
    }
  }

  mutating func deliver(_ down: DownSignal) {
    guard let slot = processes.slot(of: down.to) else {
      if down.to.node != node { tellWatcherElsewhere(down) }
      return
    }
    guard let monitored = processes[slot].monitors.remove(down.mark) else { return }
    deliverDown(
      down.mark, monitored, to: slot, about: down.about, reason: down.reason, cause: down.cause)
  }

  private mutating func endBySignal(_ slot: Int, _ reason: ExitReason, _ cause: Event.ID?) {
    guard slot == current else { return end(slot, reason: reason, cause: cause) }
    guard ending == nil else { return }
    ending = reason
    endingCause = cause
  }

  /// Links the process whose turn it is with another.
  mutating func link(_ other: PID) throws {
    guard other.node == node else { return linkAcross(other) }
    guard other != currentPID else { return }
    guard let slot = processes.slot(of: other) else {
      guard processes.flags(current).contains(.trapsExits) else { throw RaisedError.noProcess }
      post(.signal(.exitTrapped(by: currentPID, from: other, reason: .noProcess)))
      return deliver(.exit(from: other, reason: .noProcess), slot: current, cause: cause)
    }
    guard processes[current].links[other] == nil else { return }
    processes[current].links.set(other, true)
    processes[slot].links.set(currentPID, true)
    post(.signal(.linked(currentPID, other)))
  }

  /// Links two processes that live.
  mutating func link(_ one: PID, with other: PID) {
    guard one != other, let first = processes.slot(of: one),
      let second = processes.slot(of: other), processes[first].links[other] == nil
    else { return }
    processes[first].links.set(other, true)
    processes[second].links.set(one, true)
    post(.signal(.linked(one, other)))
  }

  /// Removes a link of the process whose turn it is.
  mutating func unlink(_ other: PID) {
    guard processes[current].links.remove(other) != nil else { return }
    if let slot = processes.slot(of: other) { processes[slot].links.remove(currentPID) }
    if other.node != node { unlinkAcross(other) }
    post(.signal(.unlinked(currentPID, other)))
  }

  /// Watches a process; a dead one is reported at once (OTP: P11).
  mutating func monitor(_ target: PID, quietly: Bool) -> Reference {
    let mark = makeReference()
    let monitored: Monitored = quietly ? .quietly(target) : .process(target)
    if target == currentPID, current >= 0 {
      return mark
    }
    guard let slot = processes.slot(of: target) else {
      guard target.node == node else {
        monitorAcross(mark, monitored, at: .pid(target))
        return mark
      }
      deliverDown(
        mark, monitored, to: current, about: target, reason: .noProcess, cause: cause)
      return mark
    }
    processes[current].monitors.set(mark, monitored)
    processes[slot].watchers.set(mark, currentPID)
    if !quietly { post(.signal(.monitored(by: currentPID, target: target))) }
    return mark
  }

  /// Watches a process, or whoever has a name, here or on another node (OTP: D40, D41).
  mutating func monitor(_ target: Destination, quietly: Bool) -> Reference {
    switch target {
    case .pid(let pid): return monitor(pid, quietly: quietly)
    case .alias(let alias): return monitor(alias.pid, quietly: quietly)
    case .remoteName(_, let other) where other != node:
      let mark = makeReference()
      let nobody = PID(0, node: other)
      monitorAcross(mark, quietly ? .quietly(nobody) : .process(nobody), at: target)
      return mark
    case .name, .remoteName: return monitor(self.target(of: target), quietly: quietly)
    }
  }

  /// Stops watching; true when the monitor had not fired yet.
  @discardableResult
  mutating func demonitor(_ mark: Reference, flush: Bool) -> Bool {
    if !aliases.isEmpty { endAlias(of: mark) }
    if let monitored = processes[current].monitors.remove(mark) {
      stopWatching(monitored.pid, mark)
      switch monitored {
      case .process(let target): post(.signal(.demonitored(by: currentPID, target: target)))
      case .quietly: break
      }
      return true
    }
    if flush {
      let index = processes[current].mailbox.firstIndex { envelope in
        if case .down(mark, _, _) = envelope.message { true } else { false }
      }
      if let index { _ = takeFromMailbox(index) }
    }
    return false
  }

  /// Takes the mark of a monitor away from the process that it watches.
  mutating func stopWatching(_ target: PID, _ mark: Reference) {
    if let slot = processes.slot(of: target) {
      processes[slot].watchers.remove(mark)
    } else if target.node != node {
      stopWatchingAcross(target, mark)
    }
  }

  /// Takes the first exit message from `other` out of the mailbox of the process whose turn it is.
  mutating func takeExitMessage(from other: PID) -> ExitReason? {
    let count = processes.mailboxCount(current)
    // It mostly lies beside the monitor's report that woke the process, or came last.
    let near = [turnMatch, turnMatch - 1, count - 1].first { index in
      index >= 0 && index < count && isExit(index, from: other)
    }
    let index =
      near
      ?? processes[current].mailbox.firstIndex { envelope in
        if case .exit(other, _) = envelope.message { true } else { false }
      }
    guard let index else { return nil }
    switch takeFromMailbox(index) {
    case .exit(_, let reason): return reason
    case .plain, .call, .cast, .reply, .down, .timer, .started, .system, .control: return nil
    }
  }

  private func isExit(_ index: Int, from other: PID) -> Bool {
    if case .exit(other, _) = processes[current].mailbox[index].message { true } else { false }
  }

  // MARK: - Names

  /// Binds a name; false when the name is taken, the process has one, or it is dead (OTP: R2).
  mutating func register(_ name: String, _ pid: PID) -> Bool {
    guard name != "undefined", names[name] == nil, let slot = processes.slot(of: pid),
      processes[slot].name == nil
    else { return false }
    names[name] = pid
    processes[slot].name = name
    post(.process(pid, .nameRegistered(name)))
    return true
  }

  /// Frees a name; false when nobody has it (OTP: R4).
  mutating func unregister(_ name: String) -> Bool {
    guard let pid = names.removeValue(forKey: name) else { return false }
    if let slot = processes.slot(of: pid) { processes[slot].name = nil }
    post(.process(pid, .nameReleased(name)))
    return true
  }
}
