extension ChildEvent {
  /// Writes the fields that it has besides the supervisor and the child's id.
  func write(to sink: inout some FieldSink) throws {
    try sink.put(pid, .pid)
    switch self {
    case .starting, .started, .ignored, .stopTimedOut: break
    case .startFailed(let reason), .stopped(_, let reason), .terminated(_, let reason):
      try sink.put(reason)
    case .stopping(_, let shutdown): try sink.put(shutdown.description, .shutdown)
    case .restartNotNeeded(let restart, let reason):
      try sink.put(restart.rawValue, .restart)
      try sink.put(reason)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "child_starting": self = .starting
    case "child_started": self = .started(try fields.pid())
    case "child_ignored": self = .ignored
    case "child_start_failed": self = .startFailed(try fields.reason())
    case "child_stopping": self = .stopping(try fields.pid(), try fields.shutdown())
    case "child_stop_timed_out": self = .stopTimedOut(try fields.pid())
    case "child_stopped": self = .stopped(try fields.pid(), try fields.reason())
    case "child_terminated": self = .terminated(try fields.pid(), try fields.reason())
    case "restart_not_needed":
      self = .restartNotNeeded(try fields.word(.restart), try fields.reason())
    default: return nil
    }
  }
}
