import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleSimulation
import BubbleTestSupport
import BubbleTree
import Foundation
import Testing

/// Recordings that are read, whatever wrote them.
@Suite struct RecordingTests {
  /// A run of a demo with somebody killed in it, and its recording as text.
  struct Run {
    var machine: SimulatedSubject
    var acts: [RecordedAct] = []
    var events: [Event] = []

    init(_ name: String, kills: Bool = false) throws {
      let demo = try #require(Demo.named(name))
      machine = SimulatedSubject(try demo.scenario().machine(seed: 7))
      run(.seconds(2))
      if kills {
        machine.apply(.process(PID(3), .kill), by: .key("x"))
        run(.seconds(2))
      }
    }

    mutating func run(_ span: Duration) {
      let end = machine.now + span
      while machine.advance(to: end) != .idle {}
      events += machine.takeEvents()
    }

    /// The lines, header first.
    var lines: [String] {
      let header = RecordingHeader(scenario: "x", seed: 7, program: "2.0", source: "name: x")
      let acts = machine.journal.done.map { RecordingLine.act($0).bytes }
      let events = events.map { RecordingLine.event($0).bytes }
      return ([header.bytes] + acts + events).map { String(decoding: $0.dropLast(), as: UTF8.self) }
    }
  }

  private func read(_ lines: [String]) throws(RecordingError) -> Recording {
    try Recording(Data((lines.joined(separator: "\n") + "\n").utf8), program: "2.0")
  }

  /// The line with its fields the other way round.
  private static func reversed(_ line: String) throws -> String {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let fields = try object.keys.sorted().reversed().map { key in
      let value = try JSONSerialization.data(
        withJSONObject: object[key] ?? 0, options: [.fragmentsAllowed, .sortedKeys])
      return "\"\(key)\" : " + String(decoding: value, as: UTF8.self)
    }
    return "{ " + fields.joined(separator: " , ") + " }"
  }

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "swarm" })
  func `the run of every demo is read back`(name: String) throws {
    let run = try Run(name)
    let recording = try read(run.lines)
    #expect(recording.lastEvent == run.events.last?.id)
    #expect(recording.end == run.events.last?.instant)
    #expect(!recording.isCut && !recording.isWhole)
    var comparison = RecordingComparison(with: recording)
    for event in run.events { try comparison.compare([event]) }
    try comparison.finish()
  }

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "swarm" }, [UInt64(1), 2, 3])
  func `a recording that was interrupted anywhere is stepped through to its end`(
    name: String, seed: UInt64
  ) throws {
    let run = try Run(name, kills: true)
    let bytes = Array((run.lines.joined(separator: "\n") + "\n").utf8)
    var chance = SplitMix64(seed: seed)
    let header = try #require(bytes.firstIndex(of: 10)) + 1
    let end = Int.random(in: header...bytes.count, using: &chance)
    let recording = try Recording(Data(bytes.prefix(end)), program: "2.0")
    var machine = try #require(Demo.named(name)).scenario().machine(seed: 7)
    machine.tellsRefusals = true
    var comparison = RecordingComparison(with: recording)
    var session = try Session(
      replaying: SimulatedSubject(machine, journal: Journal(ahead: recording.acts)),
      model: ConsoleModel(
        scenario: name, size: Size(columns: 80, rows: 24), view: .table,
        options: ConsoleOptions(motion: .none)),
      until: RecordedEnd(event: recording.lastEvent, instant: recording.end)
    ) { (events: [Event]) throws(RecordingError) in try comparison.compare(events) }
    try comparison.finish()
    var steps = 0
    while session.playback.isPast, steps < 10_000 {
      session.handle(.key(.character(".")))
      steps += 1
    }
    #expect(!session.playback.isPast)
    #expect(session.model.tree.lastEvent >= recording.lastEvent)
  }

  @Test func `the end of a recording that was cut off is not before its last act`() throws {
    let run = try Run("shop", kills: true)
    let act = try #require(run.machine.journal.done.last)
    let recording = try read(Array(run.lines.prefix(5)))
    #expect(recording.acts.last == act)
    #expect(recording.end == act.position.instant)
  }

  @Test func `a scenario in a recording may be as long as one in a file, and escapes do not count`()
    throws
  {
    let lines = try Run("shop").lines
    let text = lines.joined(separator: "\n") + "\n"
    #expect(throws: Never.self) {
      try Recording(Data(text.utf8), program: "2.0", sourceLimit: 100)
    }
    let long = RecordingHeader(
      scenario: "x", seed: 7, program: "2.0", source: String(repeating: "x\u{1}", count: 51))
    #expect(throws: RecordingError.damagedHeader("the scenario in it has more than 100 bytes")) {
      try Recording(
        Data(
          RecordingHeader(
            scenario: "x", seed: 7, program: "2.0", source: String(repeating: "x", count: 101)
          ).bytes), program: "2.0", sourceLimit: 100)
    }
    #expect(throws: Never.self) {
      try Recording(Data(long.bytes), program: "2.0", sourceLimit: 103)
    }
  }

  @Test(arguments: ["elixir", "shop"])
  func `the order of fields means nothing`(name: String) throws {
    let run = try Run(name, kills: true)
    let lines = try run.lines.map(Self.reversed)
    let recording = try read(lines)
    #expect(recording.lastEvent == run.events.last?.id)
    #expect(recording.acts == Array(run.machine.journal.done))
    var comparison = RecordingComparison(with: recording)
    try comparison.compare(run.events)
    try comparison.finish()
  }

  @Test func `what goes back has not happened`() throws {
    let run = try Run("shop", kills: true)
    var lines = run.lines
    let back = String(
      decoding: RecordingLine.back(event: 5, acts: 0).bytes.dropLast(), as: UTF8.self)
    lines += [back, lines[2 + 5], #"{"end":9000000000}"#]
    let recording = try read(lines)
    #expect(recording.lastEvent == 6 && recording.acts == [])
    #expect(recording.isWhole && recording.end == RuntimeInstant(nanoseconds: 9_000_000_000))
    var comparison = RecordingComparison(with: recording)
    try comparison.compare(Array(run.events.prefix(6)))
    try comparison.finish()
  }

  @Test func `a line that is cut off is left out`() throws {
    let lines = try Run("shop").lines
    let text = lines.prefix(9).joined(separator: "\n") + "\n" + lines[9].dropLast()
    let recording = try Recording(Data(text.utf8), program: "2.0")
    #expect(recording.isCut && recording.lastEvent == 8)
  }

  @Test func `a run that ends early, or otherwise, is told`() throws {
    let run = try Run("shop")
    let recording = try read(run.lines)
    var comparison = RecordingComparison(with: recording)
    try comparison.compare(Array(run.events.prefix(3)))
    let last = recording.lastEvent
    #expect(throws: RecordingError.endsEarly(event: 3, recorded: last)) { try comparison.finish() }
    var event = run.events[3]
    event.kind = .limitReached(pid: nil, limit: "x")
    #expect(throws: RecordingError.different(line: 5, event: 4, writtenBy: "2.0", program: "2.0")) {
      try comparison.compare([event])
    }
  }

  @Test(arguments: [
    (["what?"], RecordingError.noHeader),
    ([#"{"format":99,"program":"9.0"}"#], .newerFormat(99, writtenBy: "9.0", program: "2.0")),
    ([#"{"format":1,"scenario":"x","seed":1}"#], .trace),
    (
      [#"{"format":0,"scenario":"x","seed":1,"source":""}"#], .damagedHeader("there is no format 0")
    ),
    ([header, "{}"], .damaged(line: 2, "“end” is missing")),
    ([header, #"{"event":"linked","id":2}"#], .damaged(line: 2, "event 2 follows event 0")),
    (
      [header, #"{"end":1}"#, #"{"end":1}"#],
      .damaged(line: 3, "something follows the end of the recording")
    ),
    ([header, #"{"end":-1}"#], .damaged(line: 2, "a place in a run is not below 0")),
    (
      [header, #"{"act":"stop_chaos","at":9,"steps":1}"#, #"{"end":8}"#],
      .damaged(line: 3, "it ends before the last act was done")
    ),
    (
      [header, #"{"acts":1,"back":0}"#],
      .damaged(line: 2, "it goes back to where the recording never was")
    ),
  ])
  func `damage is told with its line`(lines: [String], error: RecordingError) {
    #expect(throws: error) { _ = try read(lines) }
  }

  private static let header = #"{"format":1,"scenario":"x","seed":1,"source":"name: x"}"#
}
