/// How a wait inside a turn ended.
public enum Received: Sendable {
  /// With the awaited message.
  case message(Message)
  /// The time given to it has passed.
  case timedOut
}
