/// What of a child specification can be changed while the child runs.
public struct ChildSettings: Hashable, Sendable {
  /// When it is started again.
  public var restart: ChildRestart
  /// How it is ended.
  public var shutdown: ChildShutdown

  /// Creates settings.
  public init(restart: ChildRestart, shutdown: ChildShutdown) {
    self.restart = restart
    self.shutdown = shutdown
  }
}
