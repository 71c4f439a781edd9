public import BubbleKernel

/// Marks the timer of a time-out in a return value, so that a late one is told from others.
@usableFromInline struct ServerTimeout: Sendable {
  @usableFromInline init() {}
}

/// A time-out that runs until a message comes.
@usableFromInline struct IdleTimeout: Sendable {
  /// Its timer; nil while the server is suspended, when a plain time-out does not run.
  @usableFromInline var mark: Reference?
  @usableFromInline var duration: Duration
  /// What the server is given, in place of `timeout`.
  @usableFromInline var event: (any Sendable)?

  @usableFromInline init(_ duration: Duration, event: (any Sendable)? = nil) {
    self.duration = duration
    self.event = event
  }
}

extension GenServerBody {
  @usableFromInline mutating func begin(
    _ duration: Duration, _ event: any Sendable, _ context: inout ProcessContext
  ) {
    guard duration == .zero else {
      return begin(IdleTimeout(duration, event: event), &context)
    }
    pending = .event(event)
    context.wait(for: .nothing, timeout: .zero)
  }

  @usableFromInline mutating func begin(
    _ timeout: IdleTimeout, _ context: inout ProcessContext
  ) {
    do {
      let mark = try startTimer(timeout.duration, &context)
      idle = timeout
      idle?.mark = mark
    } catch {
      end(Ending(raised: error), &context)
    }
  }

  @usableFromInline func startTimer(
    _ duration: Duration, _ context: inout ProcessContext
  ) throws -> Reference {
    try context.startTimer(duration, ServerTimeout(), to: .pid(context.pid))
  }

  /// Any message ends the time-out; false for the message of a time-out (OTP: GS5).
  @usableFromInline mutating func endTimeout(
    for message: Message, _ context: inout ProcessContext
  ) -> Bool {
    guard let timeout = idle else { return true }
    if case .timer(let mark, _ as ServerTimeout) = message {
      guard mark == timeout.mark else { return false }
      idle = nil
      inform(timeout.event.map { .message($0) } ?? .timeout, &context)
      return false
    }
    idle = nil
    if let mark = timeout.mark { context.cancelTimer(mark) }
    return true
  }
}
