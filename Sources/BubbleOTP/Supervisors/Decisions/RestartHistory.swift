import BubbleEvents

/// The restarts that a supervisor remembers, in whole seconds (OTP: S40-S44).
///
/// Those of one second are counted together, so that each costs the same however many there are.
struct RestartHistory: Sendable {
  /// The restarts of one second.
  private struct Second: Sendable {
    var second: Int64
    var count: Int
  }

  /// Seconds with restarts, oldest first; those before `first` are forgotten.
  private var all: [Second] = []
  private var first = 0
  /// How many restarts are remembered.
  private(set) var count = 0

  /// Records a restart at `now`; how many lie within the period, this one included.
  ///
  /// OTP keeps those with r >= now - period, comparing whole seconds, and stops at the first that
  /// is older.
  mutating func add(at now: RuntimeInstant, period: Int) -> Int {
    let oldest = now.wholeSeconds - Int64(period)
    while first < all.count, all[first].second < oldest {
      count -= all[first].count
      first += 1
    }
    if first > all.count / 2 {
      all.removeSubrange(..<first)
      first = 0
    }
    if let last = all.indices.last, last >= first, all[last].second == now.wholeSeconds {
      all[last].count += 1
    } else {
      all.append(Second(second: now.wholeSeconds, count: 1))
    }
    count += 1
    return count
  }
}

extension RestartHistory: CustomStringConvertible {
  /// Seconds that are written; of more the newest ones.
  private static let most = 20

  /// The seconds of the restarts, newest first: `3 s, 3 s, 1 s`.
  var description: String {
    var words: [String] = []
    for entry in all[first...].reversed() {
      let room = Self.most - words.count
      words += Array(repeating: "\(entry.second) s", count: min(room, entry.count))
      if words.count == Self.most { break }
    }
    let rest = count - words.count
    return words.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
