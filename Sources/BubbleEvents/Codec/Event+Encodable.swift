extension Event: Encodable, FieldWriting {
  /// Writes the event flat: number, nanoseconds, cause, kind, and the kind's own fields.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Field.self)
    try write(to: &container)
  }

  func write(to sink: inout some FieldSink) throws {
    try sink.put(id, .id)
    try sink.put(instant.nanoseconds, .at)
    if let cause { try sink.put(cause, .cause) }
    try sink.put(kind.name, .event)
    try kind.write(to: &sink)
  }
}

extension Event.Kind {
  fileprivate func write(to sink: inout some FieldSink) throws {
    switch self {
    case .requested(let request, let origin):
      try sink.put(request, .request)
      if origin != .user { try sink.put(origin.rawValue, .origin) }
    case .processSpawned(let pid, let parent, let behaviour):
      try sink.put(pid, .pid)
      try sink.put(parent, .parent)
      try sink.put(behaviour, .behaviour)
    case .processExited(let pid, let reason):
      try sink.put(pid, .pid)
      try sink.put(reason)
    case .processSuspended(let pid), .processResumed(let pid): try sink.put(pid, .pid)
    case .linked(let pid, let other), .unlinked(let pid, let other):
      try sink.put(pid, .pid)
      try sink.put(other, .other)
    case .monitored(let watcher, let target), .demonitored(let watcher, let target):
      try sink.put(watcher, .by)
      try sink.put(target, .target)
    case .exitSignalSent(let from, let to, let reason, let isLink):
      try sink.put(from, .from)
      try sink.put(to, .to)
      try sink.put(reason)
      try sink.put(isLink, .isLink)
    case .exitSignalTrapped(let pid, let from, let reason):
      try sink.put(pid, .pid)
      try sink.put(from, .from)
      try sink.put(reason)
    case .downDelivered(let to, let about, let reason):
      try sink.put(to, .to)
      try sink.put(about, .about)
      try sink.put(reason)
    case .nameRegistered(let name, let pid), .nameReleased(let name, let pid):
      try sink.put(name, .name)
      try sink.put(pid, .pid)
    case .messageSent, .messageHandled, .callStarted, .callReturned, .callTimedOut:
      try writeMessage(to: &sink)
    case .limitReached(let pid, let limit):
      try sink.put(pid, .pid)
      try sink.put(limit, .limit)
    case .application(let step): try sink.put(step, .step)
    case .release(let step): try sink.put(step, .release)
    case .codeEntered(let pid, let module, let version, let previous):
      try sink.put(pid, .pid)
      try sink.put(module, .module)
      try sink.put(version, .version)
      if let previous { try sink.put(previous, .previous) }
    case .reported(let report): try sink.put(report, .report)
    case .supervisorConfigured, .childSpecified, .childForgotten, .childStarting, .childStarted,
      .childIgnored, .childStartFailed, .childStopping, .childStopTimedOut, .childStopped,
      .childTerminated, .restartDecided, .restartNotNeeded, .restartCounted, .intensityExceeded,
      .autoShutdownStarted, .restartCompleted, .childrenReordered:
      try writeSupervision(to: &sink)
    }
  }

  private func writeMessage(to sink: inout some FieldSink) throws {
    switch self {
    case .messageSent(let from, let to, let text):
      try sink.put(from, .from)
      try sink.put(to, .to)
      try sink.put(text, .text)
    case .messageHandled(let pid, let text):
      try sink.put(pid, .pid)
      try sink.put(text, .text)
    case .callStarted(let from, let to, let text):
      try sink.put(from, .from)
      try sink.put(to, .to)
      try sink.put(text, .text)
    case .callReturned(let from, let to), .callTimedOut(let from, let to):
      try sink.put(from, .from)
      try sink.put(to, .to)
    default: preconditionFailure("\(name) is not about messages")
    }
  }

  private func writeSupervision(to sink: inout some FieldSink) throws {
    func child(_ supervisor: PID, _ id: ChildID, _ pid: PID? = nil) throws {
      try sink.put(supervisor, .supervisor)
      try sink.put(id)
      try sink.put(pid, .pid)
    }
    switch self {
    case .supervisorConfigured(let supervisor, let flags):
      try sink.put(supervisor, .supervisor)
      try sink.put(flags)
    case .childSpecified(let supervisor, let description, let position):
      try sink.put(supervisor, .supervisor)
      try sink.put(description)
      try sink.put(position, .position)
    case .childForgotten(let supervisor, let id), .childStarting(let supervisor, let id),
      .childIgnored(let supervisor, let id), .restartCompleted(let supervisor, let id):
      try child(supervisor, id)
    case .childStarted(let supervisor, let id, let pid),
      .childStopTimedOut(let supervisor, let id, let pid):
      try child(supervisor, id, pid)
    case .childStartFailed(let supervisor, let id, let reason):
      try child(supervisor, id)
      try sink.put(reason)
    case .childStopping(let supervisor, let id, let pid, let shutdown):
      try child(supervisor, id, pid)
      try sink.put(shutdown.description, .shutdown)
    case .childStopped(let supervisor, let id, let pid, let reason),
      .childTerminated(let supervisor, let id, let pid, let reason):
      try child(supervisor, id, pid)
      try sink.put(reason)
    case .restartDecided(let supervisor, let id, let strategy, let stops, let starts):
      try child(supervisor, id)
      try sink.put(strategy.rawValue, .strategy)
      try sink.put(stops, .stops)
      try sink.put(starts, .starts)
    case .restartNotNeeded(let supervisor, let id, let restart, let reason):
      try child(supervisor, id)
      try sink.put(restart.rawValue, .restart)
      try sink.put(reason)
    case .restartCounted(let supervisor, let used, let intensity):
      try sink.put(supervisor, .supervisor)
      try sink.put(used, .used)
      try sink.put(intensity)
    case .intensityExceeded(let supervisor, let id, let used, let intensity):
      try child(supervisor, id)
      try sink.put(used, .used)
      try sink.put(intensity)
    case .autoShutdownStarted(let supervisor, let id, let mode):
      try child(supervisor, id)
      try sink.put(mode.rawValue, .mode)
    case .childrenReordered(let supervisor, let order):
      try sink.put(supervisor, .supervisor)
      try sink.put(order.map(\.typed), .order)
    default: preconditionFailure("\(name) is not about supervision")
    }
  }
}
