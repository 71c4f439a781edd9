import BubbleOracle
import Testing

/// Every recorded scenario of several nodes, as real Erlang nodes did it.
@Suite struct NodeConformanceTests {
  @Test func `all scenarios of several nodes are there`() {
    #expect(Scenarios.nodesByHand.count == 152)
    #expect(Scenarios.randomNodes.count == 350)
  }

  @Test(arguments: Scenarios.nodesByHand)
  func `a situation between nodes goes as between Erlang nodes`(
    scenario: RecordedScenario
  ) throws {
    try compare(scenario)
  }

  @Test(arguments: Scenarios.randomNodes)
  func `a random scenario of several nodes goes as between Erlang nodes`(
    scenario: RecordedScenario
  ) throws {
    try compare(scenario)
  }

  private func compare(_ scenario: RecordedScenario) throws {
    if let report = try scenario.difference() { Issue.record("\(scenario.name)\n\(report)") }
  }
}
