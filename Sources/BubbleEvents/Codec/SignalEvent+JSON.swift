extension SignalEvent {
  /// Writes its fields.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .linked(let pid, let other), .unlinked(let pid, let other):
      try sink.put(pid, .pid)
      try sink.put(other, .other)
    case .monitored(let watcher, let target), .demonitored(let watcher, let target):
      try sink.put(watcher, .by)
      try sink.put(target, .target)
    case .exitSent(let from, let to, let reason, let isLink):
      try sink.put(from, .from)
      try sink.put(to, .to)
      try sink.put(reason)
      try sink.put(isLink, .isLink)
    case .exitTrapped(let pid, let from, let reason):
      try sink.put(pid, .pid)
      try sink.put(from, .from)
      try sink.put(reason)
    case .downDelivered(let to, let about, let reason):
      try sink.put(to, .to)
      try sink.put(about, .about)
      try sink.put(reason)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "linked": self = .linked(try fields.pid(), try fields.pid(.other))
    case "unlinked": self = .unlinked(try fields.pid(), try fields.pid(.other))
    case "monitored": self = .monitored(by: try fields.pid(.by), target: try fields.pid(.target))
    case "demonitored":
      self = .demonitored(by: try fields.pid(.by), target: try fields.pid(.target))
    case "exit_signal_sent":
      self = .exitSent(
        from: try fields.pidIfPresent(.from), to: try fields.pid(.to),
        reason: try fields.reason(), isLink: try fields.decode(Bool.self, forKey: .isLink))
    case "exit_signal_trapped":
      self = .exitTrapped(
        by: try fields.pid(), from: try fields.pidIfPresent(.from), reason: try fields.reason())
    case "down_delivered":
      self = .downDelivered(
        to: try fields.pid(.to), about: try fields.pid(.about), reason: try fields.reason())
    default: return nil
    }
  }
}
