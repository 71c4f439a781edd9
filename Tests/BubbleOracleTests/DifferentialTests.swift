import BubbleOracle
import Foundation
import Testing

/// The comparison with the installed Erlang/OTP.
@Suite struct DifferentialTests {
  @Test(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
  func `random scenarios go as in the installed OTP`() throws {
    let oracle = try ErlangOracle(sources: Scenarios.folder.appendingPathComponent("src"))
    defer { #expect(throws: Never.self) { try oracle.remove() } }
    var differential = Differential(oracle: oracle)
    let seeds = UInt64(1)...100
    let summary = try differential.run(seeds: seeds, includesTimed: false) { _ in }
    for mismatch in summary.mismatches {
      Issue.record(
        """
        \(mismatch.report)
        reproduce with: swift run dev oracle --differential 1 --seed \(mismatch.seed)
        """)
    }
    #expect(summary.passed + summary.undecided.count + summary.leftOut == seeds.count)
    #expect(summary.undecided.count <= 5, "\(summary.undecided)")
  }

  @Test(
    .enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"),
    arguments: BehaviourGenerator.Behaviour.allCases)
  func `random state machines and event managers go as in the installed OTP`(
    behaviour: BehaviourGenerator.Behaviour
  ) throws {
    let oracle = try ErlangOracle(sources: Scenarios.folder.appendingPathComponent("src"))
    defer { #expect(throws: Never.self) { try oracle.remove() } }
    var differential = Differential(oracle: oracle, behaviour: behaviour)
    let summary = try differential.run(seeds: 501...540) { _ in }
    for mismatch in summary.mismatches {
      Issue.record("seed \(mismatch.seed) of \(behaviour.rawValue)\n\(mismatch.report)")
    }
    #expect(summary.passed + summary.undecided.count == 40)
    #expect(summary.passed > 20, "\(summary.undecided)")
  }

  @Test(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
  func `a difference from the installed OTP is found`() throws {
    var oracle = try ErlangOracle(sources: Scenarios.folder.appendingPathComponent("src"))
    defer { #expect(throws: Never.self) { try oracle.remove() } }
    let quirk = try #require(Scenarios.hand.first { $0.name.hasPrefix("quirk") }).scenario()
    let trace = try #require(try oracle.traces(of: [quirk]).first ?? nil)
    #expect(TraceDifference(expected: trace, actual: OracleRunner.trace(of: quirk)).report != nil)
  }

  @Test(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
  func `an oracle that does not compile is told`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("no-oracle-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
    try Data("-module(broken).\nx(".utf8).write(to: folder.appendingPathComponent("broken.erl"))
    #expect(throws: ErlangOracle.Failure.self) {
      try ErlangOracle(sources: folder, workFolder: folder)
    }
  }
}
