internal import BubbleEvents
internal import DequeModule

// MARK: Messages, waits, timers

extension Core {
  /// Sends a message from the process whose turn it is, or from outside; false when it is dead.
  @discardableResult
  mutating func send(_ message: consuming Message, to pid: PID) -> Bool {
    if eventLevel == .messages { noteSent(message, to: pid) }
    turnSent += 1
    guard let slot = processes.slot(of: pid) else {
      if pid.node != node { depart(.message(from: sender, to: .pid(pid), message)) }
      return false
    }
    deliver(message, slot: slot, cause: cause)
    return true
  }

  private mutating func noteSent(_ message: Message, to pid: PID) {
    post(.message(.sent(from: sender, to: pid, text: String(describing: message))))
  }

  /// Sends a message to a process, to whoever has a name, or through an alias; it goes nowhere when
  /// nobody has it (OTP: D32, D33).
  mutating func send(_ message: Message, to destination: Destination) {
    let other = destination.node(from: node)
    guard other != node else {
      if case .alias = destination {
        turnSent += 1
        return deliver(message, to: destination, cause: cause)
      }
      send(message, to: target(of: destination))
      return
    }
    if case .pid(let pid) = destination {
      send(message, to: pid)
      return
    }
    if eventLevel == .messages { noteSent(message, to: PID(0, node: other)) }
    turnSent += 1
    depart(.message(from: sender, to: destination, message))
  }

  /// Puts a message into the mailbox of whoever is meant; one that comes through an alias may end
  /// it.
  mutating func deliver(_ message: Message, to destination: Destination, cause: Event.ID?) {
    let pid = target(of: destination)
    if case .alias(let alias) = destination { endAlias(usedBy: alias) }
    deliver(message, to: pid, cause: cause)
  }

  /// The process whose turn it is; nil for the outside.
  var sender: PID? { current < 0 ? nil : currentPID }

  /// Puts a message into a mailbox; nothing happens when the process is dead (OTP: P18).
  mutating func deliver(_ message: consuming Message, to pid: PID, cause: Event.ID?) {
    guard let slot = processes.slot(of: pid) else { return }
    deliver(message, slot: slot, cause: cause)
  }

  mutating func deliver(_ message: consuming Message, slot: Int, cause: Event.ID?) {
    let (length, joinsQueue) = processes[slot].receive(
      message, cause: cause, inTurn: slot == current)
    if length > Self.mailboxLimit { noteOverfull(slot) }
    if joinsQueue { runQueue.append(slot) }
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
    turnSent += 1
    guard let pid = caller.pid else { return replyOutside(caller.tag, value) }
    guard pid.node == node else {
      return depart(.message(from: sender, to: .pid(pid), .reply(caller.tag, value)))
    }
    takeReply(pid, caller.tag, value)
  }

  /// Takes in the answer to a call of `pid`.
  mutating func takeReply(_ pid: PID, _ tag: Reference, _ value: any Sendable) {
    guard let slot = processes.slot(of: pid), let monitored = processes[slot].monitors[tag]
    else { return }
    guard processes[slot].endsMonitor(monitored, answered: tag) else {
      return deliver(.reply(tag, value), slot: slot, cause: cause)
    }
    processes[slot].monitors.remove(tag)
    stopWatching(monitored.pid, tag)
    if eventLevel == .messages {
      post(.message(.callReturned(from: pid, to: monitored.pid)))
    }
    if case .process(let target) = monitored {
      post(.signal(.demonitored(by: pid, target: target)))
    }
    deliver(.reply(tag, value), slot: slot, cause: cause)
  }

  private mutating func replyOutside(_ tag: Reference, _ value: any Sendable) {
    guard case .waiting(let target) = outsideAnswers[tag] else { return }
    outsideAnswers[tag] = .reply(value)
    if let slot = processes.slot(of: target) { processes[slot].watchers.remove(tag) }
  }

  // MARK: - Waits

  /// Makes the process whose turn it is wait; a message that is there already ends the wait.
  mutating func wait(_ awaited: Awaited, until deadline: RuntimeInstant?) {
    let start = firstCandidate(for: awaited)
    let isResumable = processes[current].wait(for: awaited, from: start, cause: cause)
    guard !isResumable, let deadline else { return }
    guard deadline > now else {
      processes[current].flags.insert(.resumable)
      return
    }
    let mark = makeReference()
    switch processes[current].timer.start(mark, until: deadline) {
    case .covered: break
    case .entry: timers.add(waitOf: currentPID, mark: mark, at: deadline)
    case .replacement:
      timers.noteStaleEntry()
      timers.add(waitOf: currentPID, mark: mark, at: deadline)
    }
  }

  /// The place of the first message that can be the awaited one; nil when none can.
  private func firstCandidate(for awaited: Awaited) -> Int? {
    switch awaited {
    case .reply(let mark), .down(let mark): mark.number > turnReference ? turnMailbox : 0
    case .start(let pid): pid.number > turnNumber ? turnMailbox : 0
    case .anyDown: turnMatchedAnyDown ? max(turnMatch, 0) : 0
    case .nothing: nil
    case .message: 0
    }
  }

  /// Takes a message out of the mailbox of the process whose turn it is.
  mutating func takeFromMailbox(_ index: Int) -> Message {
    if index < turnMailbox { turnMailbox -= 1 }
    if index < turnMatch { turnMatch -= 1 }
    return processes[current].mailbox.remove(at: index).message
  }

  /// Clears away timers that mean nothing any more.
  mutating func compactTimers() {
    let processes = self.processes
    timers.compact { processes.waitTimer(of: $0)?.entryMark == $1 }
  }

  /// When time next brings something about.
  var nextTimer: RuntimeInstant? {
    timers.nextInstant { processes.waitTimer(of: $0)?.end(ofEntry: $1) }
  }

  /// Fires every timer that is due, in the order of (instant, insertion).
  mutating func fireTimers() {
    while let (entry, delayed) = timers.popFirst(dueBy: now) {
      switch entry.purpose {
      case .wait(let pid): wake(pid, entry.mark)
      case .message:
        if let delayed { fire(delayed) }
      }
    }
  }

  /// Takes the earliest entries out of the queue that mean nothing, or nothing yet, so that the
  /// next one says when something happens.
  mutating func settleTimers() {
    while let entry = timers.first {
      switch entry.purpose {
      case .wait(let pid):
        guard processes.waitTimer(of: pid)?.end(ofEntry: entry.mark) != entry.instant else {
          return
        }
        timers.removeFirst()
        postpone(pid, entry.mark)
      case .message:
        guard timers.delayed(entry.mark) == nil else { return }
        timers.removeFirst()
      }
    }
  }

  /// An entry of the queue has come up: the wait's time has passed, or it is a later wait's.
  private mutating func wake(_ pid: PID, _ mark: Reference) {
    guard let slot = postpone(pid, mark), !processes.flags(slot).contains(.resumable) else {
      return
    }
    processes[slot].matched = -1
    processes[slot].flags.insert(.resumable)
    enqueueIfReady(slot)
  }

  /// Takes note that an entry has left the queue, and enters the wait that goes on longer; the slot
  /// of a process whose wait was to end with the entry.
  @discardableResult
  private mutating func postpone(_ pid: PID, _ mark: Reference) -> Int? {
    guard let slot = processes.slot(of: pid) else { return nil }
    switch processes[slot].timer.leave(mark) {
    case .ended: return slot
    case .goesOn(let mark, let end):
      timers.add(waitOf: pid, mark: mark, at: end)
      return nil
    case .nothing: return nil
    }
  }

  /// Delivers a message that was sent for later, as a beginning of its own.
  ///
  /// Whatever set the timer is over by now: a process that wakes up regularly would otherwise trace
  /// everything it ever does back to its start.
  private mutating func fire(_ delayed: TimerQueue.Delayed) {
    switch delayed.to {
    case .pid, .name, .alias: deliver(delayed.message, to: delayed.to, cause: nil)
    case .remoteName: send(delayed.message, to: delayed.to)
    }
  }
}
