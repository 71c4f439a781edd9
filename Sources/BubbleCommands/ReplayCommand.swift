import ArgumentParser
import BubbleCells
import BubbleEvents
import BubbleScenarios
import BubbleSession
import Foundation

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Open a recording, to look at and to go on with.",
    discussion: """
      Recordings are made with --record FILE or :record FILE. One opens at its beginning, with all
      of it known: space plays, `.` and `,` step, and whatever you do goes on live from there.
      """)

  @Argument(help: "The recording.", completion: .file(extensions: ["jsonl"]))
  var file: String

  @Flag(help: "Only run it again, and say whether all events came out as recorded.")
  var check = false

  @OptionGroup var options: StageOptions
  @OptionGroup var files: FileOptions

  func validate() throws {
    if options.seed != nil { throw ValidationError("a recording has its seed; leave --seed out") }
  }

  func run() throws {
    if check {
      try complaining { print(try RecordedRun(at: file).summary()) }
    } else {
      try Stage.open(options, writing: files) { try .recording(at: file) }
    }
  }
}

/// A recording and the scenario in it.
struct RecordedRun {
  /// The file.
  let file: RecordingFile
  /// The scenario.
  let scenario: Scenario

  /// Reads the recording at `path`.
  init(at path: String) throws(Complaint) {
    file = try RecordingFile(at: path)
    do {
      scenario = try Scenario(
        yaml: file.source, file: file.header.scenario + ".yaml",
        with: ScenarioFiles(file.header.files ?? [:]))
    } catch {
      throw .data("\(file.name):1: this program cannot read its scenario: \(error.description)")
    }
  }

  /// Where it ends.
  var end: RecordedEnd { RecordedEnd(event: file.lastEvent, instant: file.end) }

  /// What it was cut off, if that is so.
  var notice: String? {
    file.isCut ? "the last line was cut off and is left out" : nil
  }

  /// Runs it again, and tells in a line what it is.
  func summary() throws(Complaint) -> String {
    var machine = Source(run: self).machine(seed: nil)
    var cursor = RecordingFile.Cursor(file)
    var last: Event.ID = 0
    while last < file.lastEvent {
      let progress = machine.advance(to: file.end)
      let events = machine.takeEvents()
      try file.compare(events, at: &cursor)
      last = max(last, events.last?.id ?? 0)
      if progress == .idle { break }
    }
    try demand(last)
    let acts = file.acts.count
    return "\(file.name): \(sanitised(scenario.name)), \(file.lastEvent) events in \(file.end) s, "
      + "\(acts) act\(acts == 1 ? "" : "s"); all as recorded"
      + (notice.map { "; \($0)" } ?? "")
  }

  /// Complains of a run that ends before the recording.
  func demand(_ last: Event.ID) throws(Complaint) {
    guard last < file.lastEvent else { return }
    throw .data(
      "\(file.name): the run ends with event \(last), the recording with \(file.lastEvent)")
  }
}
