import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleSimulation
import Foundation

/// Takes recordings, and steps through those that it could read.
struct RecordingTarget: FuzzTarget {
  /// Turns in which a recorded run may tell nothing here.
  private static let quiet = 20_000

  private let recordings: [[UInt8]]

  /// Records some demos, in each of which somebody is killed.
  init() throws {
    recordings = try ["dynamic", "elixir", "shop", "one-for-all"].compactMap { name in
      guard let demo = Demo.named(name) else { return nil }
      return try Self.recording(of: demo)
    }
  }

  private static func recording(of demo: Demo) throws -> [UInt8] {
    var machine = SimulatedSubject(try demo.scenario().machine(seed: 7))
    while machine.advance(to: .zero + .seconds(1)) != .idle {}
    machine.apply(.process(PID(4), .kill), by: .key("x"))
    machine.startChaos(FaultPlan(rate: FaultRate(perHour: 7200)), seed: 3)
    while machine.advance(to: .zero + .seconds(2)) != .idle {}
    var header = RecordingHeader(
      scenario: demo.name, seed: 7, program: "fuzz", source: demo.text)
    header.names = .addressed
    return header.bytes + machine.journal.done.flatMap { RecordingLine.act($0).bytes }
      + machine.takeEvents().flatMap { RecordingLine.event($0).bytes }
      + RecordingLine.end(machine.now).bytes
  }

  func input(seed: UInt64) -> [UInt8] {
    var mutation = Mutation(seed: seed)
    let bytes = mutation.one(of: recordings)
    // The header is long, and a scenario of its own kind; most damage is for what follows it.
    guard mutation.number(below: 8) > 0, let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
      return mutation.damage(bytes, places: 4)
    }
    return bytes[...end] + mutation.damage(Array(bytes[(end + 1)...]), places: 4)
  }

  func problem(with input: [UInt8]) -> String? {
    do {
      let recording = try Recording(
        Data(input), program: "fuzz", sourceLimit: Scenario.Limits.fileSize)
      let scenario = try Scenario(
        yaml: recording.source, file: "fuzz.yaml", registering: recording.header.registeredNames)
      try stepThrough(recording, of: scenario)
      return nil
    } catch let error as RecordingError {
      return controlProblem(in: error.message(about: "fuzz"), of: "what is said of a recording")
    } catch {
      return controlProblem(in: "\(error)", of: "what is said of its scenario")
    }
  }

  private func stepThrough(_ recording: Recording, of scenario: Scenario) throws {
    var machine = scenario.machine(seed: recording.header.seed)
    machine.tellsRefusals = recording.header.tellsRefusals
    var comparison = RecordingComparison(with: recording)
    var session = try Session(
      replaying: SimulatedSubject(machine, journal: Journal(ahead: recording.acts)),
      model: ConsoleModel(scenario: "fuzz", size: Size(columns: 80, rows: 24)),
      until: RecordedEnd(event: recording.lastEvent, instant: recording.end),
      atMostQuiet: Self.quiet
    ) { (events: [Event]) throws(RecordingError) in try comparison.compare(events) }
    try comparison.finish()
    session.worksInSlices = true
    for _ in 0..<3 { session.handle(.key(.character("."))) }
    _ = render(session.model)
  }
}
