package import BubbleCells
package import BubbleConsole
import BubbleCopyOnWrite
import BubbleEvents
import BubbleScenarios
package import BubbleSession
import Foundation

/// Writes what the user of a console asks for.
package struct FileOutlet: ConsoleOutlet {
  private let title: String
  /// What is run; nil for a machine in real time, whose run nobody can run again.
  @Boxed private var source: Source?
  private let seed: UInt64
  @Boxed private var cast: Cast? = nil
  @Boxed private var recording: Recording? = nil

  /// A recording of the screen that is being written.
  private struct Cast {
    var file: NewFile
    /// Nil until the first picture tells its size.
    var encoder: Asciicast?
    /// When its first picture was shown, on the console's clock.
    var beginning: Duration = .zero
  }

  /// A recording of the run that is being written.
  private struct Recording {
    var file: NewFile
    var recorder: Recorder
  }

  /// Writes files about a console on `source`, run with `seed`.
  init(source: Source, seed: UInt64) {
    title = source.scenario.name
    self.source = source
    self.seed = seed
  }

  /// Writes files about a machine that runs in real time.
  package init(title: String) {
    self.title = title
    source = nil
    seed = 0
  }

  /// Begins to record the run; all that happened before is told with the next picture.
  mutating func beginRecording(_ name: String) throws(Complaint) {
    guard let source else {
      throw .usage("\(title) runs in real time, and its run cannot be run again; use --cast")
    }
    let file = try NewFile(name)
    var header = RecordingHeader(
      scenario: source.scenario.name, seed: seed, program: programVersion, source: source.text)
    header.files = source.otherFiles
    if source.run?.recording.header.tellsRefusals == false { header.refusals = false }
    try file.write(header.bytes)
    recording = Recording(file: file, recorder: Recorder(of: source.machine(seed: seed)))
  }

  /// Ends what is being written in order.
  mutating func close(_ session: Session) {
    _ = record(session)
    if let recording {
      do throws(Complaint) {
        try recording.file.write(recording.recorder.end(of: session))
      } catch {
        _ = error.said()
      }
    }
    recording = nil
    cast = nil
  }

  /// Begins to record the screen with the next picture.
  mutating func beginCast(_ name: String) throws(Complaint) {
    cast = Cast(file: try NewFile(name))
  }

  package mutating func fulfil(_ wish: FileRequest) -> String {
    do throws(Complaint) {
      switch wish {
      case .save(let name, let text):
        try NewFile(name).write(text)
        return "wrote \(name)"
      case .script(let name, let script):
        guard let source else { return "\(title) has no scenario that a script could be put into" }
        try NewFile(name).write(source.scenario.text(source.text, withScript: script))
        return "wrote \(name); bubbles run \(name) --script presents it"
      case .cast(let name):
        if let cast { return "the screen is recorded to \(cast.file.name); :cast ends that" }
        try beginCast(name)
        return "recording the screen to \(name); :cast ends it"
      case .endCast:
        guard let ended = cast else { return "a file name is missing, such as shop.cast" }
        cast = nil
        return "recorded the screen to \(ended.file.name)"
      case .record(let name):
        if let recording { return "the run is recorded to \(recording.file.name)" }
        try beginRecording(name)
        return "recording the run to \(name), from its beginning"
      }
    } catch {
      return error.message
    }
  }

  package mutating func shown(
    _ grid: CellGrid, of session: Session, marks: [String], at time: Duration
  ) -> String? {
    record(session) ?? film(grid, theme: session.model.options.theme, marks: marks, at: time)
  }

  /// Adds to the recording what has happened.
  private mutating func record(_ session: Session) -> String? {
    guard let lines = recording?.recorder.lines(of: session), !lines.isEmpty else { return nil }
    do throws(Complaint) {
      try recording?.file.write(lines)
      return nil
    } catch {
      recording = nil
      return error.message
    }
  }

  /// Adds a picture to the recording of the screen.
  private mutating func film(
    _ grid: CellGrid, theme: Theme, marks: [String], at time: Duration
  ) -> String? {
    guard var cast else { return nil }
    defer { self.cast = cast }
    var text = ""
    if cast.encoder == nil {
      let encoder = Asciicast(size: grid.size, title: title, theme: theme)
      text = encoder.header
      cast.encoder = encoder
      cast.beginning = time
    }
    let elapsed = time - cast.beginning
    text += cast.encoder?.lines(showing: grid, theme: theme, marks: marks, at: elapsed) ?? ""
    guard !text.isEmpty else { return nil }
    do throws(Complaint) {
      try cast.file.write(text)
      return nil
    } catch {
      self.cast = nil
      return error.message
    }
  }
}
