package import BubbleEvents

/// The last numbers of the processes that are looked at; others are forgotten at once.
package struct MetricsHistory: Hashable, Sendable {
  /// What is kept of one process.
  package struct Track: Hashable, Sendable {
    /// Turns between two samples, oldest first.
    package var turns: [Int] = []
    /// Messages waiting at the last sample.
    package var mailboxLength: Int
    /// Turns a second of machine time over the samples kept; nil until there are two.
    package var rate: Double?
    fileprivate var totals: [Total]
  }

  fileprivate struct Total: Hashable, Sendable {
    var instant: RuntimeInstant
    var turns: Int
  }

  /// Samples kept a process: what a sparkline of 16 cells shows.
  package static let capacity = 32
  /// Samples that a rate is taken over.
  fileprivate static let rateSpan = 5

  private var tracks: [PID: Track] = [:]

  package init() {}

  package subscript(pid: PID) -> Track? { tracks[pid] }

  /// Takes in one sample of each process; a process without a sample is forgotten.
  package mutating func record(_ samples: [ProcessMetrics], at instant: RuntimeInstant) {
    var next: [PID: Track] = [:]
    next.reserveCapacity(samples.count)
    for sample in samples {
      let total = Total(instant: instant, turns: sample.turns)
      guard var track = tracks[sample.pid] else {
        next[sample.pid] = Track(mailboxLength: sample.mailboxLength, totals: [total])
        continue
      }
      track.mailboxLength = sample.mailboxLength
      track.add(total)
      next[sample.pid] = track
    }
    tracks = next
  }
}

extension MetricsHistory.Track {
  fileprivate mutating func add(_ total: MetricsHistory.Total) {
    guard let last = totals.last, total.instant > last.instant else { return }
    turns.append(max(0, total.turns - last.turns))
    totals.append(total)
    if totals.count > MetricsHistory.capacity {
      totals.removeFirst()
      turns.removeFirst()
    }
    let first = totals[max(0, totals.count - 1 - MetricsHistory.rateSpan)]
    let seconds = Double((total.instant - first.instant).wholeNanoseconds) / 1e9
    rate = Double(total.turns - first.turns) / seconds
  }
}
