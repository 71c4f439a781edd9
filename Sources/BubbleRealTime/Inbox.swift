import BubbleEvents

/// What was posted from other threads and is not in the machine yet.
struct Inbox {
  struct Letter: Sendable {
    var to: PID
    var message: any Sendable
  }

  /// How many letters it holds.
  let capacity: Int
  /// Whether there is something that the machine's thread has not looked at yet.
  private(set) var hasNews = true
  /// Whether the machine's thread waits to be woken.
  private var isAsleep = false
  /// Whether the machine takes nothing any more.
  var isClosed = false
  private var letters: [Letter] = []

  init(capacity: Int) { self.capacity = capacity }

  /// Takes a letter in.
  mutating func add(_ letter: Letter) -> RealTimeMachine.Posting {
    guard !isClosed else { return .stopped }
    guard letters.count < capacity else { return .full }
    letters.append(letter)
    return .accepted
  }

  /// Says that there is something to look at; true when the machine's thread has to be woken.
  mutating func rouse() -> Bool {
    hasNews = true
    defer { isAsleep = false }
    return isAsleep
  }

  /// Says that the machine's thread goes to sleep; false when there is something to look at first.
  mutating func rest() -> Bool {
    isAsleep = !hasNews
    return isAsleep
  }

  /// Takes out everything.
  mutating func takeAll() -> [Letter] {
    hasNews = false
    isAsleep = false
    guard !letters.isEmpty else { return [] }
    var all: [Letter] = []
    all.reserveCapacity(min(letters.count, 256))
    swap(&all, &letters)
    return all
  }
}
