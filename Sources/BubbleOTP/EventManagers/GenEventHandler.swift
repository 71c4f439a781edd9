public import BubbleEvents
public import BubbleKernel

/// What is done with the events of a manager (OTP: the callback module of a gen_event).
///
/// The conforming value is the handler's state. A handler that throws, or returns something that is
/// no result, is removed; the manager and its other handlers go on (OTP: GE4). It runs in the
/// manager's process: what takes long here holds everybody up.
///
/// ```swift
/// struct Alarms: GenEventHandler {
///   var raised: [Term] = []
///
///   mutating func handleEvent(
///     _ event: Term, _ context: inout ProcessContext
///   ) throws -> HandlerResult {
///     raised.append(event)
///     return .ok
///   }
/// }
/// ```
public protocol GenEventHandler: Sendable {
  /// What managers are notified of; an event of another type removes the handler, as a missing
  /// clause does.
  associatedtype Event: Sendable = Term

  /// Runs when the handler is added; a result other than `ok` is the answer to whoever adds it, and
  /// nothing is added (OTP: GE2).
  ///
  /// `predecessor` is what the handler's predecessor left, `error` when there was none, and nil
  /// unless it comes by a swap (OTP: GE7).
  mutating func initialize(
    _ predecessor: Term?, _ context: inout ProcessContext
  ) throws -> HandlerStart
  /// Handles an event.
  mutating func handleEvent(
    _ event: Event, _ context: inout ProcessContext
  ) throws -> HandlerResult
  /// Answers a question that is meant for this handler alone.
  mutating func handleCall(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> HandlerReply
  /// Handles every other message (OTP: GE9); the default goes on.
  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> HandlerResult
  /// Cleans up; what it returns is the answer to a deletion, and what a successor is given.
  mutating func terminate(_ end: HandlerEnd, _ context: inout ProcessContext) throws -> Term

  /// The state, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

extension GenEventHandler {
  /// Starts with the value as it is.
  public mutating func initialize(
    _ predecessor: Term?, _ context: inout ProcessContext
  ) throws -> HandlerStart {
    .ok
  }

  /// Fails: this handler takes no questions.
  public mutating func handleCall(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> HandlerReply {
    throw RaisedError(.tuple(["bad_call", request]))
  }

  /// Goes on.
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    .ok
  }

  /// Has nothing to clean up.
  public mutating func terminate(_ end: HandlerEnd, _ context: inout ProcessContext) throws -> Term
  {
    "ok"
  }

  /// The stored properties, by reflection; nothing for a handler without any.
  public func describeState() -> [ProcessInspection.Field] {
    Mirror(reflecting: self).children.isEmpty ? [] : ProcessInspection.fields(reflecting: self)
  }

  /// Handles an event of any type.
  mutating func take(
    _ event: any Sendable, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    guard let event = unpack(event, as: Event.self) else { throw RaisedError("function_clause") }
    return try handleEvent(event, &context)
  }
}

/// Which handler of a manager: a module, and a term of its own where there are several of it.
public struct HandlerID: Hashable, Sendable, CustomStringConvertible {
  /// The module.
  public var module: String
  /// What tells it from others of the module.
  public var id: Term?

  /// Names a handler.
  public init(_ module: String, id: Term? = nil) {
    self.module = module
    self.id = id
  }

  /// `Module` or `{Module,Id}`.
  public var term: Term { id.map { .tuple([.atom(module), $0]) } ?? .atom(module) }

  /// The canonical term text.
  public var description: String { term.description }
}

/// What `GenEventHandler.initialize` returns.
public enum HandlerStart: Sendable {
  /// The handler is added.
  case ok
  /// It is not, and this is the answer.
  case refused(Term)
}

/// What becomes of a handler after an event.
public enum HandlerResult: Sendable {
  /// It stays.
  case ok
  /// It asks to be removed (OTP: remove_handler, GE5).
  case remove
  /// Another takes its place, and is given what `terminate` returns for `arguments`.
  case swap(Term, to: HandlerID, any GenEventHandler)
  /// It returned something that is not a result: removed, as if it had failed.
  case invalid(Term)
}

/// What a handler answers to a question, and what becomes of it.
public enum HandlerReply: Sendable {
  /// It answers and stays.
  case reply(Term)
  /// It answers and asks to be removed.
  case removeWithReply(Term)
  /// It answers, and another takes its place.
  case swap(reply: Term, Term, to: HandlerID, any GenEventHandler)
  /// It returned something that is not a result: removed, and the answer is `{error,Term}`.
  case invalid(Term)
}

/// Why a handler's terminate callback is called.
public enum HandlerEnd: Hashable, Sendable {
  /// It is deleted or swapped, with these arguments.
  case arguments(Term)
  /// It asked for it.
  case removed
  /// It failed, or returned something that is not a result.
  case failed(Term)
  /// The process that supervises it has ended.
  case supervisorEnded(ExitReason)
  /// The manager stops.
  case stop

  /// OTP's first argument of terminate.
  public var term: Term {
    switch self {
    case .arguments(let arguments): arguments
    case .removed: "remove_handler"
    case .failed(let why): .tuple(["error", why])
    case .supervisorEnded(let reason): .tuple(["stop", reason.term])
    case .stop: "stop"
    }
  }
}
