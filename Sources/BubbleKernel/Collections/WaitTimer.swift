internal import BubbleEvents

/// The time limit of a process's waits, and its entry in the queue of timers.
///
/// A server that is called waits for each answer with a limit that almost never passes. So the
/// entry of a wait that has ended stays, and stands for the next wait as long as that ends no
/// earlier; when the entry comes up too early, it is entered again with the time that then holds.
struct WaitTimer: Sendable {
  /// What has to be done for a wait that begins.
  enum Start {
    /// The entry that is there comes up in time.
    case covered
    /// An entry has to be added.
    case entry
    /// An entry has to be added, and the one that is there means nothing any more.
    case replacement
  }

  /// What an entry that comes up means.
  enum Outcome {
    /// The time of the wait has passed.
    case ended
    /// There is a wait, and it goes on.
    case goesOn(Reference, until: RuntimeInstant)
    /// Nothing waits for it.
    case nothing
  }

  /// The wait that goes on; zero for none.
  private var mark = Reference(0)
  private var end = RuntimeInstant.zero
  /// The entry that stands for it in the queue; zero for none.
  private(set) var entryMark = Reference(0)
  private var entryInstant = RuntimeInstant.zero

  /// Whether there is an entry in the queue.
  var hasEntry: Bool { entryMark.number != 0 }

  /// A wait begins that ends at `end` at the latest.
  mutating func start(_ mark: Reference, until end: RuntimeInstant) -> Start {
    self.mark = mark
    self.end = end
    if hasEntry, entryInstant <= end { return .covered }
    let hadEntry = hasEntry
    entryMark = mark
    entryInstant = end
    return hadEntry ? .replacement : .entry
  }

  /// The wait has ended before its time.
  mutating func stop() { mark = Reference(0) }

  /// When the wait ends that the entry `entry` stands for; nil when it stands for none.
  func end(ofEntry entry: Reference) -> RuntimeInstant? {
    entry == entryMark && mark.number != 0 ? end : nil
  }

  /// The entry `entry` has left the queue.
  mutating func leave(_ entry: Reference) -> Outcome {
    guard entry == entryMark else { return .nothing }
    entryMark = Reference(0)
    guard mark.number != 0 else { return .nothing }
    guard mark == entry else {
      entryMark = mark
      entryInstant = end
      return .goesOn(mark, until: end)
    }
    mark = Reference(0)
    return .ended
  }
}
