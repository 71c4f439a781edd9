extension Scenario {
  /// A duration, or a range of durations of which each use takes one by chance.
  package struct Span: Hashable, Sendable {
    package var lower: Duration
    package var upper: Duration

    package init(_ lower: Duration, _ upper: Duration) {
      precondition(lower <= upper, "a span runs from the shorter duration to the longer one")
      self.lower = lower
      self.upper = upper
    }

    package init(_ duration: Duration) { self.init(duration, duration) }

    package static let zero = Span(.zero)
  }
}
