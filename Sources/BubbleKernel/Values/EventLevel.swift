/// How much of what happens is told as events.
public enum EventLevel: Int, Hashable, Sendable, Comparable {
  /// Nothing; only for measuring.
  case none
  /// Everything but single messages.
  case lifecycle
  /// Single messages and calls too.
  case messages

  /// A level that tells less is lower.
  public static func < (left: EventLevel, right: EventLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}
