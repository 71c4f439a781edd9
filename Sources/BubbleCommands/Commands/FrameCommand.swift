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
      The machine runs to --at without a terminal; then --keys are pressed, and time passes where
      they say so.
        bubbles frame rest-for-one --keys "j<Down>x"
        bubbles frame shop --at 5s --view table --size 120x40 --svg > shop.svg
        bubbles frame shop --format dot | dot -Tpng > shop.png
      """)

  @Argument(help: "A scenario file, or a demo's name.", completion: .file(extensions: ["yaml"]))
  var scenario: String

  @OptionGroup var options: StageOptions

  @OptionGroup var screen: OffscreenOptions

  @Option(
    name: .customLong("at"), help: "The machine's time to look at: 14.6s (default: 2s).",
    transform: parseDuration)
  var instant: Duration = .seconds(2)

  @Option(
    help: "text, svg, mermaid or dot; the last two show the tree whatever the view.",
    transform: parseFormat)
  var format: ExportFormat?

  @Flag(help: "The same as --format svg.")
  var svg = false

  func validate() throws {
    guard svg, let format, format != .svg else { return }
    throw ValidationError("--svg and --format \(format.rawValue) contradict each other")
  }

  func run() throws {
    try complaining {
      let stage = try Stage(source: Source.named(scenario), options: options)
      var session = try screen.session(on: stage)
      session.runToInstant(RuntimeInstant.zero + instant)
      for gesture in screen.keys { session.perform(gesture) }
      let text = export(session.model, as: format ?? (svg ? .svg : .text))
      try printWhole(text)
    }
  }
}

extension Session {
  /// Presses a key, or lets time pass.
  mutating func perform(_ gesture: Gesture) {
    switch gesture {
    case .key(let key): handle(.key(key))
    case .wait(let duration): play(for: duration)
    }
  }
}
