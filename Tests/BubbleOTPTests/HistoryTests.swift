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
}
