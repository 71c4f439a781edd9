internal import BubbleEvents
internal import DequeModule

// MARK: Birth and death

extension Core {
  /// Creates a process; its first turn comes when it is at the front of the run queue.
  mutating func spawn(_ body: any ProcessBody, isLinked: Bool) -> PID {
    let pid = processes.takePID()
    let parent = current < 0 ? nil : Optional(currentPID)
    let cause = self.cause
    let behaviour = eventLevel == .none ? "" : body.behaviour
    post(.process(pid, .spawned(parent: parent, behaviour: behaviour)))
    let slot = processes.insert(pid: pid, parent: parent, body: body, cause: cause)
    if isLinked, parent != nil {
      processes[slot].links.set(currentPID, true)
      processes[current].links.set(pid, true)
      post(.signal(.linked(currentPID, pid)))
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
    let remains = processes[slot].bury()
    if let name = remains.name {
      names[name] = nil
      post(cause: cause, .process(pid, .nameReleased(name)))
    }
    if remains.flags.contains(.ownsTables) { dropTables(of: pid) }
    if remains.flags.contains(.watchesNodes) { dropAliasesAndSubscriptions(of: pid) }
    let exited = post(cause: cause, .process(pid, .exited(reason)))
    processes.forget(pid)
    if !remains.flags.contains(.queued) { processes.recycle(slot) }
    if remains.flags.contains(.acting) { actingCount -= 1 }
    if remains.flags.contains(.asksOutside), reachesOutside { outsideRequests.append(.ended(pid)) }
    if remains.hasTimerEntry { timers.noteStaleEntry() }
    let isStarting = remains.flags.contains(.starting)
    if !remains.monitors.isEmpty { dropMonitors(remains.monitors) }
    if !remains.links.isEmpty {
      let starter = isStarting ? remains.starter : nil
      tellLinks(remains.links, of: pid, starter: starter, reason: reason, cause: exited)
    }
    if !remains.watchers.isEmpty {
      tellWatchers(remains.watchers, remains.links, of: pid, reason: reason, cause: exited)
    }
    if isStarting {
      let result: StartResult = ignoresStart ? .ignore : .error(reason.term)
      ignoresStart = false
      finishStart(of: pid, starter: remains.starter, result: result, cause: exited)
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

  private mutating func dropMonitors(_ monitors: OrderedTable<Reference, Monitored>) {
    monitors.forEach { mark, monitored in
      stopWatching(monitored.pid, mark)
    }
  }

  /// A starter that traps exits learns of a failed start by its result, not by a message (OTP 26,
  /// GS2).
  private mutating func tellLinks(
    _ links: OrderedTable<PID, Bool>, of pid: PID, starter: PID?, reason: ExitReason,
    cause: Event.ID?
  ) {
    links.forEach { other, _ in
      if other == starter, let slot = processes.slot(of: other),
        processes.flags(slot).contains(.trapsExits)
      {
        processes[slot].links.remove(pid)
        return
      }
      sendExitSignal(
        ExitSignal(from: pid, to: other, reason: reason, isLink: true, cause: cause))
    }
  }

  /// A watcher that is linked too hears of the end by its link first.
  private mutating func tellWatchers(
    _ watchers: OrderedTable<Reference, PID?>, _ links: OrderedTable<PID, Bool>, of pid: PID,
    reason: ExitReason, cause: Event.ID?
  ) {
    watchers.forEach { mark, watcher in
      guard let watcher else {
        if case .waiting = outsideAnswers[mark] { outsideAnswers[mark] = .down(reason) }
        return
      }
      let down = DownSignal(mark: mark, to: watcher, about: pid, reason: reason, cause: cause)
      if links[watcher] == nil { deliver(down) } else { exitSignals.append(.down(down)) }
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
      post(cause: cause, .signal(.downDelivered(to: watcher, about: pid, reason: reason)))
    case .quietly:
      break
    }
    if !aliases.isEmpty { endAlias(of: mark) }
    deliver(.down(mark, pid, reason), slot: slot, cause: cause)
  }
}
