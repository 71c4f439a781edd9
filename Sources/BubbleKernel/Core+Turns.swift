internal import BubbleEvents
internal import DequeModule

// MARK: Turns

extension ProcessContext {
  /// Runs one turn: the process at the front of the run queue handles one message.
  ///
  /// False when nothing is ready.
  mutating func runTurn() -> Bool {
    while let next = core.runQueue.popFirst() {
      let slot = Int(next)
      core.processes[slot].flags.remove(.queued)
      guard core.processes.flags(slot).contains(.alive) else {
        core.processes.recycle(slot)
        continue
      }
      guard core.processes.isReady(slot) else { continue }
      runTurn(of: slot)
      return true
    }
    return false
  }

  private mutating func runTurn(of slot: Int) {
    core.current = slot
    core.currentPID = core.processes.pid(slot)
    core.processes[slot].turns += 1
    var body: any ProcessBody = AbsentBody()
    swap(&body, &core.processes[slot].body)
    do {
      try handleNext(slot, &body)
    } catch {
      if core.ending == nil {
        core.ending = ExitReason(uncaught: error)
        core.endingCause = core.cause
      }
    }
    finishTurn(slot, &body)
  }

  /// Takes what the process does next: its first turn, the end of its wait, or a message.
  private mutating func handleNext(_ slot: Int, _ body: inout any ProcessBody) throws {
    core.turnReference = core.lastReference
    core.turnNumber = core.processes.lastNumber
    core.turnMatch = -1
    core.turnMatchedAnyDown = false
    core.turnMailbox = core.processes.mailboxCount(slot)
    let flags = core.processes.flags(slot)
    if flags.contains(.unborn) {
      core.processes[slot].flags.remove(.unborn)
      core.cause = core.processes[slot].cause
      try body.start(&self)
    } else if flags.contains(.waiting) {
      let received = core.takeAwaited(slot)
      try body.resume(received, &self)
    } else {
      let isSuspended = flags.contains(.suspended)
      guard let envelope = core.takeMessage(slot, isSuspended: isSuspended) else { return }
      core.turnMailbox -= 1
      core.cause = envelope.cause
      core.noteHandled(envelope.message, slot)
      switch envelope.message {
      case .system(let request, let caller): try handle(request, caller, slot, &body)
      case .plain, .call, .cast, .reply, .exit, .down, .timer, .started, .control:
        try body.receive(envelope.message, &self)
      }
    }
  }

  /// Serves the requests that every process understands (OTP: SY1, SY2, SY5).
  private mutating func handle(
    _ request: SystemRequest, _ caller: Caller?, _ slot: Int, _ body: inout any ProcessBody
  ) throws {
    var answer = Term.atom("ok")
    let isSuspended = core.processes.flags(slot).contains(.suspended)
    switch request {
    case .suspend:
      if !isSuspended {
        core.processes[slot].flags.insert(.suspended)
        core.post(.processSuspended(pid: core.currentPID))
      }
    case .resume:
      if isSuspended {
        core.processes[slot].flags.remove(.suspended)
        core.post(.processResumed(pid: core.currentPID))
      }
    case .terminate(let reason):
      // Whoever asked watches the process: its end is the answer.
      return try body.terminate(reason, &self)
    case .changeCode(let version, let extra):
      if isSuspended {
        answer = try body.changeCode(version: version, extra: extra, &self)
      } else {
        answer = .tuple(["error", .tuple(["unknown_system_msg", "change_code"])])
      }
    }
    if let caller { core.reply(caller, answer) }
  }

  /// Puts the body back, or ends the process.
  private mutating func finishTurn(_ slot: Int, _ body: inout any ProcessBody) {
    core.deliverExitSignals()
    core.current = -1
    core.currentPID = PID(0)
    if let reason = core.ending {
      let cause = core.endingCause
      core.ending = nil
      core.endingCause = nil
      core.end(slot, reason: reason, cause: cause)
    } else {
      swap(&body, &core.processes[slot].body)
      core.enqueueIfReady(slot)
    }
    core.cause = nil
    core.compactTimers()
  }
}

extension Core {
  /// The message a turn handles.
  fileprivate mutating func takeMessage(_ slot: Int, isSuspended: Bool) -> Envelope? {
    guard isSuspended else { return processes[slot].mailbox.popFirst() }
    guard let index = processes[slot].suspendedIndex else { return nil }
    return processes[slot].mailbox.remove(at: index)
  }

  /// Ends a wait and takes the message that it was for.
  fileprivate mutating func takeAwaited(_ slot: Int) -> Received {
    processes[slot].flags.subtract([.waiting, .resumable])
    if case .anyDown = processes[slot].awaited { turnMatchedAnyDown = true }
    processes[slot].awaited = .nothing
    if processes[slot].waitTimer.number != 0 {
      processes[slot].waitTimer = Reference(0)
      timers.noteStaleWait()
    }
    let index = Int(processes[slot].matched)
    guard index >= 0 else {
      cause = processes[slot].cause
      return .timedOut
    }
    let envelope = processes[slot].mailbox.remove(at: index)
    turnMailbox -= 1
    turnMatch = index
    cause = envelope.cause
    noteHandled(envelope.message, slot)
    return .message(envelope.message)
  }

  fileprivate mutating func noteHandled(_ message: Message, _ slot: Int) {
    processes[slot].lastMessage = message
    if eventLevel == .messages {
      post(.messageHandled(pid: currentPID, text: String(describing: message)))
    }
  }
}
