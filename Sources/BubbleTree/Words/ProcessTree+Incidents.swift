package import BubbleEvents

extension ProcessTree {
  /// Whether somebody asked for the event, or a process failed in it by itself: what people look
  /// for when they go back in time.
  package func isIncident(_ id: Event.ID) -> Bool {
    guard let event = recent[id] else { return false }
    switch event.kind {
    case .requested: return true
    case .process(_, .exited(let reason)): return reason.isAbnormal && endedByItself(event)
    default: return false
    }
  }

  /// The events after `id` that are remembered.
  package func events(after id: Event.ID) -> [Event] {
    guard let first = recent.count > 0 ? recent[offset: 0].id : nil else { return [] }
    let skipped = id >= first ? Int(id - first) + 1 : 0
    return (min(skipped, recent.count)..<recent.count).map { recent[offset: $0] }
  }

  /// The last event that is remembered to have happened before `instant`, or else the first one.
  package func lastEvent(before instant: RuntimeInstant) -> Event.ID {
    var low = 0
    var high = recent.count
    while low < high {
      let middle = (low + high) / 2
      if recent[offset: middle].instant <= instant { low = middle + 1 } else { high = middle }
    }
    guard recent.count > 0 else { return 0 }
    return recent[offset: max(0, low - 1)].id
  }
}
