import ArgumentParser
import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleScripts
import BubbleSession
import BubbleTree
import Foundation

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Run a scenario without a screen and print its events.",
    discussion: """
      One line an event: instant, number, process, what happened.
      The same seed gives the same bytes on every run.
      The JSON Lines of --json can be opened by bubbles replay.
      """)

  @Argument(help: "A scenario file, or a demo's name.", completion: .file(extensions: ["yaml"]))
  var scenario: String

  @Option(help: "Where chance begins (default: the scenario's own, or 1).")
  var seed: UInt64?

  @Option(
    name: .customLong("for"),
    help: "How much of the machine's time to run: 10s, 5min (default: 60s).",
    transform: parseDuration)
  var duration: Duration = .seconds(60)

  @Flag(help: "Print JSON Lines instead of text.")
  var json = false

  @Flag(help: "Also print every message sent and handled.")
  var messages = false

  @Flag(
    help: ArgumentHelp(
      "Present the scenario's script step by step, as a test.",
      discussion:
        "The exit code is 1 when something waited for does not happen, or an expectation fails."
    ))
  var script = false

  func run() throws {
    try complaining {
      let source = try Source.named(scenario)
      if script { return try present(source) }
      var machine = source.machine(seed: seed)
      if messages { machine.tellMessages(true) }
      var writer = EventPrinter(isJSON: json)
      writer.writeHeader(of: source, seed: source.seed(seed), isRecording: !messages)
      let end = RuntimeInstant.zero + duration
      while true {
        let progress = machine.advance(to: end)
        try writer.write(machine.takeEvents())
        if case .idle = progress { break }
      }
      try writer.flush()
    }
  }
}

extension TraceCommand {
  /// Presents the script without a screen, and prints what happens.
  private func present(_ source: Source) throws {
    guard !source.scenario.script.isEmpty else {
      throw Complaint.data("\(sanitised(scenario)) has no script to present; see docs/SCRIPTS.md")
    }
    let model = ConsoleModel(
      scenario: source.scenario.name, seed: source.seed(seed), size: Size(columns: 80, rows: 24),
      view: .log, options: ConsoleOptions(motion: .none))
    var session = Session(
      subject: source.machine(seed: seed), model: model, showsStart: source.scenario.showsStart)
    session.prepare(source.scenario.script)
    var writer = EventPrinter(isJSON: json)
    writer.writeHeader(of: source, seed: source.seed(seed), isRecording: false)
    var written: Event.ID = 0
    while true {
      session.finishCue()
      let events = session.model.tree.events(after: written)
      try writer.write(events)
      written = events.last?.id ?? written
      guard session.hasNextCue else { break }
      session.nextCue()
    }
    try writer.flush()
    guard session.scriptFailures.isEmpty else {
      let failures = session.scriptFailures.map { "\(source.scenario.name): \($0)" }
      throw Complaint(message: sanitised(failures.joined(separator: "; ")), code: EXIT_FAILURE)
    }
  }
}
