import BubbleOracle
import Testing

/// State machines and event managers, line for line as a real Erlang/OTP ran them.
@Suite struct BehaviourTests {
  @Test func `the scenarios of behaviours are there`() {
    #expect(Scenarios.behaviours.count >= 200)
  }

  @Test(arguments: Scenarios.behaviours)
  func `a state machine or an event manager goes as in OTP`(scenario: RecordedScenario) throws {
    if case .different(let report) = try scenario.verdict() {
      Issue.record("\(scenario.name)\n\(report)")
    }
  }

  @Test(arguments: BehaviourGenerator.Behaviour.allCases)
  func `a seed always gives the same scenario, another one another`(
    behaviour: BehaviourGenerator.Behaviour
  ) {
    let scenario = BehaviourGenerator.scenario(behaviour, seed: 7)
    #expect(scenario == BehaviourGenerator.scenario(behaviour, seed: 7))
    #expect(scenario != BehaviourGenerator.scenario(behaviour, seed: 8))
  }
}
