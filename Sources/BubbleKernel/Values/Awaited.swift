public import BubbleEvents

/// What a process waits for inside a turn; every other message stays in its mailbox, in order.
public enum Awaited: Sendable {
  /// The answer to a call, or the end of the process that was called.
  case reply(Reference)
  /// One monitor.
  case down(Reference)
  /// Any monitor.
  case anyDown
  /// The acknowledgement of a process that is being started.
  case start(PID)
  /// The first message that satisfies the condition.
  case message(@Sendable (Message) -> Bool)
  /// Nothing: only time passes.
  case nothing
}

extension Awaited {
  /// Whether `message` is the awaited one.
  func matches(_ message: Message) -> Bool {
    switch (self, message) {
    case (.reply(let awaited), .reply(let tag, _)): awaited == tag
    case (.reply(let awaited), .down(let monitor, _, _)): awaited == monitor
    case (.down(let awaited), .down(let monitor, _, _)): awaited == monitor
    case (.anyDown, .down): true
    case (.start(let awaited), .started(let pid, _)): awaited == pid
    case (.message(let condition), _): condition(message)
    case (.reply, _), (.down, _), (.anyDown, _), (.start, _), (.nothing, _): false
    }
  }
}

extension Awaited {
  /// Whether an answer under that mark would end the wait.
  func takesReply(to mark: Reference) -> Bool {
    matches(.reply(mark, Term.atom("ok")))
  }
}

extension Awaited: CustomStringConvertible {
  /// What is awaited, in words.
  public var description: String {
    switch self {
    case .reply: "a reply"
    case .down: "the end of a process"
    case .anyDown: "the end of processes"
    case .start(let pid): "the start of \(pid)"
    case .message: "a message"
    case .nothing: "time to pass"
    }
  }
}
