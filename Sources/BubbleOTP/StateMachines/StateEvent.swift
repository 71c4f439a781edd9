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

extension StateEvent: TermConvertible, CustomStringConvertible {
  /// OTP's event type and the content, as a pair.
  public var term: Term {
    switch self {
    case .call(let request, let caller):
      .tuple([
        .tuple(["call", .tuple([caller.pid.map(Term.pid) ?? "outside", caller.tag.term])]),
        Term(reflecting: request),
      ])
    case .cast(let request): .tuple(["cast", Term(reflecting: request)])
    case .info(let info): .tuple(["info", info.term])
    case .timeout(let timeout, let content): .tuple([timeout.term, Term(reflecting: content)])
    case .internal(let content): .tuple(["internal", Term(reflecting: content)])
    case .enter(let state): .tuple(["enter", Term(reflecting: state)])
    }
  }

  /// The event type and the content, as the inspector shows them.
  public var description: String {
    switch self {
    case .call(let request, _): "call \(Term(reflecting: request))"
    case .cast(let request): "cast \(Term(reflecting: request))"
    case .info(let info): "info \(info)"
    case .timeout(let timeout, let content): "\(timeout) \(Term(reflecting: content))"
    case .internal(let content): "internal \(Term(reflecting: content))"
    case .enter(let state): "enter from \(Term(reflecting: state))"
    }
  }
}

extension Term {
  /// The tuple with another element in front.
  func prefixed(by first: Term) -> Term {
    guard case .tuple(let elements) = self else { return .tuple([first, self]) }
    return .tuple([first] + elements)
  }
}
