public import BubbleEvents

extension ProcessContext {
  // MARK: - Messages

  /// Sends a message; to a dead process it silently goes nowhere.
  @inlinable public mutating func send(_ payload: some Sendable, to target: PID) {
    deliver(.plain(payload), to: target)
  }

  /// Sends a message to the process registered under `name`; raises `badarg` when there is none.
  public mutating func send(_ payload: some Sendable, to name: String) throws {
    guard let target = core.names[name] else { throw RaisedError.badArgument }
    core.send(.plain(payload), to: target)
  }

  /// Sends a request that is not answered (OTP: gen_server:cast).
  @inlinable public mutating func cast(_ request: some Sendable, to target: PID) {
    deliver(.cast(request), to: target)
  }

  /// Sends a request that is answered; wait for `Awaited.reply` with the mark (OTP: send_request).
  @inlinable public mutating func call(_ request: some Sendable, to target: PID) -> Reference {
    callAny(request, to: target)
  }

  @usableFromInline mutating func callAny(_ request: any Sendable, to target: PID) -> Reference {
    let mark = core.monitor(target, quietly: true)
    if core.eventLevel == .messages {
      core.post(
        .message(
          .callStarted(
            from: core.currentPID, to: target, text: Term(reflecting: request).description)))
    }
    core.send(.call(request, Caller(pid: core.currentPID, tag: mark)), to: target)
    return mark
  }

  /// Gives up on an answer: one that comes later is dropped.
  public mutating func abandonCall(_ mark: Reference, to target: PID) {
    if core.eventLevel == .messages {
      core.post(.message(.callTimedOut(from: core.currentPID, to: target)))
    }
    core.demonitor(mark, flush: true)
  }

  /// Answers a call, in the turn that got it or any time later, from any process.
  @inlinable public mutating func reply(to caller: Caller, _ value: some Sendable) {
    replyAny(to: caller, value)
  }

  @usableFromInline mutating func replyAny(to caller: Caller, _ value: any Sendable) {
    core.reply(caller, value)
  }

  /// Sends a message of any kind.
  @usableFromInline package mutating func deliver(
    _ message: consuming Message, to target: PID
  ) {
    core.send(message, to: target)
  }

  /// Waits inside the turn: the turn ends here, and the body's `resume` goes on with what came.
  ///
  /// Every other message stays in the mailbox, in order (OTP: selective receive).
  public mutating func wait(for awaited: Awaited, timeout: Duration? = nil) {
    core.wait(awaited, until: timeout.map { core.now + $0 })
  }

  /// Waits inside the turn until a fixed instant at most.
  public mutating func wait(for awaited: Awaited, until deadline: RuntimeInstant?) {
    core.wait(awaited, until: deadline)
  }

  /// Says that a supervisor is in the middle of something, or has done.
  package mutating func setActing(_ isActing: Bool) {
    guard core.processes[core.current].flags.contains(.acting) != isActing else { return }
    if isActing {
      core.processes[core.current].flags.insert(.acting)
      core.actingCount += 1
    } else {
      core.processes[core.current].flags.remove(.acting)
      core.actingCount -= 1
    }
  }

  // MARK: - Names

  /// Binds a name to a process; raises `badarg` when that cannot be (OTP: register).
  public mutating func register(_ name: String, _ target: PID) throws {
    guard core.register(name, target) else { throw RaisedError.badArgument }
  }

  /// Frees a name; raises `badarg` when nobody has it (OTP: unregister).
  public mutating func unregister(_ name: String) throws {
    guard core.unregister(name) else { throw RaisedError.badArgument }
  }

  /// The process that has the name.
  public func whereis(_ name: String) -> PID? {
    core.names[name]
  }

  /// The name of a process.
  public func name(of target: PID) -> String? {
    core.processes.slot(of: target).flatMap { core.processes[$0].name }
  }

  /// A mark of its own, such as for a subscription (OTP: make_ref).
  public mutating func makeReference() -> Reference { core.makeReference() }

  // MARK: - Timers

  /// Sends a message later (OTP: send_after); a negative delay raises `badarg`, and so does a
  /// process of another node.
  public mutating func sendAfter(
    _ delay: Duration, _ payload: some Sendable, to target: Destination
  ) throws -> Reference {
    try checkTimer(delay, target)
    let mark = core.makeReference()
    add(.plain(payload), mark, after: delay, to: target)
    return mark
  }

  /// Sends `Message.timer` with the timer's mark later (OTP: start_timer); raises as `sendAfter`.
  public mutating func startTimer(
    _ delay: Duration, _ payload: some Sendable, to target: Destination
  ) throws -> Reference {
    try checkTimer(delay, target)
    let mark = core.makeReference()
    add(.timer(mark, payload), mark, after: delay, to: target)
    return mark
  }

  /// Cancels a timer and returns the time it had left; nil when it has fired, was cancelled, or
  /// never was: then its message is in the mailbox, or will be (OTP: cancel_timer).
  ///
  /// A timer is cancelled when the process that it was set for ends (OTP: T5).
  @discardableResult
  public mutating func cancelTimer(_ mark: Reference) -> Duration? {
    let remaining = remainingTime(of: mark)
    _ = core.timers.cancelMessage(mark)
    return remaining
  }

  /// The time a timer has left; nil as for `cancelTimer`.
  public func remainingTime(of mark: Reference) -> Duration? {
    guard let delayed = core.timers.delayed(mark) else { return nil }
    if case .pid(let target) = delayed.to, !isAlive(target) { return nil }
    return delayed.instant - core.now
  }

  private func checkTimer(_ delay: Duration, _ target: Destination) throws {
    guard delay >= .zero else { throw RaisedError.badArgument }
    if target.node(from: node) != node { throw RaisedError.badArgument }
  }

  private mutating func add(
    _ message: Message, _ mark: Reference, after delay: Duration, to target: Destination
  ) {
    core.timers.add(
      TimerQueue.Delayed(
        instant: core.now + delay, to: target, message: message),
      mark: mark)
  }
}
