import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleSimulation
import BubbleTree
import Foundation

/// What opening a long recording costs, and going to any moment of it.
enum RecordingBench {
  /// Events of the run: about as many as 100 MB of recording hold.
  private static let events: Event.ID = 780_000

  /// Appends the rows of recordings to `table`.
  static func run(into table: inout BenchTable) throws {
    let scenario = try Scenario(yaml: busy, file: "busy.yaml")
    let machine = SimulatedSubject(simulation: scenario.simulation(seed: 1))
    let end = end(of: machine)
    let model = ConsoleModel(
      scenario: scenario.name, size: Size(columns: 80, rows: 24),
      options: ConsoleOptions(motion: .none))
    let clock = ContinuousClock()
    let beginning = clock.now
    var session = Session(replaying: machine, model: model, until: end) { keep($0) }
    let opening = clock.now - beginning
    table.add(
      "recording of \(end.event) events, opened",
      BenchTable.text(opening.nanoseconds, .nanoseconds), "10 s")
    var times: [Double] = []
    for step in 1..<64 {
      // Far from one another, so that no seek profits from the one before.
      let event = UInt64(step * 37 % 64) * end.event / 64
      times.append(clock.measure { session.seek(to: event) }.nanoseconds)
    }
    times.sort()
    let (middle, most) = (times[times.count / 2], times[times.count - 1])
    table.add(
      "  a seek in it, the middle one and the longest of \(times.count)",
      BenchTable.text(middle, .nanoseconds) + ", " + BenchTable.text(most, .nanoseconds), "100 ms")
  }

  /// Where the machine is after so many events.
  private static func end(of machine: SimulatedSubject) -> RecordedEnd {
    var machine = machine
    var last = Event.ID(0)
    while last < events {
      _ = machine.advance(to: RuntimeInstant(nanoseconds: .max))
      last = machine.takeEvents().last?.id ?? last
    }
    return RecordedEnd(event: last, instant: machine.now)
  }

  /// Forty workers that fail three times a second.
  private static let busy = """
    name: busy
    tree:
      supervisor: busy_sup
      intensity: 100000 in 1 s
      children:

    """
    + (1...40).map { number in
      """
          - worker: w\(number)
            ends: {after: 200 ms to 400 ms, reason: boom, how: error}

      """
    }.joined()
}
