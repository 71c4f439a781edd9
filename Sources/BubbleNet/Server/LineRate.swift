public import BubbleEvents

/// How many lines somebody may send in a row, and how fast after that.
///
/// The generic cell rate algorithm (ITU-T I.371): nobody is cut off; who sends more is read later.
public struct LineRate: Hashable, Sendable {
  /// Lines in a second, over a longer time.
  public var perSecond: Int
  /// Lines at once after a pause.
  public var burst: Int
  /// When the line that is due next would be due if there were no bursts.
  private var due = RuntimeInstant.zero

  /// Allows `burst` lines at once and `perSecond` over a longer time; both at least 1.
  public init(perSecond: Int, burst: Int) {
    self.perSecond = max(perSecond, 1)
    self.burst = max(burst, 1)
  }

  /// Takes note of a line that came at `now`; how long to wait before the next one is read.
  public mutating func pause(afterLineAt now: RuntimeInstant) -> Duration {
    let interval = Duration.nanoseconds(1_000_000_000 / Int64(perSecond))
    due = max(due, now) + interval
    return max(due - now - interval * (burst - 1), .zero)
  }
}
