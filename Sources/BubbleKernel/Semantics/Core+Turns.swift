internal import BubbleEvents

// MARK: Turns

extension ProcessContext {
  /// Runs up to `limit` turns and returns how many it ran; fewer when nothing is ready any more.
  ///
  /// Signals for other nodes are to leave between two turns: when there are any, it stops.
  ///
  /// In each turn the process at the front of the run queue handles one message. One that has more
  /// to do goes to the end of the queue; when nobody else stands there it goes on at once.
  mutating func runTurns(_ limit: Int) -> Int {
    var count = 0
    while count < limit, let slot = core.runQueue.popFirst() {
      var turn = Turn()
      var message = core.processes[slot].begin(&turn)
      switch turn.occasion {
      case .burial: core.processes.recycle(slot)
      case .nothing: continue
      case .birth, .resumption, .message:
        count += 1
        run(&turn, message, of: slot)
        while count < limit, core.ending == nil, core.runQueue.isEmpty, core.departures.isEmpty,
          let next = core.processes[slot].goOn(&turn, after: message)
        {
          count += 1
          message = next
          run(&turn, message, of: slot)
        }
        finish(&turn, message, of: slot)
        if !core.departures.isEmpty { return count }
      }
    }
    return count
  }

  private mutating func run(_ turn: inout Turn, _ message: Message?, of slot: Int) {
    core.current = slot
    core.currentPID = turn.pid
    core.cause = turn.cause
    core.turnReference = core.lastReference
    core.turnNumber = core.processes.lastNumber
    core.turnMatch = turn.matched
    core.turnMatchedAnyDown = turn.awaitedAnyDown
    core.turnMailbox = turn.mailboxCount
    core.turnSent = 0
    if core.eventLevel == .messages, let message {
      core.post(.message(.handled(by: turn.pid, text: String(describing: message))))
    }
    do {
      try handle(&turn, message, slot)
    } catch {
      if core.ending == nil {
        core.ending = ExitReason(uncaught: error)
        core.endingCause = core.cause
      }
    }
    if core.turnSent > 0 { core.processes[slot].sent += core.turnSent }
    if !core.exitSignals.isEmpty { core.deliverExitSignals() }
    if core.timers.isMostlyStale { core.compactTimers() }
  }

  private mutating func handle(_ turn: inout Turn, _ message: Message?, _ slot: Int) throws {
    switch turn.occasion {
    case .birth: try turn.body.start(&self)
    case .resumption:
      if let message {
        try turn.body.resume(.message(message), &self)
      } else {
        try turn.body.resume(.timedOut, &self)
      }
    case .message:
      guard let message else { return }
      if case .system(let request, let caller) = message {
        try handle(request, caller, slot, &turn)
      } else {
        try turn.body.receive(message, &self)
      }
    case .nothing, .burial: break
    }
  }

  /// Serves the requests that every process understands (OTP: SY1, SY2, SY5).
  private mutating func handle(
    _ request: SystemRequest, _ caller: Caller?, _ slot: Int, _ turn: inout Turn
  ) throws {
    var answer = Term.atom("ok")
    let isSuspended = turn.isSuspended
    switch request {
    case .suspend:
      if !isSuspended {
        core.processes[slot].flags.insert(.suspended)
        core.post(.process(core.currentPID, .suspended))
      }
    case .resume:
      if isSuspended {
        core.processes[slot].flags.remove(.suspended)
        core.post(.process(core.currentPID, .resumed))
      }
    case .terminate(let reason):
      // Whoever asked watches the process: its end is the answer.
      return try turn.body.terminate(reason, &self)
    case .replaceState(let field, let value):
      answer = turn.body.tryReplacingState(field, with: value)
    case .changeCode(let version, let extra):
      if isSuspended {
        answer = try turn.body.changeCode(version: version, extra: extra, &self)
      } else {
        answer = .tuple(["error", .tuple(["unknown_system_msg", "change_code"])])
      }
    }
    if let caller {
      core.reply(caller, answer)
    } else if case .tuple(let parts) = answer, parts.count == 2, parts[0] == "error" {
      core.refuse(parts[1], by: core.currentPID)
    }
    try turn.body.systemRequestServed(
      isSuspended: core.processes.flags(slot).contains(.suspended), &self)
  }

  /// Puts the body back, or ends the process.
  private mutating func finish(
    _ turn: inout Turn, _ message: consuming Message?, of slot: Int
  ) {
    core.current = -1
    core.currentPID = PID(0, node: core.node)
    if let reason = core.ending {
      let cause = core.endingCause
      core.ending = nil
      core.endingCause = nil
      core.end(slot, reason: reason, cause: cause)
    } else if core.processes[slot].end(&turn, message) {
      core.runQueue.append(slot)
    }
    core.cause = nil
    if core.runQueue.isEmpty { core.settleTimers() }
  }
}
