public import BubbleEvents
public import BubbleKernel

/// A process that keeps a state and answers requests, one at a time (OTP: gen_server).
///
/// The conforming value is the state. It is created by whoever starts the server, and `initialize`
/// is the first thing that runs in the new process. A callback fails by throwing: `ProcessExit` is
/// exit(Reason), any other error E becomes the exit reason `{E,STACK}`. A Swift trap ends the whole
/// program and cannot be supervised.
///
/// ```swift
/// struct Counter: GenServer {
///   var count = 0
///   mutating func handleCall(
///     _ request: Term, from: Caller, _ context: inout ProcessContext
///   ) throws -> CallResult<Counter> {
///     count += 1
///     return .reply(.integer(count))
///   }
/// }
/// ```
public protocol GenServer: Sendable {
  /// What `call` sends; a request of another type fails the server, as a missing clause does.
  associatedtype Call: Sendable = Term
  /// What a call returns.
  associatedtype Reply: Sendable = Term
  /// What `cast` sends.
  associatedtype Cast: Sendable = Term
  /// What `handleContinue` is given.
  associatedtype Continuation: Sendable = Term

  /// Runs first, in the new process; the starter waits for it (OTP: init).
  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Self>
  /// Answers a request.
  mutating func handleCall(
    _ request: Call, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Self>
  /// Handles a request without an answer.
  mutating func handleCast(
    _ request: Cast, _ context: inout ProcessContext
  ) throws -> CastResult<Self>
  /// Handles every other message; the default reports it and goes on.
  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Self>
  /// Runs right after the callback that asked for it, before any message is taken.
  mutating func handleContinue(
    _ continuation: Continuation, _ context: inout ProcessContext
  ) throws -> CastResult<Self>
  /// Cleans up before an orderly end; not called when the process is killed, or dies of a signal
  /// that it does not trap (OTP: GS13).
  mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<Self>
  /// Takes over new code while suspended; throwing leaves the old state.
  mutating func codeChange(
    from version: Term, extra: Term, _ context: inout ProcessContext
  ) throws

  /// Gives the part of the state that `describeState` calls `field` another value (OTP:
  /// sys:replace_state); throwing leaves the state as it was.
  mutating func replaceState(_ field: String, with value: Term) throws

  /// The behaviour and module as the screen shows them, such as `gen_server Cache`.
  var behaviour: String { get }
  /// The state, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

extension GenServer {
  /// Starts with the value as it is.
  public mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Self> {
    .ok
  }

  /// Fails: this server takes no calls.
  public mutating func handleCall(
    _ request: Call, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Self> {
    throw RaisedError(.tuple(["bad_call", Term(reflecting: request)]))
  }

  /// Fails: this server takes no casts.
  public mutating func handleCast(
    _ request: Cast, _ context: inout ProcessContext
  ) throws -> CastResult<Self> {
    throw RaisedError(.tuple(["bad_cast", Term(reflecting: request)]))
  }

  /// Reports the message and goes on (OTP: GS22).
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Self> {
    context.post(
      .reported(.unexpectedMessage(pid: context.pid, message: message.description)))
    return .noReply
  }

  /// Goes on.
  public mutating func handleContinue(
    _ continuation: Continuation, _ context: inout ProcessContext
  ) throws -> CastResult<Self> {
    .noReply
  }

  /// Has nothing to clean up.
  public mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<Self> {
    .done
  }

  /// Keeps the state.
  public mutating func codeChange(
    from version: Term, extra: Term, _ context: inout ProcessContext
  ) throws {}

  /// Fails: nothing of the state can be replaced.
  public mutating func replaceState(_ field: String, with value: Term) throws {
    throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
  }

  /// `gen_server` and the name of the type.
  public var behaviour: String { "gen_server \(Self.self)" }

  /// The stored properties, by reflection.
  public func describeState() -> [ProcessInspection.Field] {
    ProcessInspection.fields(reflecting: self)
  }
}

/// A message that is neither a call nor a cast (OTP: what handle_info gets).
public enum Info: Sendable {
  /// A plain message.
  case message(any Sendable)
  /// A trapped exit signal from anyone but the parent; nil is the outside.
  case exit(from: PID?, reason: ExitReason)
  /// A monitor fired.
  case down(Reference, PID?, ExitReason)
  /// A timer ran out.
  case timer(Reference, any Sendable)
  /// No message came within the time that the last callback gave (OTP: GS5).
  case timeout
  /// The answer to a call that was not waited for.
  case reply(Reference, any Sendable)
  /// A process that this one started has acknowledged, or ended.
  case started(PID, StartResult)
}

extension Info: TermConvertible, CustomStringConvertible {
  /// What a gen_server's handle_info would be given.
  public var term: Term {
    switch self {
    case .message(let payload): Term(reflecting: payload)
    case .exit(let from, let reason):
      .tuple(["EXIT", from.map(Term.pid) ?? "outside", reason.term])
    case .down(let mark, let pid, let reason):
      .tuple(["DOWN", mark.term, "process", pid.map(Term.pid) ?? "outside", reason.term])
    case .timer(let mark, let payload): .tuple(["timeout", mark.term, Term(reflecting: payload)])
    case .timeout: "timeout"
    case .reply(let mark, let reply): .tuple([mark.term, Term(reflecting: reply)])
    case .started(let pid, let result): .tuple(["ack", .pid(pid), result.term])
    }
  }

  /// The canonical term text.
  public var description: String { term.description }
}
