import ArgumentParser
import BubbleCells
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTree
import Foundation

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Run a scenario without a screen and print its events.",
    discussion: """
      One line an event: instant, number, what happened, and the event that caused it. The same
      seed gives the same bytes on every run.
      """)

  @Argument(help: "A scenario file, or a demo's name.", completion: .file(extensions: ["yaml"]))
  var scenario: String

  @Option(help: "The seed of everything that is left to chance.")
  var seed: UInt64?

  @Option(
    name: .customLong("for"), help: "How much of the machine's time to run: 10s, 5min.",
    transform: parseDuration)
  var duration: Duration = .seconds(60)

  @Flag(help: "Print JSON Lines instead of text.")
  var json = false

  @Flag(help: "Also print every message sent and handled.")
  var messages = false

  func run() throws {
    try complaining {
      let source = try Source.named(scenario)
      var machine = source.machine(seed: seed)
      if messages { machine.tellMessages(true) }
      var writer = TraceWriter(isJSON: json)
      writer.writeHeader(scenario: source.scenario.name, seed: source.seed(seed))
      let end = RuntimeInstant.zero + duration
      while true {
        let progress = machine.advance(to: end)
        writer.write(machine.takeEvents())
        if case .idle = progress { break }
      }
      writer.flush()
    }
  }
}

/// Prints events as they come, in blocks.
private struct TraceWriter {
  let isJSON: Bool
  private var block: [UInt8] = []
  private var text = EventText()
  private let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  init(isJSON: Bool) { self.isJSON = isJSON }

  mutating func writeHeader(scenario: String, seed: UInt64) {
    guard isJSON else { return }
    append(encoding: RecordingHeader(scenario: scenario, seed: seed))
  }

  mutating func write(_ events: [Event]) {
    for event in events {
      if isJSON {
        block += RecordingLine.event(event).bytes
      } else {
        block.append(contentsOf: sanitised(text.line(for: event)).utf8)
        block.append(UInt8(ascii: "\n"))
      }
    }
    if block.count > 1 << 16 { flush() }
  }

  mutating func flush() {
    FileHandle.standardOutput.write(Data(block))
    block.removeAll(keepingCapacity: true)
  }

  private mutating func append(encoding value: some Encodable) {
    do {
      block.append(contentsOf: try encoder.encode(value))
      block.append(UInt8(ascii: "\n"))
    } catch {
      preconditionFailure("an event can always be encoded: \(error)")
    }
  }
}
