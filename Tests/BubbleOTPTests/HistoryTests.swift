import BubbleEvents
import Testing

@testable import BubbleOTP

/// Which restarts a supervisor remembers: whole seconds, the boundary included.
struct HistoryTests {
  /// Instants in milliseconds, the period in seconds, how many count at each instant.
  static let table: [(milliseconds: [Int64], period: Int, used: [Int])] = [
    ([0, 1, 2], 5, [1, 2, 3]),
    ([10_000, 12_000], 2, [1, 2]),
    ([10_000, 12_990], 2, [1, 2]),
    ([10_990, 12_010], 2, [1, 2]),
    ([10_000, 13_000], 2, [1, 1]),
    ([10_999, 13_000], 2, [1, 1]),
    ([0, 1_000, 2_000, 3_000], 1, [1, 2, 2, 2]),
    ([0, 4_000, 5_000, 6_000], 5, [1, 2, 3, 3]),
  ]

  @Test(arguments: table)
  func `a restart counts while its second is not older than the period`(
    milliseconds: [Int64], period: Int, used: [Int]
  ) {
    var history = RestartHistory()
    let counts = milliseconds.map { instant in
      history.add(at: RuntimeInstant(nanoseconds: instant * 1_000_000), period: period)
    }
    #expect(counts == used)
  }

  @Test func `however many restarts there are, each is counted`() {
    var history = RestartHistory()
    var remembered: [Int64] = []
    for number in 0..<300_000 {
      let now = RuntimeInstant(nanoseconds: Int64(number) * 100_000)
      let used = history.add(at: now, period: 2)
      remembered.append(now.wholeSeconds)
      if number % 50_000 == 0 {
        remembered.removeAll { $0 < now.wholeSeconds - 2 }
        #expect(used == remembered.count)
      }
    }
    #expect(history.description.hasPrefix("29 s, 29 s, "))
    #expect(history.description.hasSuffix("29 s and 29980 more"))
  }
}
