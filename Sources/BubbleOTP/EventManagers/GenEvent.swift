public import BubbleEvents
public import BubbleKernel

/// A request to an event manager, to be called (OTP: gen_event); the answer is a `Term`.
public enum GenEventRequest: Sendable {
  /// Adds a handler before the others; a supervised one is removed when the caller ends, and the
  /// caller gets a `HandlerExit` when it is removed otherwise (OTP: GE2, GE6).
  case add(HandlerID, any GenEventHandler, isSupervised: Bool = false)
  /// Removes a handler and returns what its terminate callback returns (OTP: GE3).
  case delete(HandlerID, Term)
  /// Puts a handler in the place of another, or adds it where there is none (OTP: GE7).
  case swap(HandlerID, Term, to: HandlerID, any GenEventHandler, isSupervised: Bool = false)
  /// The handlers, the last added first (OTP: which_handlers).
  case whichHandlers
  /// Asks one handler (OTP: GE8).
  case call(HandlerID, Term)
  /// Notifies all handlers, and answers when they are done (OTP: sync_notify).
  case notify(any Sendable)
}

extension GenEventRequest: TermConvertible {
  /// What OTP sends to the manager.
  public var term: Term {
    switch self {
    case .add(let handler, let value, false):
      .tuple(["add_handler", handler.term, Term(reflecting: value)])
    case .add(let handler, let value, true):
      .tuple(["add_sup_handler", handler.term, Term(reflecting: value)])
    case .delete(let handler, let arguments): .tuple(["delete_handler", handler.term, arguments])
    case .swap(let old, let arguments, let new, let value, let isSupervised):
      .tuple([
        isSupervised ? "swap_sup_handler" : "swap_handler", old.term, arguments, new.term,
        Term(reflecting: value),
      ])
    case .whichHandlers: "which_handlers"
    case .call(let handler, let question): .tuple(["call", handler.term, question])
    case .notify(let event): .tuple(["sync_notify", Term(reflecting: event)])
    }
  }
}

/// The message to whoever supervises a handler: it is no longer there (OTP: gen_event_EXIT).
public struct HandlerExit: Hashable, Sendable, CustomStringConvertible {
  /// The handler.
  public var handler: HandlerID
  /// `normal`, `shutdown`, `{swapped,New,Pid}`, or what a failed callback came to.
  public var reason: Term

  /// Creates a message.
  public init(handler: HandlerID, reason: Term) {
    self.handler = handler
    self.reason = reason
  }

  /// OTP's message.
  public var description: String { "{gen_event_EXIT,\(handler),\(reason)}" }
}

extension ProcessStart {
  /// Starts an event manager linked to the starter (OTP: gen_event:start_link).
  ///
  /// `handlers` are added in their order before the start is acknowledged, so the last one is
  /// called first; one that fails is left out, with a report. OTP's managers start without any.
  /// `module` is what the screen shows beside `gen_event`, in place of the name.
  public static func genEvent(
    name: String? = nil, module: String? = nil,
    handlers: @escaping @Sendable () -> [(HandlerID, any GenEventHandler)] = { [] }
  ) -> ProcessStart {
    ProcessStart { context, _ in
      context.startProcess(
        GenEventBody(
          added: handlers().map { .init(id: $0.0, value: $0.1) },
          module: module ?? name),
        name: name)
    }
  }
}

extension ProcessContext {
  /// Starts an event manager linked to this process.
  public mutating func startEventManager(
    name: String? = nil, isLinked: Bool = true
  ) -> ProcessStart.Attempt {
    startProcess(GenEventBody(added: [], module: name), name: name, isLinked: isLinked)
  }

  /// Notifies an event manager's handlers without waiting (OTP: gen_event:notify); when the process
  /// is dead the event goes nowhere.
  public mutating func notify(_ event: some Sendable, to manager: PID) {
    cast(event, to: manager)
  }

  /// Notifies whoever has a name; raises `badarg` when nobody has it.
  public mutating func notify(_ event: some Sendable, to name: ProcessName) throws {
    guard let manager = try whereis(name) else { throw RaisedError.badArgument }
    notify(event, to: manager)
  }
}
