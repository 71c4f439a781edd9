package import BubbleEvents

/// Something that befell a place, as its lane in the timeline shows it.
package struct TimelineMark: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// A process began to live in the place.
    case started
    /// Its process failed or was killed, or could not start.
    case crashed
    /// Its process ended in order.
    case stopped
    /// It was a supervisor that exceeded its intensity and has ended.
    case gaveUp
    /// It handles system messages only.
    case suspended
    /// It handles all messages again.
    case resumed
    /// It was told to end; that takes until it ends, so it has no column.
    case stopping
    /// The supervisor in it counted a restart, because of what stands in the column before.
    case counted

    /// Whether it stands in a column that no other event has.
    package var ownsColumn: Bool {
      switch self {
      case .started, .crashed, .stopped, .gaveUp, .suspended, .resumed: true
      case .stopping, .counted: false
      }
    }
  }

  package var event: Event.ID
  package var instant: RuntimeInstant
  package var kind: Kind
  /// The incarnation that it befell.
  package var life: Int32
  /// The number of its own column, or of the last one before it.
  package var column: Int
}

/// The place on the axis of one event that has a column.
package struct TimelineColumn: Hashable, Sendable {
  package var event: Event.ID
  package var instant: RuntimeInstant
  /// Its first cell on the elastic axis, counted from the first column that ever was.
  package var cell: Int
  /// The course of events that it belongs to: all that came of one cause.
  package var course: Int
  /// Its number in that course, from 1.
  package var number: Int
}
