import BubbleEvents
import BubbleScenarios
import Testing

/// Numbers that no person would write are refused, or counted on from.
@Suite struct HostileNumberTests {
  private func refusals(_ run: ScenarioRun) -> Int {
    run.events.count { if case .requestRefused = $0.kind { true } else { false } }
  }

  @Test(arguments: [
    ("messages", Int.max, 1), ("messages", 1_000_000_000_000_001, 1), ("messages", -1, 1),
    ("messages", 1_000_000_000_000_000, 0), ("total", Int.max, 0), ("total", Int.min, 0),
  ])
  func `a count is set to what can be counted on from, a part of the state to anything`(
    field: String, value: Int, refused: Int
  ) throws {
    let run = try ScenarioRun(
      a: "tick: 100 ms, state: {total: +\(Int.max)}",
      script: "[{at: 1 s, set: a, field: \(field), value: \(value)}]", seconds: 3)
    #expect(refusals(run) == refused)
    #expect(run.starts(of: "a").count == 1)
  }

  @Test(arguments: [(Int.max, 1), (7, 0)])
  func `the events of a state machine are counted like messages`(value: Int, refused: Int) throws {
    let run = try ScenarioRun(
      a: "states: {idle: {on: {go: idle}}}",
      others: "{worker: b, casts: {to: a, message: go, every: 100 ms}}",
      script: "[{at: 1 s, set: a, field: events, value: \(value)}]", seconds: 3)
    #expect(refusals(run) == refused)
    #expect(run.starts(of: "a").count == 1)
  }
}
