/// What happened to a message or a call; posted only when messages are subscribed to.
public enum MessageEvent: Hashable, Sendable {
  /// A message set off.
  case sent(from: PID?, to: PID, text: String)
  /// A process took a message and handled it: one turn.
  case handled(by: PID, text: String)
  /// A call waits for its answer.
  case callStarted(from: PID, to: PID, text: String)
  /// A call was answered.
  case callReturned(from: PID, to: PID)
  /// A call ran out of time: the caller exits, the server knows nothing.
  case callTimedOut(from: PID, to: PID)

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .sent: "message_sent"
    case .handled: "message_handled"
    case .callStarted: "call_started"
    case .callReturned: "call_returned"
    case .callTimedOut: "call_timed_out"
    }
  }

  /// The process that the event is about: the one that handles, calls, or is sent to.
  public var pid: PID {
    switch self {
    case .sent(_, let pid, _), .handled(let pid, _), .callStarted(let pid, _, _),
      .callReturned(let pid, _), .callTimedOut(let pid, _):
      pid
    }
  }

  /// The process at the other end; nil for the outside, and when there is no other end.
  public var partner: PID? {
    switch self {
    case .sent(let from, _, _): from
    case .handled: nil
    case .callStarted(_, let to, _), .callReturned(_, let to), .callTimedOut(_, let to): to
    }
  }
}
