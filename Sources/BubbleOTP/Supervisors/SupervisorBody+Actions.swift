internal import BubbleEvents
internal import BubbleKernel

extension SupervisorBody {
  /// Does what the logic says, and what it says about the outcome, until it has to wait.
  mutating func perform(_ actions: [SupervisorAction]?, _ context: inout ProcessContext) {
    var next = actions ?? []
    while !next.isEmpty {
      var following: [SupervisorAction] = []
      for action in next { perform(action, &following, &context) }
      next = following
    }
    context.setActing(logic?.isActing ?? false)
  }

  private mutating func perform(
    _ action: SupervisorAction, _ following: inout [SupervisorAction],
    _ context: inout ProcessContext
  ) {
    switch action {
    case .post(let kind): context.post(kind)
    case .decide(let kind):
      actingCause = context.post(kind)
      context.cause = actingCause
    case .start(let id, let start, let arguments):
      if let result = run(start, id, arguments, &context) {
        following += logic?.startFinished(result) ?? []
      }
    case .stop(let id, let pid, let shutdown): stop(id, pid, shutdown, &context)
    case .stopAll(let targets): stopAll(targets, &context)
    case .reply(let caller, let reply):
      if let caller { context.reply(to: caller, reply) } else { refuse(reply, &context) }
    case .retry(let id): context.deliver(.plain(RetryRequest(id: id)), to: context.pid)
    case .acknowledge: context.acknowledgeStart()
    case .failStart(let reason), .end(let reason): end(reason, action, &context)
    }
  }

  /// Tells that a request from outside failed, unless the start of a child has told so already.
  private func refuse(_ reply: SupervisorReply, _ context: inout ProcessContext) {
    guard case .failure(let error) = reply else { return }
    switch error {
    case .startFailed, .startFailedWithSpec: break
    case .notFound, .running, .restarting, .alreadyPresent, .alreadyStarted, .simpleOneForOne,
      .maximumChildren, .badSpec:
      context.refuseRequest(error.term)
    }
  }

  /// Runs a child's start function; nil when the acknowledgement is waited for (OTP: S1).
  private mutating func run(
    _ start: ProcessStart, _ id: ChildID, _ arguments: [Term], _ context: inout ProcessContext
  ) -> StartResult? {
    context.post(.child(of: context.pid, id, .starting))
    do {
      switch try start.run(&context, arguments) {
      case .spawned(let pid, let info):
        faults.meetStart(of: pid, at: id, &context)
        waiting = .start(info: info)
        context.wait(for: .start(pid))
        return nil
      case .finished(let result): return faults.takeFailure(at: id) ?? result
      case .invalid(let term): return .error(term)
      }
    } catch {
      let reason = ExitReason(uncaught: error)
      return .error(logic?.startError(reason) ?? reason.term)
    }
  }

  /// Watches the child before the signal goes out, so that its end is seen even when it has removed
  /// its link (OTP: S71-S77).
  private mutating func stop(
    _ id: ChildID, _ pid: PID, _ shutdown: ChildShutdown, _ context: inout ProcessContext
  ) {
    let mark = context.monitorQuietly(pid)
    waiting = .stop(id, pid, mark)
    tell(id, pid, shutdown, &context)
    context.wait(for: .down(mark), until: deadline(of: shutdown, context))
  }

  private mutating func stopAll(
    _ targets: [(ChildID, PID, ChildShutdown)], _ context: inout ProcessContext
  ) {
    // The marks only grow, and between the first and the last nobody else gets one here.
    var marks: ClosedRange<Reference>?
    var stopping: [Stopping] = []
    for (id, pid, shutdown) in targets {
      let mark = context.monitorQuietly(pid)
      marks = (marks?.lowerBound ?? mark)...mark
      tell(id, pid, shutdown, &context)
      stopping.append(Stopping(id: id, pid: pid, deadline: deadline(of: shutdown, context)))
    }
    guard let marks else { preconditionFailure("a supervisor stops all of no children") }
    waitForEnds(stopping, marks, &context)
  }

  /// Waits for the ends of dynamic children, or until the first time to end has passed.
  private mutating func waitForEnds(
    _ targets: [Stopping], _ marks: ClosedRange<Reference>, _ context: inout ProcessContext
  ) {
    let deadline = targets.lazy.compactMap(\.deadline).min()
    waiting = .stopAll(targets, marks: marks, deadline: deadline)
    context.wait(for: .anyDown, until: deadline)
  }

  /// Tells a child to end; what follows in the child follows from that.
  private mutating func tell(
    _ id: ChildID, _ pid: PID, _ shutdown: ChildShutdown, _ context: inout ProcessContext
  ) {
    faults.meetStop(of: pid, at: id, &context)
    context.cause = context.post(
      .child(of: context.pid, id, .stopping(pid, shutdown)))
    context.exit(pid, reason: signal(of: shutdown))
    context.cause = actingCause
  }

  /// The time of some dynamic children has passed: those of them that are left are killed (S80).
  mutating func killLate(
    _ targets: [Stopping], _ marks: ClosedRange<Reference>, _ context: inout ProcessContext
  ) {
    var left = targets
    for index in left.indices {
      guard let deadline = left[index].deadline, deadline <= context.now else { continue }
      left[index].deadline = nil
      if context.isAlive(left[index].pid) { kill(left[index].id, left[index].pid, &context) }
    }
    waitForEnds(left, marks, &context)
  }

  /// The time of a child has passed.
  func kill(_ id: ChildID, _ pid: PID, _ context: inout ProcessContext) {
    context.cause = context.post(.child(of: context.pid, id, .stopTimedOut(pid)))
    context.kill(pid)
    context.cause = actingCause
  }

  /// The reason in the child's own exit message is the real one (OTP: S75).
  func outcome(
    of pid: PID, _ reason: ExitReason, _ context: inout ProcessContext
  ) -> StopOutcome {
    context.unlink(pid)
    let message = context.takeExitMessage(from: pid)
    guard reason == .noProcess else { return .ended(reason) }
    return message.map { .ended($0) } ?? .unlinked
  }

  private func end(
    _ reason: ExitReason, _ action: SupervisorAction, _ context: inout ProcessContext
  ) {
    if reason.isAbnormal {
      if case .end = action {
        context.post(.reported(.serverTerminated(pid: context.pid, reason: reason)))
      }
      context.post(.reported(.crash(pid: context.pid, reason: reason)))
    }
    context.finish(reason)
  }

  private func signal(of shutdown: ChildShutdown) -> ExitReason {
    switch shutdown {
    case .brutalKill: .kill
    case .timeout, .infinity: .shutdown
    }
  }

  private func deadline(
    of shutdown: ChildShutdown, _ context: ProcessContext
  ) -> RuntimeInstant? {
    switch shutdown {
    case .brutalKill, .infinity: nil
    case .timeout(let milliseconds): context.now + .milliseconds(milliseconds)
    }
  }
}
