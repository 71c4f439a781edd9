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

  /// Notes that a wait's time limit means nothing any more.
  mutating func noteStaleWait() {
    stale += 1
  }

  /// Whether most entries mean nothing any more, so that `compact` pays.
  var isMostlyStale: Bool { stale > 256 && stale > heap.count / 2 }

  /// Drops every entry that means nothing any more.
  mutating func compact(isWaiting: (PID, Reference) -> Bool) {
    heap = Heap(heap.unordered.filter { isLive($0, isWaiting) })
    stale = 0
  }

  /// The instant of the next entry that still means something.
  func nextInstant(isWaiting: (PID, Reference) -> Bool) -> RuntimeInstant? {
    guard let first = heap.min else { return nil }
    if isLive(first, isWaiting) { return first.instant }
    return heap.unordered.filter { isLive($0, isWaiting) }.min()?.instant
  }

  /// Takes out the first entry due by `instant`, with its message when it has one.
  mutating func popFirst(dueBy instant: RuntimeInstant) -> (Entry, Delayed?)? {
    guard let first = heap.min, first.instant <= instant else { return nil }
    heap.removeMin()
    return (first, messages.removeValue(forKey: first.mark))
  }

  private func isLive(_ entry: Entry, _ isWaiting: (PID, Reference) -> Bool) -> Bool {
    switch entry.purpose {
    case .wait(let pid): isWaiting(pid, entry.mark)
    case .message: messages[entry.mark] != nil
    }
  }
}
