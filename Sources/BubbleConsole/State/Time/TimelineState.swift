/// What the timeline remembers between frames.
package struct TimelineState: Sendable {
  /// Whether the axis is to scale instead of giving each event a column.
  package var isTrueToTime = false
  /// Whether the chain of causes of the event at the playhead stands below the lanes.
  package var showsWhy = false
  /// The places that have lanes, from top to bottom.
  package var lanes = TableState()
  /// The cell of the elastic axis at the left end of the screen.
  package private(set) var left = 0

  package init() {}

  /// Scrolls so that the playhead is on the screen: at the end of time the screen ends there too,
  /// in the past it moves as little as needed.
  package mutating func reveal(
    playhead: Int, of axis: Range<Int>, columns: Int, isPast: Bool
  ) {
    let margin = max(0, min(8, columns / 4))
    if !isPast {
      left = axis.upperBound - columns
    } else if playhead < left - columns || playhead > left + 2 * columns {
      left = playhead - columns * 2 / 3
    } else {
      left = min(left, playhead - margin)
      left = max(left, playhead + 1 + margin - columns)
    }
    left = max(axis.lowerBound, min(left, axis.upperBound - columns))
  }
}
