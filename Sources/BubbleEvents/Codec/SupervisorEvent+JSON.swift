extension SupervisorEvent {
  /// Writes the fields that it has besides the supervisor.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .configured(let flags): try sink.put(flags)
    case .childSpecified(let child, let position):
      try sink.put(child)
      try sink.put(position, .position)
    case .childForgotten(let id), .restartCompleted(let id): try sink.put(id)
    case .childrenReordered(let order): try sink.put(order.map(\.typed), .order)
    case .restartDecided(let id, let strategy, let stops, let starts):
      try sink.put(id)
      try sink.put(strategy.rawValue, .strategy)
      try sink.put(stops, .stops)
      try sink.put(starts, .starts)
    case .restartCounted(let used, let intensity):
      try sink.put(used, .used)
      try sink.put(intensity)
    case .intensityExceeded(let id, let used, let intensity):
      try sink.put(id)
      try sink.put(used, .used)
      try sink.put(intensity)
    case .autoShutdownStarted(let id, let mode):
      try sink.put(id)
      try sink.put(mode.rawValue, .mode)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "supervisor_configured": self = .configured(try fields.flags())
    case "child_specified":
      self = .childSpecified(try fields.description(), position: try fields.number(.position))
    case "child_forgotten": self = .childForgotten(try fields.child())
    case "children_reordered": self = .childrenReordered(try fields.children(.order))
    case "restart_decided":
      self = .restartDecided(
        try fields.child(), try fields.word(.strategy), stops: try fields.number(.stops),
        starts: try fields.number(.starts))
    case "restart_counted":
      self = .restartCounted(used: try fields.number(.used), try fields.intensity())
    case "restart_completed": self = .restartCompleted(try fields.child())
    case "intensity_exceeded":
      self = .intensityExceeded(
        try fields.child(), used: try fields.number(.used), try fields.intensity())
    case "auto_shutdown_started":
      self = .autoShutdownStarted(try fields.child(), try fields.word(.mode))
    default: return nil
    }
  }
}
