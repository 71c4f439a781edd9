package import BubbleEvents

extension ProcessTree {
  /// Tells `event`, which has been folded; nil when it is not worth a line.
  package func narrate(_ event: Event) -> Narration? {
    var line = Narration(
      event: event.id, instant: event.instant, sign: .note, spans: [], slot: subject(of: event))
    switch event.kind {
    case .requested(let request, let origin): tell(request, by: origin, in: &line)
    case .processExited(let pid, let reason): tellExit(of: pid, reason, event, in: &line)
    case .processSuspended(let pid):
      line.tell(.state(.suspended), named(pid) + [.init(" is suspended")])
      line.right = because(event)
    case .processResumed(let pid):
      line.tell(.state(.running), named(pid) + [.init(" goes on")])
      line.right = because(event)
    case .exitSignalTrapped(let pid, let sender, let reason):
      guard !isRoutine(signalTo: pid, from: sender) else { return nil }
      line.tell(
        .note, named(pid) + [.init(" traps an exit signal: "), .init(reason: reason)])
      line.right = sender.map { [Narration.Span("← from ", .dim)] + named($0) } ?? because(event)
    case .childStarted, .childIgnored, .childStartFailed, .childStopping, .childStopTimedOut,
      .restartDecided, .restartCompleted, .restartNotNeeded, .intensityExceeded,
      .autoShutdownStarted, .supervisorConfigured:
      tellSupervision(event, in: &line)
    case .application(let step):
      line.tell(step.sign, step.spans)
      line.right = because(event)
    case .release(let step): line.tell(step.sign, step.spans)
    case .codeEntered(let pid, let module, let version, let previous):
      guard let previous else { return nil }
      line.tell(
        .state(.running),
        named(pid) + [.init(" runs \(module) "), .init(version.asVersion, .name)])
      line.right = [.init("\(previous.asVersion) before", .dim)]
    case .limitReached(let pid, let limit):
      line.tell(.note, (pid.map(named) ?? []) + [.init(" reached a limit: \(limit)", .bad)])
    case .reported(.handlerTerminated(let manager, let handler, let reason)):
      line.tell(
        .note,
        named(manager) + [.init(" loses its handler \(handler): "), .init("\(reason)", .bad)])
    case .processSpawned, .linked, .unlinked, .monitored, .demonitored, .exitSignalSent,
      .downDelivered, .nameRegistered, .nameReleased, .childSpecified, .childForgotten,
      .childStarting, .childStopped, .childTerminated, .restartCounted, .childrenReordered,
      .reported, .messageSent, .messageHandled, .callStarted, .callReturned, .callTimedOut:
      return nil
    }
    return line.spans.isEmpty ? nil : line
  }

  /// What brought `event` about, in words: `you pressed x`, `conn_sup is stopping`.
  package func causePhrase(_ event: Event.ID) -> String? {
    recent[event].map { because($0).dropFirst().map(\.text).joined() }
  }
}

extension ProcessTree {
  /// What `request` asks for, in a few words: `kill cache`.
  package func title(of request: ControlRequest) -> String {
    let event = Event(id: 0, instant: now, cause: nil, kind: .requested(request))
    return spans(of: request, about: subject(of: event)).map(\.text).joined()
  }

  private func tell(
    _ request: ControlRequest, by origin: ControlRequest.Origin, in line: inout Narration
  ) {
    line.tell(
      .user, request.asked(by: origin) + [.init(": ")] + spans(of: request, about: line.slot))
  }

  private func spans(of request: ControlRequest, about slot: SlotID?) -> [Narration.Span] {
    let who = slot.map { [title($0)] } ?? []
    switch request {
    case .kill: return [.init("kill ")] + who
    case .exit(_, let reason):
      return [.init("exit signal "), .init(reason: reason), .init(" to ")] + who
    case .suspend: return [.init("suspend ")] + who
    case .resume: return [.init("resume ")] + who
    case .send(_, let message): return [.init("send \(message) to ")] + who
    case .replaceState(_, let field, let value):
      return [.init("set \(field) of ")] + who + [.init(" to \(value)")]
    case .restartChild: return [.init("start ")] + who + [.init(" again")]
    case .terminateChild: return [.init("stop ")] + who + [.init(" for good")]
    case .deleteChild: return [.init("delete ")] + who
    case .startChild: return [.init("start one more child of ")] + who
    case .injectFault(_, _, let fault): return [.init("arm \(fault) for ")] + who
    case .changeFlags(_, let flags):
      let change: [Narration.Span] = [
        .init(": "), .init(flags.strategy.rawValue, .strategy),
        .init(", \(flags.intensity.restarts) in \(flags.intensity.seconds) s"),
      ]
      return [.init("make ")] + who + change
    case .changeChild(_, _, let settings):
      return [.init("make ")] + who
        + [.init(": \(settings.restart.rawValue), shutdown \(settings.shutdown)")]
    case .startApplication(_, let name, let restart):
      return [
        .init("start application "), .init(name, .name), .init(", \(restart.rawValue)"),
      ]
    case .stopApplication(_, let name):
      return [.init("stop application "), .init(name, .name)]
    case .changeRelease(_, let deed, let version):
      return [.init(deed.words + " "), .init(version, .name)]
    case .reorderChildren: return [.init("put the children of ")] + who + [.init(" in other order")]
    }
  }

  private func tellExit(
    of pid: PID, _ reason: ExitReason, _ event: Event, in line: inout Narration
  ) {
    guard line.slot != nil else {
      // Its place was taken already: the process of a supervisor that was killed.
      line.tell(.state(.stopped), named(pid) + [.init(", an orphan, exited: ", .dim)])
      line.spans.append(.init(reason: reason))
      line.right = because(event)
      return
    }
    let wasStopped = wasToldToStop(pid, event)
    let hasGivenUp = hadGivenUp(pid, event)
    let sign: ProcessState =
      hasGivenUp ? .gaveUp : wasStopped || !reason.isAbnormal ? .stopped : .crashed
    let verb = wasStopped ? " stopped: " : " exited: "
    line.tell(.state(sign), named(pid) + [.init(verb), .init(reason: reason)])
    line.right = because(event)
  }

  private func tellSupervision(_ event: Event, in line: inout Narration) {
    let child = line.slot.map { [title($0)] } ?? []
    switch event.kind {
    case .childStarted(_, _, let pid):
      line.tell(.state(.running), named(pid) + [.init(" started")])
      let life = life(of: pid) ?? 1
      line.right = life > 1 ? [.init("life \(life)", .dim)] : because(event)
    case .childIgnored:
      line.tell(.state(.stopped), child + [.init(" said ignore: its place stays empty")])
    case .childStartFailed(_, _, let reason):
      line.tell(.state(.crashed), child + [.init(" did not start: "), .init(reason: reason)])
      line.right = because(event)
    case .childStopping(_, _, let pid, let shutdown):
      let word = shutdown == .brutalKill ? "kill" : "shutdown"
      line.tell(.state(.stopping), named(pid) + [.init(" stopping: "), .init(word, .calm)])
      line.right = limit(of: shutdown)
    case .childStopTimedOut(_, _, let pid):
      line.tell(
        .state(.stopping), named(pid) + [.init(" did not stop in time: "), .init("kill", .bad)])
      line.right = because(event)
    case .restartDecided(let supervisor, _, let strategy, let stops, let starts):
      let doing = stops > 0 ? ": stop \(stops), start \(starts)" : ": start \(starts)"
      line.tell(
        .state(.restarting),
        [title(supervisor), .init(" decides "), .init(strategy.rawValue, .strategy), .init(doing)])
      line.budget = budget(ofSupervisor: supervisor, asOf: event)
    case .restartCompleted(let supervisor, _):
      tellCompletion(of: supervisor, event, in: &line)
    case .restartNotNeeded(_, _, let restart, let reason):
      line.tell(
        .state(.stopped),
        child + [.init(" is not started again: \(restart.rawValue), "), .init(reason: reason)])
    case .intensityExceeded(let supervisor, _, let used, let intensity):
      line.tell(
        .state(.gaveUp),
        [
          title(supervisor), .init(" gives up: ", .bad),
          .init("\(used) restarts in \(intensity.seconds) s, \(intensity.restarts) allowed"),
        ])
    case .autoShutdownStarted(let supervisor, let id, let mode):
      line.tell(
        .state(.stopping),
        [title(supervisor), .init(" shuts itself down: \(mode.rawValue), "), .init("\(id)", .name)])
    case .supervisorConfigured(let supervisor, let flags):
      guard event.cause.flatMap({ recent[$0] }).map({ $0.kind.isFlagsRequest }) == true else {
        return
      }
      line.tell(
        .state(.running),
        [title(supervisor), .init(" is "), .init(flags.strategy.rawValue, .strategy)])
      line.budget = slot(of: supervisor).flatMap { budget(of: $0, at: event.instant) }
    default: break
    }
  }

  /// Names who was started by a restart, as far as a line has room.
  private func tellCompletion(
    of supervisor: PID, _ event: Event, in line: inout Narration
  ) {
    var started: [[Narration.Span]] = []
    let decision = event.cause ?? 0
    var next = event.id - 1
    while next > decision, event.id - next < 256, let earlier = recent[next] {
      if case .childStarted(supervisor, _, let pid) = earlier.kind { started.append(named(pid)) }
      next -= 1
    }
    let shown = started.reversed().prefix(3).map { $0 }
    let more = started.count > 3 ? [Narration.Span(" and \(started.count - 3) more")] : []
    line.tell(
      .state(.restarting),
      [title(supervisor), .init(" restarted ")] + Array(shown.joined(separator: [.init(", ")]))
        + more)
    line.budget = budget(ofSupervisor: supervisor, asOf: event)
  }

  private func limit(of shutdown: ChildShutdown) -> [Narration.Span] {
    switch shutdown {
    case .brutalKill: []
    case .timeout(let milliseconds):
      [.init("brutal_kill in \(Duration.milliseconds(milliseconds).inSeconds)", .dim)]
    case .infinity: [.init("waits for ever", .dim)]
    }
  }
}

extension Narration {
  fileprivate mutating func tell(_ sign: Sign, _ spans: [Span]) {
    self.sign = sign
    self.spans = spans
  }
}

extension Narration.Span {
  /// A reason, marked as bad or orderly.
  init(reason: ExitReason) { self.init(reason.short, reason.isAbnormal ? .bad : .calm) }
}

extension Event.Kind {
  fileprivate var isFlagsRequest: Bool {
    guard case .requested(.changeFlags, _) = self else { return false }
    return true
  }
}

extension Duration {
  /// `5.0 s`.
  fileprivate var inSeconds: String {
    let tenths = wholeNanoseconds / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
