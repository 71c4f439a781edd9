/// What the event stream tells of a child specification.
public struct ChildDescription: Hashable, Sendable {
  /// Its place under the supervisor.
  public var id: ChildID
  /// When it is started again.
  public var restart: ChildRestart
  /// How it is ended.
  public var shutdown: ChildShutdown
  /// Worker or supervisor, as specified.
  public var kind: ChildKind
  /// Whether automatic shutdown looks at it.
  public var isSignificant: Bool

  /// Creates a description.
  public init(
    id: ChildID, restart: ChildRestart, shutdown: ChildShutdown, kind: ChildKind,
    isSignificant: Bool
  ) {
    self.id = id
    self.restart = restart
    self.shutdown = shutdown
    self.kind = kind
    self.isSignificant = isSignificant
  }
}
