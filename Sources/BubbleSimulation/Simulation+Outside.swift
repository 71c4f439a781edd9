public import BubbleEvents
public import BubbleKernel

/// Why a call from outside has no answer.
public enum CallFailure: Error, Hashable, Sendable {
  /// The process ended first, or was not there (`noproc`).
  case ended(ExitReason)
  /// The time given has passed.
  case timedOut
  /// The answer is of another type, described here.
  case unexpectedReply(String)
}

extension Simulation {
  /// Starts a process from outside, such as a root supervisor, and runs until its start has ended
  /// or nothing happens any more; nil when it still goes on then.
  @discardableResult
  public mutating func start(_ start: ProcessStart) -> StartResult? {
    switch begin(start) {
    case .finished(let result): return result
    case .invalid(let term): return .error(term)
    case .spawned(let pid, _):
      runWhile { $0.startResult(of: pid) == nil }
      guard let result = kernel.startResult(of: pid) else { return nil }
      kernel.forgetStart(of: pid)
      return result
    }
  }

  /// Begins a start from outside without running any turn, so that a screen can watch it; the tree
  /// then comes up with the turns that follow.
  public mutating func begin(_ start: ProcessStart) -> ProcessStart.Attempt {
    kernel.begin(start)
  }

  /// Spawns a process from outside.
  public mutating func spawn(_ body: some ProcessBody) -> PID {
    kernel.spawn(body)
  }

  /// Sends a message from outside.
  public mutating func send(_ payload: some Sendable, to pid: PID) {
    kernel.send(payload, to: pid)
  }

  /// Sends a request without an answer from outside.
  public mutating func cast(_ request: some Sendable, to pid: PID) {
    kernel.cast(request, to: pid)
  }

  /// Calls a process from outside and runs the machine until it has answered.
  public mutating func call<Reply: Sendable>(
    _ request: some Sendable, to pid: PID, returning: Reply.Type = Reply.self,
    timeout: Duration = .seconds(5)
  ) throws(CallFailure) -> Reply {
    let mark = kernel.call(request, to: pid)
    return try finish(mark, timeout: timeout)
  }

  /// Runs the machine until a call that the kernel made from outside is answered.
  public mutating func await<Reply: Sendable>(
    _ mark: Reference, returning: Reply.Type = Reply.self, timeout: Duration = .seconds(5)
  ) throws(CallFailure) -> Reply {
    try finish(mark, timeout: timeout)
  }

  /// Stops a process in order and runs the machine until it is gone; the reason it ended with, or
  /// nil when the time given has passed (OTP: proc_lib:stop).
  @discardableResult
  public mutating func stop(
    _ pid: PID, reason: ExitReason = .normal, timeout: Duration = .seconds(20)
  ) -> ExitReason? {
    let mark = kernel.system(.terminate(reason), to: pid)
    let end = now + timeout
    runWhile(until: end) { kernel in
      switch kernel.answer(to: mark) {
      case .ended: false
      case .waiting, .reply: true
      }
    }
    defer { kernel.forgetCall(mark) }
    switch kernel.answer(to: mark) {
    case .ended(let reason): return reason
    case .waiting, .reply: return nil
    }
  }

  /// Sends a system request from outside and runs the machine until it is answered (OTP: sys).
  public mutating func system(
    _ request: SystemRequest, to pid: PID, timeout: Duration = .seconds(5)
  ) throws(CallFailure) -> Term {
    let mark = kernel.system(request, to: pid)
    return try finish(mark, timeout: timeout)
  }

  // MARK: - Running until something

  private mutating func finish<Reply: Sendable>(
    _ mark: Reference, timeout: Duration
  ) throws(CallFailure) -> Reply {
    runWhile(until: now + timeout) { kernel in
      switch kernel.answer(to: mark) {
      case .waiting: true
      case .reply, .ended: false
      }
    }
    let answer = kernel.answer(to: mark)
    kernel.forgetCall(mark)
    switch answer {
    case .waiting: throw .timedOut
    case .ended(let reason): throw .ended(reason)
    case .reply(let value):
      guard let reply = value as? Reply else { throw .unexpectedReply("\(value)") }
      return reply
    }
  }

  private mutating func runWhile(
    until end: RuntimeInstant = RuntimeInstant(nanoseconds: .max), _ condition: (Kernel) -> Bool
  ) {
    while condition(kernel) {
      if takeTurn() { continue }
      guard let next = nextTimer, next <= end else {
        if end.nanoseconds != .max { advance(to: end) }
        return
      }
      advance(to: next)
    }
  }
}
