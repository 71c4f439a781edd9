internal import DequeModule

/// The slots of the processes that have something to do, in the order in which they became ready.
///
/// The first one stands outside the deque: when two processes talk to each other, or one works
/// through its mailbox, the deque is never touched.
struct RunQueue: Sendable {
  private var first: UInt32 = .max
  private var others: Deque<UInt32> = []

  var isEmpty: Bool { first == .max }

  /// Puts a slot at the end.
  mutating func append(_ slot: Int) {
    if first == .max { first = UInt32(slot) } else { others.append(UInt32(slot)) }
  }

  /// Takes the slot at the front.
  mutating func popFirst() -> Int? {
    guard first != .max else { return nil }
    defer { first = others.isEmpty ? .max : others.removeFirst() }
    return Int(first)
  }
}
