extension Event: Encodable {
  /// Writes the event flat: number, nanoseconds, cause, kind, and the kind's own fields.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Field.self)
    try container.encode(id, forKey: .id)
    try container.encode(instant.nanoseconds, forKey: .at)
    try container.encodeIfPresent(cause, forKey: .cause)
    try container.put(kind.name, .event)
    try kind.encodeFields(to: &container)
  }
}

extension Event.Kind {
  fileprivate func encodeFields(to container: inout KeyedEncodingContainer<Field>) throws {
    switch self {
    case .requested(let request): try container.encode(request, forKey: .request)
    case .processSpawned(let pid, let parent, let behaviour):
      try container.put(pid, .pid)
      try container.put(parent, .parent)
      try container.put(behaviour, .behaviour)
    case .processExited(let pid, let reason):
      try container.put(pid, .pid)
      try container.put(reason)
    case .processSuspended(let pid), .processResumed(let pid): try container.put(pid, .pid)
    case .linked(let pid, let other), .unlinked(let pid, let other):
      try container.put(pid, .pid)
      try container.put(other, .other)
    case .monitored(let watcher, let target), .demonitored(let watcher, let target):
      try container.put(watcher, .by)
      try container.put(target, .target)
    case .exitSignalSent(let from, let to, let reason, let isLink):
      try container.put(from, .from)
      try container.put(to, .to)
      try container.put(reason)
      try container.encode(isLink, forKey: .isLink)
    case .exitSignalTrapped(let pid, let from, let reason):
      try container.put(pid, .pid)
      try container.put(from, .from)
      try container.put(reason)
    case .downDelivered(let to, let about, let reason):
      try container.put(to, .to)
      try container.put(about, .about)
      try container.put(reason)
    case .nameRegistered(let name, let pid), .nameReleased(let name, let pid):
      try container.put(name, .name)
      try container.put(pid, .pid)
    case .messageSent(let from, let to, let text):
      try container.put(from, .from)
      try container.put(to, .to)
      try container.put(text, .text)
    case .messageHandled(let pid, let text):
      try container.put(pid, .pid)
      try container.put(text, .text)
    case .callStarted(let from, let to, let text):
      try container.put(from, .from)
      try container.put(to, .to)
      try container.put(text, .text)
    case .callReturned(let from, let to), .callTimedOut(let from, let to):
      try container.put(from, .from)
      try container.put(to, .to)
    case .limitReached(let pid, let limit):
      try container.put(pid, .pid)
      try container.put(limit, .limit)
    case .reported(let report): try container.encode(report, forKey: .report)
    case .supervisorConfigured, .childSpecified, .childForgotten, .childStarting, .childStarted,
      .childIgnored, .childStartFailed, .childStopping, .childStopTimedOut, .childStopped,
      .childTerminated, .restartDecided, .restartNotNeeded, .restartCounted, .intensityExceeded,
      .autoShutdownStarted, .restartCompleted, .childrenReordered:
      try encodeSupervision(to: &container)
    }
  }

  private func encodeSupervision(to container: inout KeyedEncodingContainer<Field>) throws {
    func child(_ supervisor: PID, _ id: ChildID, _ pid: PID? = nil) throws {
      try container.put(supervisor, .supervisor)
      try container.put(id)
      try container.put(pid, .pid)
    }
    switch self {
    case .supervisorConfigured(let supervisor, let flags):
      try container.put(supervisor, .supervisor)
      try container.put(flags)
    case .childSpecified(let supervisor, let description, let position):
      try container.put(supervisor, .supervisor)
      try container.put(description)
      try container.put(position, .position)
    case .childForgotten(let supervisor, let id), .childStarting(let supervisor, let id),
      .childIgnored(let supervisor, let id), .restartCompleted(let supervisor, let id):
      try child(supervisor, id)
    case .childStarted(let supervisor, let id, let pid),
      .childStopTimedOut(let supervisor, let id, let pid):
      try child(supervisor, id, pid)
    case .childStartFailed(let supervisor, let id, let reason):
      try child(supervisor, id)
      try container.put(reason)
    case .childStopping(let supervisor, let id, let pid, let shutdown):
      try child(supervisor, id, pid)
      try container.put(shutdown.description, .shutdown)
    case .childStopped(let supervisor, let id, let pid, let reason),
      .childTerminated(let supervisor, let id, let pid, let reason):
      try child(supervisor, id, pid)
      try container.put(reason)
    case .restartDecided(let supervisor, let id, let strategy, let stops, let starts):
      try child(supervisor, id)
      try container.put(strategy.rawValue, .strategy)
      try container.put(stops, .stops)
      try container.put(starts, .starts)
    case .restartNotNeeded(let supervisor, let id, let restart, let reason):
      try child(supervisor, id)
      try container.put(restart.rawValue, .restart)
      try container.put(reason)
    case .restartCounted(let supervisor, let used, let intensity):
      try container.put(supervisor, .supervisor)
      try container.put(used, .used)
      try container.put(intensity)
    case .intensityExceeded(let supervisor, let id, let used, let intensity):
      try child(supervisor, id)
      try container.put(used, .used)
      try container.put(intensity)
    case .autoShutdownStarted(let supervisor, let id, let mode):
      try child(supervisor, id)
      try container.put(mode.rawValue, .mode)
    case .childrenReordered(let supervisor, let order):
      try container.put(supervisor, .supervisor)
      try container.encode(order.map(\.typed), forKey: .order)
    default: preconditionFailure("\(name) is not about supervision")
    }
  }
}
