internal import BubbleEvents
internal import HeapModule

/// What waits for its instant, ordered by instant and then by insertion.
struct TimerQueue: Sendable {
  /// What happens when a timer fires.
  enum Purpose: Sendable {
    /// A wait inside a turn of that process runs out.
    case wait(PID)
    /// A message is delivered; it is kept in `messages`.
    case message
  }

  struct Entry: Comparable, Sendable {
    var instant: RuntimeInstant
    var mark: Reference
    var purpose: Purpose

    static func < (left: Entry, right: Entry) -> Bool {
      (left.instant, left.mark) < (right.instant, right.mark)
    }

    static func == (left: Entry, right: Entry) -> Bool {
      left.mark == right.mark
    }
  }

  /// A message that is sent later.
  struct Delayed: Sendable {
    var instant: RuntimeInstant
    var to: Destination
    var message: Message
  }

  private var heap = Heap<Entry>()
  private var stale = 0
  private var messages: [Reference: Delayed] = [:]

  /// Adds a wait's time limit.
  mutating func add(waitOf pid: PID, mark: Reference, at instant: RuntimeInstant) {
    heap.insert(Entry(instant: instant, mark: mark, purpose: .wait(pid)))
  }

  /// Adds a message to be delivered.
  mutating func add(_ delayed: Delayed, mark: Reference) {
    messages[mark] = delayed
    heap.insert(Entry(instant: delayed.instant, mark: mark, purpose: .message))
  }

  /// Cancels a message timer; returns when it would have fired.
  mutating func cancelMessage(_ mark: Reference) -> RuntimeInstant? {
    guard let delayed = messages.removeValue(forKey: mark) else { return nil }
    stale += 1
    return delayed.instant
  }

  /// What a message timer will do and when; nil when it has fired or was cancelled.
  func delayed(_ mark: Reference) -> Delayed? {
    messages[mark]
  }

  /// Notes that the entry of a wait means nothing any more.
  mutating func noteStaleEntry() {
    stale += 1
  }

  /// Whether most entries mean nothing any more, so that `compact` pays.
  var isMostlyStale: Bool { stale > 256 && stale > heap.count / 2 }

  /// Drops every entry that means nothing any more; `isEntry` says whether one belongs to its
  /// process.
  mutating func compact(isEntry: (PID, Reference) -> Bool) {
    heap = Heap(
      heap.unordered.filter { entry in
        switch entry.purpose {
        case .wait(let pid): isEntry(pid, entry.mark)
        case .message: messages[entry.mark] != nil
        }
      })
    stale = 0
  }

  /// The instant of the next entry that means something; `end` gives the end of the wait that an
  /// entry stands for.
  func nextInstant(end: (PID, Reference) -> RuntimeInstant?) -> RuntimeInstant? {
    guard let first = heap.min else { return nil }
    if instant(of: first, end) == first.instant { return first.instant }
    return heap.unordered.compactMap { instant(of: $0, end) }.min()
  }

  /// The entry that comes up first.
  var first: Entry? { heap.min }

  /// Takes out the entry that comes up first.
  mutating func removeFirst() {
    heap.removeMin()
  }

  /// Takes out the first entry due by `instant`, with its message when it has one.
  mutating func popFirst(dueBy instant: RuntimeInstant) -> (Entry, Delayed?)? {
    guard let first = heap.min, first.instant <= instant else { return nil }
    heap.removeMin()
    switch first.purpose {
    case .wait: return (first, nil)
    case .message: return (first, messages.removeValue(forKey: first.mark))
    }
  }

  private func instant(
    of entry: Entry, _ end: (PID, Reference) -> RuntimeInstant?
  ) -> RuntimeInstant? {
    switch entry.purpose {
    case .wait(let pid): end(pid, entry.mark)
    case .message: messages[entry.mark]?.instant
    }
  }
}
