import BubbleEvents

/// How fast the machine runs.
package struct Pace: Hashable, Sendable {
  package var isPaused: Bool
  /// Machine time over real time: 1 is real time, 0.25 a quarter of it.
  package var speed: Double
  /// How long each lifecycle event holds the screen.
  package var beat: Duration

  package init(isPaused: Bool = false, speed: Double = 1, beat: Duration = .milliseconds(300)) {
    self.isPaused = isPaused
    self.speed = speed
    self.beat = beat
  }

  /// The speeds that `<` and `>` go through, slowest first.
  package static let speeds: [Double] = [
    1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16,
  ]

  /// The beats that `-` and `+` go through.
  package static let beats: [Duration] = [
    .zero, .milliseconds(100), .milliseconds(200), .milliseconds(300), .milliseconds(500),
    .milliseconds(800), .seconds(1), .seconds(2),
  ]

  package var slower: Double { Self.speeds.last { $0 < speed } ?? Self.speeds[0] }
  package var faster: Double {
    Self.speeds.first { $0 > speed } ?? Self.speeds[Self.speeds.count - 1]
  }
  package var shorterBeat: Duration { Self.beats.last { $0 < beat } ?? .zero }
  package var longerBeat: Duration {
    Self.beats.first { $0 > beat } ?? Self.beats[Self.beats.count - 1]
  }
}

extension Pace {
  /// A speed as it is written: `1/4x`, `2x`.
  package static func text(ofSpeed speed: Double) -> String {
    if speed < 1, let divisor = Int(exactly: 1 / speed) { return "1/\(divisor)x" }
    if let whole = Int(exactly: speed) { return "\(whole)x" }
    return "\(speed)x"
  }

  /// Reads `1/4`, `0.25`, `2` or `2x`; nil for anything else.
  package static func speed(describedAs text: String) -> Double? {
    let number = text.hasSuffix("x") ? text.dropLast() : text[...]
    let parts = number.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard let over = parts[0] else { return nil }
    switch parts.count {
    case 1: return over
    case 2: return parts[1].map { over / $0 }
    default: return nil
    }
  }

  /// A beat as it is written: `300 ms`, `off`.
  package static func text(ofBeat beat: Duration) -> String {
    beat == .zero ? "off" : "\(beat.wholeNanoseconds / 1_000_000) ms"
  }
}
