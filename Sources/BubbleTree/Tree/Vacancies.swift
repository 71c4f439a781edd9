/// Places that nobody refers to any more, in the order in which they were given up.
///
/// An index is used again only after many others have been given up, so that what still names the
/// old place, such as a selection, has seen it vacant by then.
struct Vacancies: Sendable {
  /// How many places rest before the oldest is used again.
  let rest: Int
  private var queue: [SlotID] = []
  private var head = 0

  init(rest: Int) { self.rest = rest }

  mutating func append(_ slot: SlotID) { queue.append(slot) }

  /// The place that has rested longest, when it has rested long enough.
  mutating func next() -> SlotID? {
    guard queue.count - head > rest else { return nil }
    let slot = queue[head]
    head += 1
    if head > rest {
      queue.removeFirst(head)
      head = 0
    }
    return slot
  }
}
