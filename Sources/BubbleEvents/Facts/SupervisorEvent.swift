/// What one supervisor says about itself: its flags, its table of children, its restarts.
public enum SupervisorEvent: Hashable, Sendable {
  /// It read its flags, in its init or at a code change. Posted after it was spawned and before any
  /// of its children's events.
  case configured(SupervisorFlags)
  /// It took in a child specification, at `position` in start order (0 first; a dynamic child: its
  /// number). Known ids keep their place in the table and take the new description.
  case childSpecified(ChildDescription, position: Int)
  /// A specification left the table: deleted, a temporary child's end, a dynamic child's end.
  case childForgotten(ChildID)
  /// Children were put into another start order by a code change; all ids, first started first.
  case childrenReordered([ChildID])
  /// It will start the child again by its strategy, stopping `stops` siblings first and starting
  /// `starts` children in all. Caused by the child's `terminated`, or by the `startFailed` of the
  /// attempt before.
  case restartDecided(ChildID, SupervisionStrategy, stops: Int, starts: Int)
  /// A restart was recorded: `used` of the allowed ones lie within the period now.
  case restartCounted(used: Int, RestartIntensity)
  /// All that a `restartDecided` asked for has been done.
  case restartCompleted(ChildID)
  /// One restart too many within the period, for that child: it stops its children and ends.
  case intensityExceeded(ChildID, used: Int, RestartIntensity)
  /// That significant child ended by itself, and the supervisor stops its children and ends.
  case autoShutdownStarted(ChildID, AutoShutdown)

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .configured: "supervisor_configured"
    case .childSpecified: "child_specified"
    case .childForgotten: "child_forgotten"
    case .childrenReordered: "children_reordered"
    case .restartDecided: "restart_decided"
    case .restartCounted: "restart_counted"
    case .restartCompleted: "restart_completed"
    case .intensityExceeded: "intensity_exceeded"
    case .autoShutdownStarted: "auto_shutdown_started"
    }
  }

  /// The child that the event is about rather than its supervisor; nil for one about all of them.
  public var child: ChildID? {
    switch self {
    case .childSpecified(let child, _): child.id
    case .childForgotten(let id): id
    case .configured, .childrenReordered, .restartDecided, .restartCounted, .restartCompleted,
      .intensityExceeded, .autoShutdownStarted:
      nil
    }
  }
}
