package import BubbleEvents
package import BubbleTree

/// The last things that happened, told.
package struct RecentEvents: Sendable {
  /// As many as the highest event strip shows.
  package static let capacity = 6
  /// So many of the events that arrive together are put into words, the last ones.
  static let mostRead = capacity * 8

  package private(set) var lines: [Narration] = []
  /// What happened in all.
  package private(set) var epilogue = Epilogue()

  package init() {}

  /// Takes in `event`, which `tree` has just folded; one that nobody reads is only counted.
  package mutating func fold(_ event: Event, in tree: ProcessTree, isRead: Bool) {
    epilogue.fold(event, in: tree)
    guard isRead, let line = tree.narrate(event) else { return }
    lines.append(line)
    if lines.count > Self.capacity { lines.removeFirst() }
  }
}
