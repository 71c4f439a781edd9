internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// What an installation does with processes: finds, suspends, changes, resumes, stops, starts them.
extension ReleaseHandler {
  typealias Then = @Sendable (inout ReleaseHandler, inout ProcessContext) throws -> Progress

  // MARK: - Suspend, change, resume

  /// Suspends the processes of each module, as found in the trees (OTP: RL5, RL7b).
  func suspend(
    _ suspensions: [ReleaseInstruction.Suspension], _ context: inout ProcessContext
  ) throws -> Progress {
    try walk(&context) { handler, supervised, context in
      let work = suspensions.flatMap { suspension in
        supervised.filter { $0.modules.contains(suspension.module) }
          .map { (pid: $0.pid, suspension: suspension) }
      }
      for suspension in suspensions {
        handler.installation?.suspended.insert((suspension.module, []), at: 0)
      }
      return handler.suspend(work[...], &context)
    }
  }

  private mutating func suspend(
    _ work: ArraySlice<(pid: PID, suspension: ReleaseInstruction.Suspension)>,
    _ context: inout ProcessContext
  ) -> Progress {
    guard let (pid, suspension) = work.first else { return next(&context) }
    let rest = work.dropFirst()
    return ask(.suspend, pid, timeout: suspension.timeout.duration, &context) {
      handler, answer, context in
      switch answer {
      case .reply:
        handler.note(pid, suspendedFor: suspension.module)
        return handler.suspend(rest, &context)
      case .ended: return handler.suspend(rest, &context)
      case .timedOut:
        // Should it come to it later, it is not to stay suspended (OTP: RL8).
        handler.post(
          .leftOut(pid), handler.installation?.release.version ?? "", &context)
        return handler.ask(.resume, pid, &context) { handler, _, context in
          handler.suspend(rest, &context)
        }
      }
    }
  }

  private mutating func note(_ pid: PID, suspendedFor module: String) {
    guard let index = installation?.suspended.firstIndex(where: { $0.module == module }) else {
      return
    }
    installation?.suspended[index].pids.append(pid)
  }

  /// Has the suspended processes of the modules come over (OTP: RL6).
  mutating func change(
    _ direction: ReleaseInstruction.Direction, _ changes: [ReleaseInstruction.Change],
    _ context: inout ProcessContext
  ) throws -> Progress {
    guard let installation else { return .noReply }
    let work = changes.flatMap { change in
      let versions = installation.versions[change.module]
      let version: Term =
        direction == .up
        ? versions?.before ?? "undefined" : .tuple(["down", versions?.after ?? "undefined"])
      let pids = installation.suspended.first { $0.module == change.module }?.pids ?? []
      return pids.map { CodeChange(pid: $0, change: change, version: version) }
    }
    return try change(work[...], &context)
  }

  /// A process that has to come over.
  private struct CodeChange: Sendable {
    var pid: PID
    var change: ReleaseInstruction.Change
    var version: Term
  }

  private mutating func change(
    _ work: ArraySlice<CodeChange>, _ context: inout ProcessContext
  ) throws -> Progress {
    guard let first = work.first else { return next(&context) }
    let request = SystemRequest.changeCode(version: first.version, extra: first.change.extra)
    return ask(request, first.pid, &context) { handler, answer, context in
      let module = Term.atom(first.change.module)
      switch answer {
      case .reply(.tuple(let parts)) where parts.count == 2 && parts[0] == "error":
        throw ReleaseRefusal(
          reason: .tuple([
            "code_change_failed", .pid(first.pid), module, first.version, parts[1],
          ]))
      case .reply: return try handler.change(work.dropFirst(), &context)
      case .ended(let reason):
        throw ReleaseRefusal(reason: Self.exit(reason.term, first.pid))
      case .timedOut:
        throw ReleaseRefusal(reason: Self.exit("timeout", first.pid))
      }
    }
  }

  private static func exit(_ reason: Term, _ pid: PID) -> Term {
    .tuple([
      "EXIT", .tuple([reason, .tuple(["sys", "change_code", [.pid(pid)]])]),
    ])
  }

  /// Lets the processes of the modules go on, each module's in their order.
  mutating func resume(
    _ modules: ArraySlice<String>, _ context: inout ProcessContext
  ) -> Progress {
    guard let module = modules.first else { return next(&context) }
    let pids = installation?.suspended.filter { $0.module == module }.flatMap(\.pids) ?? []
    installation?.suspended.removeAll { $0.module == module }
    return resume(pids[...], then: modules.dropFirst(), &context)
  }

  private mutating func resume(
    _ pids: ArraySlice<PID>, then modules: ArraySlice<String>, _ context: inout ProcessContext
  ) -> Progress {
    guard let pid = pids.first else { return resume(modules, &context) }
    return ask(.resume, pid, &context) { handler, _, context in
      handler.resume(pids.dropFirst(), then: modules, &context)
    }
  }

  // MARK: - Stop and start

  /// Stops the children that have the modules, through their supervisors.
  func stop(_ modules: [String], _ context: inout ProcessContext) throws -> Progress {
    try walk(&context) { handler, supervised, context in
      let work = modules.flatMap { module in
        supervised.filter { $0.supervisor != nil && $0.modules.contains(module) }
          .map { (module: module, child: $0) }
      }
      for module in modules { handler.installation?.stopped.insert((module, []), at: 0) }
      return handler.stop(work[...], &context)
    }
  }

  private mutating func stop(
    _ work: ArraySlice<(module: String, child: Supervised)>, _ context: inout ProcessContext
  ) -> Progress {
    guard let (module, child) = work.first else { return next(&context) }
    guard let supervisor = child.supervisor else { return stop(work.dropFirst(), &context) }
    return ask(SupervisorRequest.terminateChild(child.key), supervisor, &context) {
      (handler: inout ReleaseHandler, reply: SupervisorReply?, context) in
      if case .ok = reply,
        let index = handler.installation?.stopped.firstIndex(where: { $0.module == module })
      {
        handler.installation?.stopped[index].children.append(child)
      }
      return handler.stop(work.dropFirst(), &context)
    }
  }

  /// Starts again who was stopped for the modules; whether that works is not asked (OTP).
  mutating func start(_ modules: [String], _ context: inout ProcessContext) -> Progress {
    let children = modules.flatMap { module in
      installation?.stopped.filter { $0.module == module }.flatMap(\.children) ?? []
    }
    installation?.stopped.removeAll { modules.contains($0.module) }
    return start(children[...], &context)
  }

  private mutating func start(
    _ children: ArraySlice<Supervised>, _ context: inout ProcessContext
  ) -> Progress {
    guard let child = children.first, let supervisor = child.supervisor else {
      return next(&context)
    }
    return ask(SupervisorRequest.restartChild(child.key), supervisor, &context) {
      (handler: inout ReleaseHandler, _: SupervisorReply?, context) in
      handler.start(children.dropFirst(), &context)
    }
  }

  // MARK: - Asking

  /// What came of a system request.
  enum Answer: Sendable {
    case reply(Term)
    case ended(ExitReason)
    case timedOut
  }

  func ask(
    _ request: SystemRequest, _ pid: PID, timeout: Duration? = .seconds(5),
    _ context: inout ProcessContext,
    then:
      @escaping @Sendable (inout ReleaseHandler, Answer, inout ProcessContext) throws -> Progress
  ) -> Progress {
    let mark = context.system(request, to: pid)
    return .wait(
      Wait(.reply(mark), timeout: timeout) { handler, received, context in
        let answer: Answer
        switch received {
        case .message(.reply(_, let value)): answer = .reply(value as? Term ?? "ok")
        case .message(.down(_, _, let reason)): answer = .ended(reason)
        case .message: answer = .ended(.noProcess)
        case .timedOut:
          context.abandonCall(mark, to: pid)
          answer = .timedOut
        }
        return handler.go(on: { try then(&$0, answer, &$1) }, &context)
      })
  }

  /// Calls a process, without a limit of time; nil when it has ended.
  func ask<Reply: Sendable>(
    _ request: some Sendable, _ pid: PID, _ context: inout ProcessContext,
    then:
      @escaping @Sendable (inout ReleaseHandler, Reply?, inout ProcessContext) throws -> Progress
  ) -> Progress {
    let mark = context.call(request, to: pid)
    return .wait(
      Wait(.reply(mark)) { handler, received, context in
        let reply = received.reply(as: Reply.self)
        return handler.go(on: { try then(&$0, reply, &$1) }, &context)
      })
  }

  /// Runs what comes next; what it throws fails the installation.
  private mutating func go(on then: Then, _ context: inout ProcessContext) -> Progress {
    do {
      return try then(&self, &context)
    } catch {
      return fail(error, &context)
    }
  }
}

extension Received {
  fileprivate func reply<Reply>(as type: Reply.Type) -> Reply? {
    guard case .message(.reply(_, let value)) = self else { return nil }
    return value as? Reply
  }
}

extension ReleaseInstruction.SuspendTimeout {
  /// Nil waits for ever.
  fileprivate var duration: Duration? {
    switch self {
    case .standard: .seconds(5)
    case .milliseconds(let count): .milliseconds(count)
    case .infinity: nil
    }
  }
}
