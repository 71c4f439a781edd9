package import BubbleEvents

/// The last events of a stream, up to a limit; older ones are gone, and counted.
package struct EventRing: Sendable {
  /// The most events that are kept.
  package let limit: Int
  private var storage: [Event] = []
  private var start = 0

  package init(limit: Int) {
    precondition(limit > 0, "a ring keeps at least one event")
    self.limit = limit
  }

  /// How many events are kept.
  package var count: Int { storage.count }
  /// How many events came before the oldest one that is kept.
  package private(set) var goneCount = 0

  mutating func append(_ event: Event) {
    if storage.count < limit {
      storage.append(event)
    } else {
      storage[start] = event
      start = start + 1 == limit ? 0 : start + 1
      goneCount += 1
    }
  }

  /// The event at `offset`, 0 for the oldest one that is kept.
  package subscript(offset offset: Int) -> Event {
    let index = start + offset
    return storage[index < storage.count ? index : index - storage.count]
  }

  /// The event with that number; nil when it is gone or has not happened.
  package subscript(id: Event.ID) -> Event? {
    guard count > 0 else { return nil }
    let first = self[offset: 0].id
    guard id >= first, id - first < UInt64(count) else { return nil }
    let found = self[offset: Int(id - first)]
    return found.id == id ? found : nil
  }

  /// What brought `event` about, the nearest first, as far as it is remembered.
  func causes(of event: Event) -> some Sequence<Event> {
    // A cause is always earlier; a damaged stream must not lead in circles.
    sequence(state: event) { effect -> Event? in
      guard let id = effect.cause, id < effect.id, let cause = self[id] else { return nil }
      effect = cause
      return cause
    }
  }

  /// The newest event.
  package var last: Event? { count == 0 ? nil : self[offset: count - 1] }
}
