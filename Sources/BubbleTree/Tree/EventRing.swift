package import BubbleEvents

/// The last events of a stream, up to a limit; older ones are gone, and counted.
///
/// Events lie in blocks, so that a copy shares all of them but the one that is being filled: a tree
/// that is remembered at many instants costs one block each.
package struct EventRing: Sendable {
  /// The most events that are kept.
  package let limit: Int
  private var blocks: [[Event]] = []
  /// Events at the beginning of the first block that are gone.
  private var skipped = 0

  private static let blockSize = 1024

  package init(limit: Int) {
    precondition(limit > 0, "a ring keeps at least one event")
    self.limit = limit
  }

  /// How many events are kept.
  package private(set) var count = 0
  /// How many events came before the oldest one that is kept.
  package private(set) var goneCount = 0

  mutating func append(_ event: Event) {
    if blocks.last.map({ $0.count == Self.blockSize }) ?? true {
      var block: [Event] = []
      block.reserveCapacity(min(Self.blockSize, limit))
      blocks.append(block)
    }
    blocks[blocks.count - 1].append(event)
    guard count == limit else {
      count += 1
      return
    }
    goneCount += 1
    skipped += 1
    if skipped == Self.blockSize {
      blocks.removeFirst()
      skipped = 0
    }
  }

  /// The event at `offset`, 0 for the oldest one that is kept.
  package subscript(offset offset: Int) -> Event {
    let index = skipped + offset
    return blocks[index / Self.blockSize][index % Self.blockSize]
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
