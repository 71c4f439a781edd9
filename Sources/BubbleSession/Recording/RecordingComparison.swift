package import BubbleEvents
import Foundation

/// Compares a run that is done again with its recording, event by event.
package struct RecordingComparison: Sendable {
  private let recording: Recording
  private var lines: EventLines
  /// The last event that was compared; 0 before the first.
  package private(set) var last: Event.ID = 0

  /// Before the first event.
  package init(with recording: Recording) {
    self.recording = recording
    lines = EventLines(of: recording)
  }

  /// Compares what happens now with what was recorded.
  ///
  /// - Parameter events: The next events of the run; those behind the end of the recording pass.
  /// - Throws: Which line differs, and who wrote it.
  package mutating func compare(_ events: [Event]) throws(RecordingError) {
    for event in events {
      last = event.id
      guard event.id <= recording.lastEvent, let (bytes, line) = lines.next() else { continue }
      let now = RecordingLine.event(recording.format.told(event))
      guard !recording.holds(now.bytes.dropLast(), at: bytes),
        try recording.decode(bytes, line) != now
      else { continue }
      throw .different(
        line: line, event: event.id, writtenBy: recording.header.program ?? "?",
        program: recording.program)
    }
  }

  /// Complains of a run that ended before the recording.
  ///
  /// - Throws: Where both end.
  package func finish() throws(RecordingError) {
    guard last < recording.lastEvent else { return }
    throw .endsEarly(event: last, recorded: recording.lastEvent)
  }
}

extension Recording {
  /// Whether these bytes stand there.
  fileprivate func holds(_ expected: ArraySlice<UInt8>, at place: Range<Int>) -> Bool {
    guard expected.count == place.count else { return false }
    return data.withUnsafeBytes { (all: UnsafeRawBufferPointer) in
      expected.withUnsafeBytes { mine in
        guard let mine = mine.baseAddress, let theirs = all.baseAddress else { return true }
        return memcmp(mine, theirs + place.lowerBound, place.count) == 0
      }
    }
  }
}
