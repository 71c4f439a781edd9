/// Numbers from 0; the lowest that is free is given out next.
struct NumberPool: Sendable {
  /// Numbers given back, as a binary heap with the lowest first.
  private var free: [Int] = []
  private var next = 0

  /// The lowest free number.
  mutating func take() -> Int {
    guard let lowest = free.first else {
      next += 1
      return next - 1
    }
    let last = free.removeLast()
    if !free.isEmpty {
      free[0] = last
      sink()
    }
    return lowest
  }

  /// Gives a number back.
  mutating func put(_ number: Int) {
    free.append(number)
    var child = free.count - 1
    while child > 0, free[child] < free[(child - 1) / 2] {
      free.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < free.count else { return }
      let right = left + 1
      let lower = right < free.count && free[right] < free[left] ? right : left
      guard free[lower] < free[parent] else { return }
      free.swapAt(lower, parent)
      parent = lower
    }
  }
}
