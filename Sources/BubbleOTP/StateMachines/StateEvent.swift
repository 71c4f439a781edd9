public import BubbleEvents
public import BubbleKernel

/// Which of a state machine's time-outs (OTP: the event types of time-outs).
public enum StateTimeout: Hashable, Sendable {
  /// The event time-out: any event cancels it (OTP: SM8).
  case event
  /// The state time-out: a change of state cancels it (OTP: SM7).
  case state
  /// A time-out with a name of its own, which only its name cancels (OTP: SM9).
  case named(Term)
}

extension StateTimeout: CustomStringConvertible {
  /// OTP's event type as text.
  public var description: String { term.description }

  /// OTP's event type: `timeout`, `state_timeout` or `{timeout,Name}`.
  public var term: Term {
    switch self {
    case .event: "timeout"
    case .state: "state_timeout"
    case .named(let name): .tuple(["timeout", name])
    }
  }
}

/// What a state machine handles: an event type and its content (OTP: SM2).
public enum StateEvent<Machine: GenStateMachine>: Sendable {
  /// A request whose sender waits for an answer.
  case call(Machine.Call, Caller)
  /// A request without an answer.
  case cast(Machine.Cast)
  /// Every other message.
  case info(Info)
  /// A time-out ran out.
  case timeout(StateTimeout, Machine.Content)
  /// An event that the machine gave itself, with the action `nextEvent`.
  case `internal`(Machine.Content)
  /// The state was entered, coming from that one; only for machines that ask for it (OTP: SM6).
  case enter(from: Machine.State)
}

extension StateEvent: CustomStringConvertible {
  /// The event type and the content, as the inspector shows them.
  public var description: String {
    switch self {
    case .call(let request, _): "call \(request)"
    case .cast(let request): "cast \(request)"
    case .info(.message(let payload)): "info \(payload)"
    case .info(let info): "info \(info)"
    case .timeout(let timeout, let content): "\(timeout) \(content)"
    case .internal(let content): "internal \(content)"
    case .enter(let state): "enter from \(state)"
    }
  }
}
