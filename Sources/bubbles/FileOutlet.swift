import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleSession
import Foundation

/// The files that a console writes while it runs.
struct FileOptions: ParsableArguments {
  @Option(
    help: "Record the screen to this new file, for asciinema.", completion: .file())
  var cast: String?
}

/// Writes what the user of a console asks for.
struct FileOutlet: ConsoleOutlet {
  private let scenario: String
  private var cast: Cast?

  /// A recording of the screen that is being written.
  private struct Cast {
    var file: NewFile
    /// Nil until the first picture tells its size.
    var encoder: Asciicast?
    /// When its first picture was shown, on the console's clock.
    var beginning: Duration = .zero
  }

  init(scenario: String) { self.scenario = scenario }

  /// Begins to record the screen with the next picture.
  mutating func beginCast(_ name: String) throws(Complaint) {
    cast = Cast(file: try NewFile(name))
  }

  mutating func fulfil(_ wish: FileWish) -> String {
    do throws(Complaint) {
      switch wish {
      case .save(let name, let text):
        try NewFile(name).write(text)
        return "wrote \(name)"
      case .cast(let name):
        if let cast { return "the screen is recorded to \(cast.file.name); :cast ends that" }
        try beginCast(name)
        return "recording the screen to \(name); :cast ends it"
      case .endCast:
        guard let ended = cast else { return "a file name is missing, such as shop.cast" }
        cast = nil
        return "recorded the screen to \(ended.file.name)"
      }
    } catch {
      return error.message
    }
  }

  mutating func shown(
    _ grid: CellGrid, of model: ConsoleModel, marks: [String], at time: Duration
  ) -> String? {
    guard var cast else { return nil }
    defer { self.cast = cast }
    var text = ""
    let theme = model.options.theme
    if cast.encoder == nil {
      let encoder = Asciicast(size: grid.size, title: scenario, theme: theme)
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

/// A file that did not exist before, written piece by piece.
struct NewFile {
  /// Its name as it was asked for.
  let name: String
  private let handle: FileHandle

  /// Creates it; an existing one is never overwritten.
  init(_ name: String) throws(Complaint) {
    self.name = name
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "it exists already" : String(cString: strerror(errno))
      throw .output("cannot write \(sanitised(name)): \(reason.lowercased())")
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Appends `text`; it has reached the system when this returns.
  func write(_ text: String) throws(Complaint) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw .output("cannot write on to \(sanitised(name)): is the disk full?")
    }
  }
}
