internal import BubbleEvents
internal import DequeModule

// MARK: Messages, waits, timers

extension Core {
  /// Sends a message from the process whose turn it is, or from outside; false when it is dead.
  @discardableResult
  mutating func send(_ message: Message, to pid: PID) -> Bool {
    if eventLevel == .messages {
      let from = current < 0 ? nil : Optional(currentPID)
      post(.messageSent(from: from, to: pid, text: String(describing: message)))
    }
    guard let slot = processes.slot(of: pid) else { return false }
    deliver(message, slot: slot, cause: cause)
    return true
  }

  /// Puts a message into a mailbox; nothing happens when the process is dead (OTP: P18).
  mutating func deliver(_ message: Message, to pid: PID, cause: Event.ID?) {
    guard let slot = processes.slot(of: pid) else { return }
    deliver(message, slot: slot, cause: cause)
  }

  mutating func deliver(_ message: Message, slot: Int, cause: Event.ID?) {
    let length = processes[slot].enter(Envelope(message: message, cause: cause))
    if length > Self.mailboxLimit { noteOverfull(slot) }
    enqueueIfReady(slot)
  }

  private mutating func noteOverfull(_ slot: Int) {
    guard !processes.flags(slot).contains(.overfull) else { return }
    processes[slot].flags.insert(.overfull)
    post(
      .limitReached(
        pid: processes[slot].pid, limit: "a mailbox of \(Self.mailboxLimit) messages"))
  }

  /// Answers a call; a late answer is dropped (OTP: GS9, P23).
  mutating func reply(_ caller: Caller, _ value: any Sendable) {
    guard let pid = caller.pid else {
      guard case .waiting(let target) = outsideAnswers[caller.tag] else { return }
      outsideAnswers[caller.tag] = .reply(value)
      if let slot = processes.slot(of: target) { processes[slot].watchers.remove(caller.tag) }
      return
    }
    guard let slot = processes.slot(of: pid),
      let monitored = processes[slot].monitors.remove(caller.tag)
    else { return }
    if let target = processes.slot(of: monitored.pid) {
      processes[target].watchers.remove(caller.tag)
    }
    if eventLevel == .messages {
      post(.callReturned(from: pid, to: monitored.pid))
    }
    deliver(.reply(caller.tag, value), slot: slot, cause: cause)
  }

  // MARK: - Waits

  /// Makes the process whose turn it is wait; a message that is there already ends the wait.
  mutating func wait(_ awaited: Awaited, until deadline: RuntimeInstant?) {
    processes[current].awaited = awaited
    processes[current].flags.insert(.waiting)
    processes[current].flags.remove(.resumable)
    processes[current].cause = cause
    processes[current].matched = -1
    if let index = firstMatch(of: awaited) {
      processes[current].matched = Int32(index)
      processes[current].flags.insert(.resumable)
    } else if let deadline {
      if deadline <= now {
        processes[current].flags.insert(.resumable)
      } else {
        let mark = makeReference()
        processes[current].waitTimer = mark
        timers.add(waitOf: currentPID, mark: mark, at: deadline)
      }
    }
  }

  /// The place of the first message that is awaited; messages that cannot be it are passed over.
  private func firstMatch(of awaited: Awaited) -> Int? {
    let start: Int
    switch awaited {
    case .reply(let mark), .down(let mark):
      start = mark.number > turnReference ? turnMailbox : 0
    case .start(let pid): start = pid.number > turnNumber ? turnMailbox : 0
    case .anyDown: start = turnMatchedAnyDown ? max(turnMatch, 0) : 0
    case .nothing: return nil
    case .message: start = 0
    }
    let count = processes.mailboxCount(current)
    guard start < count else { return nil }
    return processes[current].mailbox[start...].firstIndex { awaited.matches($0.message) }
  }

  /// Takes a message out of the mailbox of the process whose turn it is.
  mutating func takeFromMailbox(_ index: Int) -> Message {
    if index < turnMailbox { turnMailbox -= 1 }
    if index < turnMatch { turnMatch -= 1 }
    return processes[current].mailbox.remove(at: index).message
  }

  /// Clears away timers that mean nothing any more, when they are many.
  mutating func compactTimers() {
    guard timers.isMostlyStale else { return }
    let processes = self.processes
    timers.compact { pid, mark in
      processes.slot(of: pid).map { processes[$0].waitTimer == mark } ?? false
    }
  }

  /// When time next brings something about.
  var nextTimer: RuntimeInstant? {
    timers.nextInstant { pid, mark in
      processes.slot(of: pid).map { processes[$0].waitTimer == mark } ?? false
    }
  }

  /// Fires every timer that is due, in the order of (instant, insertion).
  mutating func fireTimers() {
    while let (entry, delayed) = timers.popFirst(dueBy: now) {
      switch entry.purpose {
      case .wait(let pid): timeOut(pid, entry.mark)
      case .message:
        if let delayed { fire(delayed) }
      }
    }
  }

  private mutating func timeOut(_ pid: PID, _ mark: Reference) {
    guard let slot = processes.slot(of: pid), processes[slot].waitTimer == mark else { return }
    processes[slot].waitTimer = Reference(0)
    guard !processes.flags(slot).contains(.resumable) else { return }
    processes[slot].matched = -1
    processes[slot].flags.insert(.resumable)
    enqueueIfReady(slot)
  }

  /// Delivers a message that was sent for later, as a beginning of its own.
  ///
  /// Whatever set the timer is over by now: a process that wakes up regularly would otherwise trace
  /// everything it ever does back to its start.
  private mutating func fire(_ delayed: TimerQueue.Delayed) {
    switch delayed.to {
    case .pid(let pid): deliver(delayed.message, to: pid, cause: nil)
    case .name(let name):
      if let pid = names[name] { deliver(delayed.message, to: pid, cause: nil) }
    }
  }
}
