package import BubbleEvents
import BubbleCells

/// Why a recording cannot be opened, or was not run again as it was recorded.
package enum RecordingError: Error, Hashable, Sendable {
  /// Its first line is not the header of a recording.
  case noHeader
  /// The header lacks something, or has something else in its place.
  case damagedHeader(String)
  /// Its format is newer than those that this program reads.
  case newerFormat(Int, writtenBy: String?, program: String)
  /// It is a trace, which has no scenario to run.
  case trace
  /// A line is not what it should be.
  case damaged(line: Int, String)
  /// An event comes out differently when the run is done again.
  case different(line: Int, event: Event.ID, writtenBy: String, program: String)
  /// The run ends before the recording.
  case endsEarly(event: Event.ID, recorded: Event.ID)
}

extension RecordingError {
  /// The line of the file that it is about; nil when it is about the whole.
  package var line: Int? {
    switch self {
    case .noHeader, .damagedHeader, .newerFormat, .trace: 1
    case .damaged(let line, _), .different(let line, _, _, _): line
    case .endsEarly: nil
    }
  }

  /// What is wrong, in one line that is safe to print: where it is, and why.
  ///
  /// - Parameter name: What the file is called.
  /// - Returns: The line.
  package func message(about name: String) -> String {
    ([sanitised(name)] + [line.map(String.init)].compactMap(\.self)).joined(separator: ":")
      + ": \(sanitised(reason))"
  }

  /// How much is quoted of what a file says, and of who it says wrote it.
  private static let quoted = 120
  private static let version = 30

  private var reason: String {
    switch self {
    case .noHeader: "this is not a recording: it does not begin with the header of one"
    case .damagedHeader(let reason): "the header is damaged: \(cut(reason, to: Self.quoted))"
    case .newerFormat(let format, let writer, let program):
      "the recording has format \(format)"
        + "\(writer.map { ", written by bubbles \(cut($0, to: Self.version))" } ?? ""); "
        + "this is bubbles \(program), which reads up to format \(RecordingFormat.newest.version)"
    case .trace:
      "this is a trace, which cannot be run again; --record FILE makes recordings"
    case .damaged(_, let reason): "the recording is damaged: \(cut(reason, to: Self.quoted))"
    case .different(_, let event, let writer, let program):
      "event \(event) comes out differently in this bubbles \(program); "
        + (writer == program
          ? "the recording was changed"
          : "it was recorded by bubbles \(cut(writer, to: Self.version))")
    case .endsEarly(let event, let recorded):
      "the run ends with event \(event), the recording with \(recorded)"
    }
  }
}
