import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSession
import Foundation

struct CastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cast", abstract: "Print a recording of the screen that asciinema plays.",
    discussion: """
      The console is shown to nobody, on a clock of its own: the same words give the same bytes.
        bubbles cast rest-for-one --keys "<2s><Down>xx" --for 10s > restart.cast
        asciinema play restart.cast
      """)

  @Argument(help: "A scenario file, or a demo's name.", completion: .file(extensions: ["yaml"]))
  var scenario: String

  @OptionGroup var options: StageOptions

  @OptionGroup var screen: OffscreenOptions

  @Option(
    help: "How long after one key the next is pressed (default: 600ms).", transform: parseDuration)
  var typing: Duration = .milliseconds(600)

  @Option(
    name: .customLong("for"),
    help: "How long it lasts, if the keys do not take longer (default: 10s).",
    transform: parseDuration)
  var length: Duration = .seconds(10)

  func run() throws {
    try complaining {
      let stage = try Stage(source: Source.named(scenario), options: options)
      let session = try screen.session(on: stage)
      var film = try RecordedScreen(session: session, title: stage.source.scenario.name)
      for gesture in screen.keys {
        switch gesture {
        case .key(let key):
          try film.press(key)
          try film.play(for: typing)
        case .wait(let duration): try film.play(for: duration)
        }
      }
      try film.play(for: length - film.time)
      try film.flush()
    }
  }
}

/// A session that plays to nobody, frame by frame, and prints its recording.
private struct RecordedScreen {
  private var session: Session
  private var cast: Asciicast
  private var text: String
  /// How long it has played.
  private(set) var time: Duration = .zero

  init(session: Session, title: String) throws(Complaint) {
    self.session = session
    let model = session.model
    cast = Asciicast(size: model.size, title: title, theme: model.options.theme)
    text = cast.header
    try record()
  }

  mutating func press(_ key: Key) throws(Complaint) {
    session.handle(.key(key))
    try record()
  }

  mutating func play(for duration: Duration) throws(Complaint) {
    var left = duration
    while left > .zero {
      let slice = min(left, .milliseconds(40))
      session.play(for: slice)
      left -= slice
      time += slice
      try record()
    }
  }

  private mutating func record() throws(Complaint) {
    let outgoing = session.takeOutgoing()
    for _ in outgoing.wishes { session.send(.notice("a recording of the screen writes no files")) }
    let model = session.model
    text += cast.lines(
      showing: render(model), theme: model.options.theme, marks: outgoing.marks, at: time)
    if text.utf8.count > 1 << 16 { try flush() }
  }

  mutating func flush() throws(Complaint) {
    try printWhole(text)
    text = ""
  }
}
