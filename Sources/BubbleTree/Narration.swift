package import BubbleEvents

/// One event told in a line: when, a sign, what happened, and at the right what it cost or why.
package struct Narration: Hashable, Sendable {
  /// What a piece of text is, so that it can be shown as that.
  package enum Emphasis: UInt8, Hashable, Sendable, CaseIterable {
    /// Ordinary words.
    case plain
    /// Words that matter less.
    case dim
    /// A process's name.
    case name
    /// A supervisor's name.
    case supervisor
    /// A PID.
    case pid
    /// A reason or a word for a failure.
    case bad
    /// An orderly reason.
    case calm
    /// A strategy.
    case strategy
    /// A key that the user pressed.
    case key
  }

  /// A piece of text.
  package struct Span: Hashable, Sendable {
    /// Text from outside, not yet safe for a terminal.
    package var text: String
    /// What it is.
    package var emphasis: Emphasis

    package init(_ text: String, _ emphasis: Emphasis = .plain) {
      self.text = text
      self.emphasis = emphasis
    }
  }

  /// The sign in front.
  package enum Sign: Hashable, Sendable {
    /// What became of a process.
    case state(ProcessState)
    /// The user did it.
    case user
    /// None of these.
    case note
  }

  /// The event it tells.
  package var event: Event.ID
  /// When it happened.
  package var instant: RuntimeInstant
  /// The sign.
  package var sign: Sign
  /// What happened.
  package var spans: [Span]
  /// What caused it, or how long it may take.
  package var right: [Span] = []
  /// The budget to show at the right, before `right`.
  package var budget: Budget?
  /// The place it is about.
  package var slot: SlotID?
}

extension ProcessTree {
  /// Tells `event`, which has been folded; nil when it is not worth a line.
  package func narrate(_ event: Event) -> Narration? {
    var line = Narration(
      event: event.id, instant: event.instant, sign: .note, spans: [], slot: subject(of: event))
    switch event.kind {
    case .requested(let request): tell(request, in: &line)
    case .processExited(let pid, let reason): tellExit(of: pid, reason, event, in: &line)
    case .processSuspended(let pid):
      line.tell(.state(.suspended), named(pid) + [.init(" is suspended")])
      line.right = because(event)
    case .processResumed(let pid):
      line.tell(.state(.running), named(pid) + [.init(" goes on")])
      line.right = because(event)
    case .exitSignalTrapped(let pid, let sender, let reason):
      // A supervisor traps them all the time, and says itself what it makes of them.
      guard slot(of: pid).map({ self[$0].kind == .worker }) == true else { return nil }
      line.tell(
        .note, named(pid) + [.init(" traps an exit signal: "), .init(reason: reason)])
      line.right = sender.map { [Narration.Span("← from ", .dim)] + named($0) } ?? []
    case .childStarted, .childIgnored, .childStartFailed, .childStopping, .childStopTimedOut,
      .restartDecided, .restartCompleted, .restartNotNeeded, .intensityExceeded,
      .autoShutdownStarted, .supervisorConfigured:
      tellSupervision(event, in: &line)
    case .limitReached(let pid, let limit):
      line.tell(.note, (pid.map(named) ?? []) + [.init(" reached a limit: \(limit)", .bad)])
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

// MARK: - Who and why

extension ProcessTree {
  /// The name of the place of `pid`, and the PID.
  func named(_ pid: PID) -> [Narration.Span] {
    guard let slot = slot(of: pid) else { return [.init("\(pid)", .pid)] }
    return [title(slot), .init(" "), .init("\(pid)", .pid)]
  }

  /// The name of a place.
  func title(_ slot: SlotID) -> Narration.Span {
    .init(self[slot].name, self[slot].kind == .supervisor ? .supervisor : .name)
  }

  private func title(_ pid: PID) -> Narration.Span {
    slot(of: pid).map(title) ?? .init("\(pid)", .pid)
  }

  /// The arrow and the nearest telling cause of `event`.
  func because(_ event: Event) -> [Narration.Span] {
    for cause in recent.causes(of: event) {
      if let words = phrase(cause, of: event) { return [.init("← ", .dim)] + words }
    }
    guard case .processExited = event.kind else { return [] }
    return [.init("its own fault", .dim)]
  }

  private func phrase(_ cause: Event, of event: Event) -> [Narration.Span]? {
    switch cause.kind {
    case .requested(let request): return [.init("you pressed ", .dim), .init(request.key, .key)]
    case .restartDecided(let supervisor, _, let strategy, _, _):
      return [title(supervisor), .init(" decided "), .init(strategy.rawValue, .strategy)]
    case .childStopping(_, _, let pid, _):
      guard subject(of: cause) != subject(of: event) else { return nil }
      return [title(pid), .init(" is stopping", .dim)]
    case .intensityExceeded(let supervisor, _, _, _):
      return [title(supervisor), .init(" gave up", .dim)]
    case .autoShutdownStarted(let supervisor, _, _):
      return [title(supervisor), .init(" shuts itself down", .dim)]
    case .processExited(let pid, let reason):
      guard subject(of: cause) != subject(of: event) else { return nil }
      return [title(pid), .init(" exited ", .dim), .init(reason: reason)]
    case .childStartFailed(_, _, let reason):
      return [.init("the start failed: ", .dim), .init(reason: reason)]
    default: return nil
    }
  }
}

// MARK: - What

extension ProcessTree {
  private func tell(_ request: ControlRequest, in line: inout Narration) {
    let who = line.slot.map { [title($0)] } ?? []
    let spans: [Narration.Span] =
      switch request {
      case .kill: [.init("kill ")] + who
      case .exit(_, let reason):
        [.init("exit signal "), .init(reason: reason), .init(" to ")] + who
      case .suspend: [.init("suspend ")] + who
      case .resume: [.init("resume ")] + who
      case .send(_, let message): [.init("send \(message) to ")] + who
      case .restartChild: [.init("start ")] + who + [.init(" again")]
      case .terminateChild: [.init("stop ")] + who + [.init(" for good")]
      case .deleteChild: [.init("delete ")] + who
      case .startChild: [.init("start one more child of ")] + who
      case .changeFlags(_, let flags):
        [
          .init("make ")
        ] + who + [
          .init(": "), .init(flags.strategy.rawValue, .strategy),
          .init(", \(flags.intensity.restarts) in \(flags.intensity.seconds) s"),
        ]
      }
    line.tell(.user, [.init("you pressed "), .init(request.key, .key), .init(": ")] + spans)
  }

  private func tellExit(
    of pid: PID, _ reason: ExitReason, _ event: Event, in line: inout Narration
  ) {
    guard let slot = line.slot else {
      // Its place was taken already: the process of a supervisor that was killed.
      line.tell(.state(.stopped), [.init("an orphan ", .dim), .init("\(pid)", .pid)])
      line.spans += [.init(" exited: "), .init(reason: reason)]
      return
    }
    let wasStopped = self[slot].lives.last { $0.pid == pid }?.wasStopped ?? false
    let gaveUp = self[slot].supervision?.gaveUp ?? false
    let sign: ProcessState =
      gaveUp ? .gaveUp : (wasStopped || !reason.isAbnormal ? .stopped : .crashed)
    let verb = wasStopped ? " stopped: " : " exited: "
    line.tell(.state(sign), named(pid) + [.init(verb), .init(reason: reason)])
    line.right = because(event)
  }

  private func tellSupervision(_ event: Event, in line: inout Narration) {
    let child = line.slot.map { [title($0)] } ?? []
    switch event.kind {
    case .childStarted(_, _, let pid):
      line.tell(.state(.running), named(pid) + [.init(" started")])
      let life = slot(of: pid).map { self[$0].life } ?? 1
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
      line.budget = slot(of: supervisor).flatMap { budget(of: $0, at: event.instant) }
    case .restartCompleted(let supervisor, let id):
      tellCompletion(of: supervisor, id, event, in: &line)
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
    of supervisor: PID, _ id: ChildID, _ event: Event, in line: inout Narration
  ) {
    var started: [[Narration.Span]] = []
    for offset in stride(from: recent.count - 1, through: max(0, recent.count - 256), by: -1) {
      let earlier = recent[offset: offset]
      if case .restartDecided(supervisor, id, _, _, _) = earlier.kind { break }
      if case .childStarted(supervisor, _, let pid) = earlier.kind { started.append(named(pid)) }
    }
    let shown = started.reversed().prefix(3).map { $0 }
    let more = started.count > 3 ? [Narration.Span(" and \(started.count - 3) more")] : []
    line.tell(
      .state(.restarting),
      [title(supervisor), .init(" restarted ")] + Array(shown.joined(separator: [.init(", ")]))
        + more)
    line.budget = slot(of: supervisor).flatMap { budget(of: $0, at: event.instant) }
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
    guard case .requested(.changeFlags) = self else { return false }
    return true
  }
}

extension ControlRequest {
  /// The key that makes this request.
  fileprivate var key: String {
    switch self {
    case .kill: "x"
    case .exit: "X"
    case .suspend, .resume: "z"
    case .send: ":send"
    case .restartChild: "r"
    case .terminateChild: ":terminate"
    case .deleteChild: ":delete"
    case .startChild: "+"
    case .changeFlags: "s"
    }
  }
}

extension Duration {
  /// `5.0 s`.
  fileprivate var inSeconds: String {
    let tenths = wholeNanoseconds / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
