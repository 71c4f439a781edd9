import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleSession
import Foundation

struct FrameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame", abstract: "Print one frame of the console as text, or as a picture.",
    discussion: """
      The machine runs to --at without a terminal; then --keys are pressed, each shown to its end.
        bubbles frame rest-for-one --keys "j<Down>x"
        bubbles frame shop --at 5s --view table --size 120x40 --svg > shop.svg
      """)

  @Argument(help: "A scenario file, or a demo's name.", completion: .file(extensions: ["yaml"]))
  var scenario: String

  @OptionGroup var options: StageOptions

  @Option(help: "The size of the screen.", transform: parseSize)
  var size = Size(columns: 80, rows: 24)

  @Option(
    name: .customLong("at"), help: "The machine's time to look at: 14.6s.",
    transform: parseDuration)
  var instant: Duration = .seconds(2)

  @Option(
    help: "Keys to press then: letters, <Enter> <Down> …, <2s> to let time pass.",
    transform: parseGestures)
  var keys: [Gesture] = []

  @Flag(help: "Print an SVG picture.")
  var svg = false

  func run() throws {
    try complaining {
      let stage = try Stage(source: Source.named(scenario), options: options)
      let marks = options.marks ?? (options.ascii ? .ascii : .braille)
      var session = stage.session(
        size: size, glyphs: GlyphSet(marks: marks, isASCII: options.ascii))
      session.runToInstant(RuntimeInstant.zero + instant)
      for gesture in keys { session.perform(gesture) }
      let grid = render(session.model)
      let text = svg ? picture(of: grid, theme: stage.theme) : grid.text()
      FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
  }
}

/// The frame as an SVG picture.
private func picture(of grid: CellGrid, theme: Theme) -> String {
  svg(of: grid, theme: theme, title: "The bubble machine")
}

extension Session {
  fileprivate mutating func perform(_ gesture: Gesture) {
    switch gesture {
    case .key(let key): handle(.key(key))
    case .wait(let duration): play(for: duration)
    }
  }
}
