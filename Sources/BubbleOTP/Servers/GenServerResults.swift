public import BubbleEvents
public import BubbleKernel

/// What a server does after a callback, before it takes the next message.
public enum Next<Server: GenServer>: Sendable {
  /// It takes the next message.
  case receive
  /// `handleInfo(.timeout)` when no message comes within the time; any message cancels it, and
  /// after a system message its time begins anew (GS5).
  case timeout(Duration)
  /// `handleInfo(.message(event))` when no message comes within the time; any message cancels it,
  /// system messages leave it alone, and no time at all comes before the mailbox (OTP 28:
  /// `{timeout,Time,Message}`).
  case eventTimeout(Duration, any Sendable)
  /// The same at an instant (OTP 28: the option `{abs,true}`).
  case eventTimeoutAt(RuntimeInstant, any Sendable)
  /// `handleContinue` at once (GS6).
  case `continue`(Server.Continuation)
  /// It takes the next message, and gives back what memory it can (GS7).
  case hibernate
}

/// A wait inside a callback: everything but the awaited message stays in the mailbox.
public struct Wait<Server: Sendable, Result: Sendable>: Sendable {
  /// What happens with what came.
  public typealias Then =
    @Sendable (inout Server, Received, inout ProcessContext) throws -> Result

  /// What is awaited.
  public var awaited: Awaited
  /// How long; nil waits for ever.
  public var timeout: Duration?
  /// Goes on in the same callback.
  public var then: Then

  /// Creates a wait.
  public init(_ awaited: Awaited, timeout: Duration? = nil, then: @escaping Then) {
    self.awaited = awaited
    self.timeout = timeout
    self.then = then
  }
}

/// What `initialize` returns.
public enum InitResult<Server: GenServer>: Sendable {
  /// The server runs.
  case running(Next<Server>)
  /// It chose not to run (GS3).
  case ignore
  /// It fails with that reason (GS2).
  case stop(ExitReason)
  /// It waits inside the callback; the starter goes on waiting too.
  indirect case wait(Wait<Server, InitResult<Server>>)

  /// The server runs and takes its first message.
  @inlinable public static var ok: InitResult<Server> { .running(.receive) }
}

/// What `handleCall` returns.
public enum CallResult<Server: GenServer>: Sendable {
  /// Answers the caller and goes on.
  case replying(Server.Reply, Next<Server>)
  /// Goes on; the caller is answered later, with `ProcessContext.reply`.
  case noReplying(Next<Server>)
  /// Ends with that reason, after answering when there is a reply.
  case stop(ExitReason, reply: Server.Reply?)
  /// Waits inside the callback.
  indirect case wait(Wait<Server, CallResult<Server>>)

  /// Answers the caller and takes the next message.
  @inlinable public static func reply(_ reply: Server.Reply) -> CallResult<Server> {
    .replying(reply, .receive)
  }
  /// Takes the next message; the caller is answered later.
  @inlinable public static var noReply: CallResult<Server> { .noReplying(.receive) }
}

/// What `handleCast`, `handleInfo` and `handleContinue` return.
public enum CastResult<Server: GenServer>: Sendable {
  /// Goes on.
  case noReplying(Next<Server>)
  /// Ends with that reason.
  case stop(ExitReason)
  /// Waits inside the callback.
  indirect case wait(Wait<Server, CastResult<Server>>)

  /// Takes the next message.
  @inlinable public static var noReply: CastResult<Server> { .noReplying(.receive) }
}

/// What `terminate` returns.
public enum TerminateResult<Server: Sendable>: Sendable {
  /// The process ends now.
  case done
  /// Waits inside the callback, such as for time to pass, or for ever.
  indirect case wait(Wait<Server, TerminateResult<Server>>)
}
