package import BubbleCells
package import BubbleConsole
import BubbleCopyOnWrite
import BubbleEvents
import BubbleScenarios
package import BubbleSession

/// Writes what the user of a console asks for.
package struct FileOutlet: ConsoleOutlet {
  private let title: String
  /// What is run; nil for a machine in real time, whose run nobody can run again.
  @Boxed private var source: Source?
  private let seed: UInt64
  @Boxed private var cast: Cast? = nil
  @Boxed private var recording: Recording? = nil
  /// What went wrong and has not been told yet.
  private var troubles: [String] = []
  /// Why a film or a recording that was begun is not whole; nil while all are.
  private(set) var failure: Complaint?
  /// Why the last film ended by itself; nil when it did not.
  private var filmFailure: Complaint?

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

  /// Begins what the options ask for; when something cannot be begun, no file is left.
  mutating func begin(_ files: FileOptions) throws(Complaint) {
    do throws(Complaint) {
      if let name = files.cast { try beginCast(name, at: FilePath(argument: name)) }
      if let name = files.record { try beginRecording(name, at: FilePath(argument: name)) }
    } catch {
      abandon()
      throw error
    }
  }

  /// Takes the files away again that were begun, since nothing was shown.
  mutating func abandon() {
    cast?.file.remove()
    recording?.file.remove()
    cast = nil
    recording = nil
  }

  /// Begins to record the run; all that happened before is told with the next picture.
  private mutating func beginRecording(
    _ name: String, at path: FilePath
  ) throws(Complaint) {
    guard let source else {
      throw .usage("\(title) runs in real time, and its run cannot be run again; use --cast")
    }
    let header = source.header(seed: seed)
    let file = try NewFile(name, at: path)
    do throws(Complaint) {
      try file.write(header.bytes)
    } catch {
      file.remove()
      throw error
    }
    recording = Recording(file: file, recorder: Recorder(of: source.machine(seed: seed)))
  }

  /// Ends what is being written in order; what cannot be ended is a `failure`.
  mutating func close(_ session: Session) {
    record(session)
    if let recording {
      do throws(Complaint) {
        try recording.file.write(recording.recorder.end(of: session))
        try recording.file.close()
      } catch {
        lose("recording", error)
      }
    }
    recording = nil
    _ = endCast()
  }

  /// Begins to record the screen with the next picture.
  private mutating func beginCast(_ name: String, at path: FilePath) throws(Complaint) {
    cast = Cast(file: try NewFile(name, at: path))
    filmFailure = nil
  }

  /// Ends the film, and says so; a file is missing when there is none.
  private mutating func endCast() -> String {
    guard let ended = cast else {
      return filmFailure?.message ?? "a file name is missing, such as shop.cast"
    }
    cast = nil
    do throws(Complaint) {
      try ended.file.close()
      return "recorded the screen to \(ended.file.name)"
    } catch {
      lose("film", error)
      return error.message
    }
  }

  /// Keeps why a film or a recording ended before its time.
  private mutating func lose(_ what: String, _ complaint: Complaint) {
    troubles.append("the \(what) is not whole: \(complaint.message)")
    failure = failure ?? complaint
  }

  package mutating func fulfil(_ wish: FileRequest) -> String {
    do throws(Complaint) {
      switch wish {
      case .save(let name, let text):
        try NewFile.write(text, to: name, at: FilePath(typed: name))
        return "wrote \(name)"
      case .script(let name, let script):
        guard let source else { return "\(title) has no scenario that a script could be put into" }
        guard let text = source.text(withScript: script) else {
          return "the scenario's file is written so that no script can be put into it; write its "
            + "keys a line each"
        }
        try NewFile.write(text, to: name, at: FilePath(typed: name))
        return "wrote \(name); bubbles run \(name) --script presents it"
      case .cast(let name):
        if let cast { return "the screen is recorded to \(cast.file.name); :cast ends that" }
        try beginCast(name, at: FilePath(typed: name))
        return "recording the screen to \(name); :cast ends it"
      case .endCast:
        return endCast()
      case .record(let name):
        if let recording { return "the run is recorded to \(recording.file.name)" }
        try beginRecording(name, at: FilePath(typed: name))
        return "recording the run to \(name), from its beginning"
      }
    } catch {
      return error.message
    }
  }

  package mutating func shown(
    _ grid: CellGrid, of session: Session, marks: [String], at time: Duration
  ) -> [String] {
    record(session)
    film(grid, theme: session.model.options.theme, marks: marks, at: time)
    defer { troubles = [] }
    return troubles
  }

  /// Adds to the recording what has happened.
  private mutating func record(_ session: Session) {
    guard let lines = recording?.recorder.lines(of: session), !lines.isEmpty else { return }
    do throws(Complaint) {
      try recording?.file.write(lines)
    } catch {
      recording = nil
      lose("recording", error)
    }
  }

  /// Adds a picture to the recording of the screen.
  private mutating func film(
    _ grid: CellGrid, theme: Theme, marks: [String], at time: Duration
  ) {
    guard var cast else { return }
    var text = ""
    if cast.encoder == nil {
      let encoder = Asciicast(size: grid.size, title: title, theme: theme)
      text = encoder.header
      cast.encoder = encoder
      cast.beginning = time
    }
    let elapsed = time - cast.beginning
    text += cast.encoder?.lines(showing: grid, theme: theme, marks: marks, at: elapsed) ?? ""
    self.cast = cast
    guard !text.isEmpty else { return }
    do throws(Complaint) {
      try cast.file.write(text.utf8)
    } catch {
      self.cast = nil
      filmFailure = error
      lose("film", error)
    }
  }
}
