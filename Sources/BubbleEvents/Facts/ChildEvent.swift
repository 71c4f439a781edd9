/// What happened to one child of a supervisor, as the supervisor sees it.
public enum ChildEvent: Hashable, Sendable {
  /// Its supervisor is about to run its start function.
  case starting
  /// Its start function returned a process. Preceded by `starting` and by that process's `spawned`.
  case started(PID)
  /// Its start function returned `ignore`: the place stays empty.
  case ignored
  /// Its start function failed. In a restart the supervisor tries again through its own mailbox.
  case startFailed(ExitReason)
  /// It was told to end: with `kill`, or with `shutdown` and a time limit.
  case stopping(PID, ChildShutdown)
  /// The time that it was given has passed, and `kill` was sent.
  case stopTimedOut(PID)
  /// It was told to end, and has ended. Preceded by `stopping` and the process's `exited`.
  case stopped(PID, ExitReason)
  /// Its supervisor saw that it ended by itself. Preceded by the process's `exited`.
  case terminated(PID, ExitReason)
  /// Its end leads to no restart: its restart type and the exit reason say so.
  case restartNotNeeded(ChildRestart, ExitReason)

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .starting: "child_starting"
    case .started: "child_started"
    case .ignored: "child_ignored"
    case .startFailed: "child_start_failed"
    case .stopping: "child_stopping"
    case .stopTimedOut: "child_stop_timed_out"
    case .stopped: "child_stopped"
    case .terminated: "child_terminated"
    case .restartNotNeeded: "restart_not_needed"
    }
  }

  /// The process that it is about, which may live in another place by now; nil when it is about
  /// the place.
  public var pid: PID? {
    switch self {
    case .started(let pid), .stopping(let pid, _), .stopTimedOut(let pid), .stopped(let pid, _),
      .terminated(let pid, _):
      pid
    case .starting, .ignored, .startFailed, .restartNotNeeded: nil
    }
  }
}
