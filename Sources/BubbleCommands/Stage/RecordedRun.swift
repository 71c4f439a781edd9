import BubbleCells
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTree
import Foundation

/// A recording and the scenario in it.
struct RecordedRun {
  /// What the file is called.
  let name: String
  /// What was read from it.
  let recording: Recording
  /// The scenario.
  let scenario: Scenario

  /// Reads the recording at `path`.
  init(at path: String) throws(Complaint) {
    name = path
    let data: Data
    do throws(ExistingFile.Failure) {
      data = try ExistingFile.mappedBytes(at: FilePath(argument: path))
    } catch {
      throw .input("cannot read \(sanitised(path)): \(error.reason)")
    }
    recording = try naming(path) { () throws(RecordingError) in
      try Recording(data, program: programVersion, sourceLimit: Scenario.Limits.fileSize)
    }
    do {
      scenario = try Scenario(
        yaml: recording.source, file: recording.header.scenario + ".yaml",
        with: ScenarioFiles(recording.header.files ?? [:]),
        registering: recording.header.registeredNames)
    } catch {
      var error = error
      error.file = cut(error.file, to: 60)
      throw .data(
        "\(sanitised(path)):1: this program cannot read its scenario: \(error.description)")
    }
  }

  /// Where it ends.
  var end: RecordedEnd { RecordedEnd(event: recording.lastEvent, instant: recording.end) }

  /// What it was cut off, if that is so.
  var notice: String? {
    recording.isCut ? "the last line was cut off and is left out" : nil
  }

  /// Runs it again, and tells in a line what it is.
  func summary() throws(Complaint) -> String {
    var machine = Source(run: self).machine(seed: nil)
    var comparison = RecordingComparison(with: recording)
    try naming(name) { () throws(RecordingError) in
      while comparison.last < recording.lastEvent {
        let progress = machine.advance(to: recording.end)
        try comparison.compare(machine.takeEvents())
        if progress == .idle { break }
      }
      try comparison.finish()
    }
    let acts = recording.acts.count
    return "\(sanitised(name)): \(sanitised(scenario.name)), \(recording.lastEvent) events "
      + "in \(recording.end) s, \(acts) \(noun(for: acts, "act")); all as recorded"
      + (notice.map { "; \($0)" } ?? "")
  }
}

/// Does something that a recording may not bear; what is wrong with it is told with its name.
func naming<Result>(
  _ file: String, _ body: () throws(RecordingError) -> Result
) throws(Complaint) -> Result {
  do {
    return try body()
  } catch {
    throw .data(error.message(about: file))
  }
}
