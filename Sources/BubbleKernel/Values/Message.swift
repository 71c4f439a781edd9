public import BubbleEvents

/// What lies in a mailbox.
///
/// Exit signals and monitors' reports become messages here; the rest is what processes send. A
/// message is one word: it is stored once, and moving or copying it does not touch what it carries.
public indirect enum Message: Sendable {
  /// A message of any other form (OTP: what handle_info gets).
  case plain(any Sendable)
  /// A request whose sender waits for an answer.
  case call(any Sendable, Caller)
  /// A request without an answer.
  case cast(any Sendable)
  /// The answer to a call of this process.
  case reply(Reference, any Sendable)
  /// An exit signal that was trapped; `from` is nil when it came from outside the machine.
  case exit(from: PID?, reason: ExitReason)
  /// A monitor fired.
  case down(Reference, PID?, ExitReason)
  /// A timer set with `startTimer` ran out.
  case timer(Reference, any Sendable)
  /// A process that this one is starting has acknowledged, or ended before it could.
  case started(PID, StartResult)
  /// A request that every behaviour understands (OTP: sys).
  case system(SystemRequest, Caller?)
  /// A request from outside to a supervisor; others ignore it.
  case control(ControlRequest)
}

extension Message: CustomStringConvertible {
  /// The message as text, for inspection.
  public var description: String {
    switch self {
    case .plain(let payload): Term(reflecting: payload).description
    case .call(let request, _): "call \(Term(reflecting: request))"
    case .cast(let request): "cast \(Term(reflecting: request))"
    case .reply(_, let reply): "reply \(Term(reflecting: reply))"
    case .exit(let from, let reason): "EXIT \(from?.description ?? "outside") \(reason)"
    case .down(_, let pid, let reason): "DOWN \(pid?.description ?? "outside") \(reason)"
    case .timer(_, let payload): "timeout \(Term(reflecting: payload))"
    case .started(let pid, let result): "started \(pid) \(result)"
    case .system(let request, _): "system \(Term(reflecting: request))"
    case .control(let request): "control \(Term(reflecting: request))"
    }
  }
}
