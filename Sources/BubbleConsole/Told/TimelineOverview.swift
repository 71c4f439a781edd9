package import BubbleEvents

/// When something crashed in the whole session, as exactly as a line on a screen can show it.
///
/// The session is cut into so many parts at most; when it grows longer, each two become one.
package struct TimelineOverview: Hashable, Sendable {
  /// Nanoseconds of a part.
  private var length: Int64 = 1_000_000
  private var hasCrash: [Bool] = []

  private static let mostParts: Int64 = 1024

  package init() {}

  package mutating func add(_ instant: RuntimeInstant) {
    let nanoseconds = max(0, instant.nanoseconds)
    while nanoseconds / length >= Self.mostParts { halve() }
    let part = Int(nanoseconds / length)
    while hasCrash.count <= part { hasCrash.append(false) }
    hasCrash[part] = true
  }

  /// The parts with crashes, each as the instant in its middle.
  package var crashes: [RuntimeInstant] {
    hasCrash.indices.filter { hasCrash[$0] }
      .map { RuntimeInstant(nanoseconds: Int64($0) * length + length / 2) }
  }

  private mutating func halve() {
    length *= 2
    hasCrash = stride(from: 0, to: hasCrash.count, by: 2).map { index in
      hasCrash[index] || (index + 1 < hasCrash.count && hasCrash[index + 1])
    }
  }
}
