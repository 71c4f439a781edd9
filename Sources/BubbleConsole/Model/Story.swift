package import BubbleEvents
package import BubbleTree

/// The last things that happened, told.
package struct Story: Sendable {
  /// As many as the highest event strip shows.
  package static let capacity = 6

  package private(set) var lines: [Narration] = []
  /// What happened in all.
  package private(set) var epilogue = Epilogue()

  package init() {}

  /// Counts `event`, which `tree` has just folded.
  package mutating func count(_ event: Event, in tree: ProcessTree) {
    epilogue.fold(event, in: tree)
  }

  /// Tells the last of `events`; of a long run only its end, since nobody could read the rest.
  package mutating func add(_ events: [Event], in tree: ProcessTree) {
    var fresh: [Narration] = []
    for event in events.suffix(Self.capacity * 8).reversed() {
      guard let line = tree.narrate(event) else { continue }
      fresh.append(line)
      if fresh.count == Self.capacity { break }
    }
    lines = Array((lines + fresh.reversed()).suffix(Self.capacity))
  }
}
