/// What an event or a request is about.
public enum EventSubject: Hashable, Sendable {
  /// A process.
  case process(PID)
  /// The place of a child under its supervisor, whoever lives there.
  case child(of: PID, ChildID)
}
