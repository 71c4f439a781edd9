internal import BubbleEvents
internal import DequeModule

/// Stands in the slot of a process that runs a turn, or has ended.
struct AbsentBody: ProcessBody {
  var behaviour: String { "" }
  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
}

// MARK: Birth and death

extension Core {
  /// Creates a process; its first turn comes when it is at the front of the run queue.
  mutating func spawn(_ body: any ProcessBody, isLinked: Bool) -> PID {
    let pid = PID(processes.takeNumber())
    let parent = current < 0 ? nil : Optional(currentPID)
    let cause = self.cause
    let behaviour = eventLevel == .none ? "" : body.behaviour
    post(.processSpawned(pid: pid, parent: parent, behaviour: behaviour))
    let slot = processes.insert(ProcessSlot(pid: pid, parent: parent, body: body, cause: cause))
    if isLinked, parent != nil {
      processes[slot].links.set(currentPID, true)
      processes[current].links.set(pid, true)
      post(.linked(currentPID, pid))
    }
    enqueueIfReady(slot)
    return pid
  }

  /// Creates a process whose starter waits for its acknowledgement.
  mutating func startProcess(
    _ body: any ProcessBody, name: String?, isLinked: Bool
  ) -> ProcessStart.Attempt {
    if let name, let owner = names[name] {
      return .finished(.error(.tuple(["already_started", .pid(owner)])))
    }
    let pid = spawn(body, isLinked: isLinked)
    if let slot = processes.slot(of: pid) {
      processes[slot].flags.insert(.starting)
      processes[slot].starter = current < 0 ? nil : currentPID
    }
    if let name { _ = register(name, pid) }
    if current < 0 { outsideStarts[pid] = .some(nil) }
    return .spawned(pid)
  }

  /// Ends a process and tells everyone who is linked to it or watches it.
  ///
  /// The name is free and the links are gone before anybody can see the end (OTP: P27, R3).
  mutating func end(_ slot: Int, reason: ExitReason, cause: Event.ID?) {
    let pid = processes.pid(slot)
    let flags = processes.flags(slot)
    if let name = processes[slot].name {
      names[name] = nil
      post(cause: cause, .nameReleased(name: name, pid: pid))
    }
    let exited = post(cause: cause, .processExited(pid: pid, reason: reason))
    processes.forget(pid)
    if flags.contains(.acting) { actingCount -= 1 }
    let starter = flags.contains(.starting) ? .some(processes[slot].starter) : PID??.none
    let links = processes[slot].links
    let watchers = processes[slot].watchers
    let monitors = processes[slot].monitors
    if processes[slot].waitTimer.number != 0 { timers.noteStaleWait() }
    clear(slot, wasQueued: flags.contains(.queued))
    if !monitors.isEmpty { dropMonitors(monitors) }
    if !links.isEmpty {
      tellLinks(links, of: pid, starter: starter ?? nil, reason: reason, cause: exited)
    }
    if !watchers.isEmpty { tellWatchers(watchers, of: pid, reason: reason, cause: exited) }
    if let starter {
      let result: StartResult = ignoresStart ? .ignore : .error(reason.term)
      ignoresStart = false
      finishStart(of: pid, starter: starter, result: result, cause: exited)
    }
    deliverExitSignals()
  }

  /// Tells whoever waits for the start of `pid` what came of it.
  mutating func finishStart(of pid: PID, starter: PID?, result: StartResult, cause: Event.ID?) {
    guard let starter else {
      if outsideStarts[pid] != nil { outsideStarts[pid] = .some(result) }
      return
    }
    deliver(.started(pid, result), to: starter, cause: cause)
  }

  // MARK: - Details of a death

  private mutating func clear(_ slot: Int, wasQueued: Bool) {
    processes[slot].flags = wasQueued ? [.queued] : []
    processes[slot].body = AbsentBody()
    processes[slot].mailbox = []
    processes[slot].links = OrderedTable()
    processes[slot].watchers = OrderedTable()
    processes[slot].monitors = OrderedTable()
    processes[slot].awaited = .nothing
    processes[slot].name = nil
    processes[slot].lastMessage = nil
    if !wasQueued { processes.recycle(slot) }
  }

  private mutating func dropMonitors(_ monitors: OrderedTable<Reference, Monitored>) {
    for (mark, monitored) in monitors.entries {
      if let target = processes.slot(of: monitored.pid) {
        processes[target].watchers.remove(mark)
      }
    }
  }

  /// A starter that traps exits learns of a failed start by its result, not by a message (OTP 26,
  /// GS2).
  private mutating func tellLinks(
    _ links: OrderedTable<PID, Bool>, of pid: PID, starter: PID?, reason: ExitReason,
    cause: Event.ID
  ) {
    for (other, _) in links.entries {
      if other == starter, let slot = processes.slot(of: other),
        processes.flags(slot).contains(.trapsExits)
      {
        processes[slot].links.remove(pid)
        continue
      }
      sendExitSignal(
        ExitSignal(from: pid, to: other, reason: reason, isLink: true, cause: cause))
    }
  }

  private mutating func tellWatchers(
    _ watchers: OrderedTable<Reference, PID?>, of pid: PID, reason: ExitReason, cause: Event.ID
  ) {
    for (mark, watcher) in watchers.entries {
      guard let watcher else {
        if case .waiting = outsideAnswers[mark] { outsideAnswers[mark] = .down(reason) }
        continue
      }
      guard let slot = processes.slot(of: watcher),
        let monitored = processes[slot].monitors.remove(mark)
      else { continue }
      deliverDown(mark, monitored, to: slot, about: pid, reason: reason, cause: cause)
    }
  }

  /// Puts a monitor's report into a mailbox; those of calls are told as calls.
  mutating func deliverDown(
    _ mark: Reference, _ monitored: Monitored, to slot: Int, about pid: PID, reason: ExitReason,
    cause: Event.ID?
  ) {
    switch monitored {
    case .process:
      let watcher = processes.pid(slot)
      post(cause: cause, .downDelivered(to: watcher, about: pid, reason: reason))
    case .quietly:
      break
    }
    deliver(.down(mark, pid, reason), slot: slot, cause: cause)
  }
}
