import BubbleOracle
import Testing

/// Every recorded scenario, event for event as a real Erlang/OTP did it.
@Suite struct ConformanceTests {
  @Test func `all scenarios are there`() {
    #expect(Scenarios.hand.count == 194)
    #expect(Scenarios.random.count == 300)
  }

  @Test(arguments: Scenarios.hand)
  func `a situation of OTP's own tests goes as in OTP`(scenario: RecordedScenario) throws {
    try compare(scenario)
  }

  @Test(arguments: Scenarios.random)
  func `a random scenario goes as in OTP`(scenario: RecordedScenario) throws {
    try compare(scenario)
  }

  /// The faults of OTP are not copied: they show in the run as known issues, with this reason.
  private func compare(_ scenario: RecordedScenario) throws {
    switch try scenario.verdict() {
    case .same: break
    case .different(let report): Issue.record("\(scenario.name)\n\(report)")
    case .quirk:
      let note = try scenario.scenario()["note"]?.string ?? "a fault of OTP"
      withKnownIssue("\(scenario.name): \(note)") {
        if let report = try scenario.difference() { Issue.record("\(report)") }
      }
    }
  }
}
