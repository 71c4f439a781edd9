/// Random scenarios through a real OTP and through this runtime, compared.
package struct Differential {
  /// One scenario that differs.
  package struct Mismatch {
    package var seed: UInt64
    package var scenario: JSONValue
    package var report: String
    /// The field of the trace in which the difference lies.
    package var field: String
  }

  /// What a run came to.
  package struct Summary {
    package var passed = 0
    package var mismatches: [Mismatch] = []
    /// Seeds of scenarios to which OTP itself gave two different traces, or none in time.
    package var undecided: [UInt64] = []
    /// Timed scenarios that were not run.
    package var leftOut = 0
  }

  private var oracle: ErlangOracle
  private let behaviour: BehaviourGenerator.Behaviour?
  private let batch = 250

  /// Without a behaviour the scenarios are supervision trees.
  package init(oracle: ErlangOracle, behaviour: BehaviourGenerator.Behaviour? = nil) {
    self.oracle = oracle
    self.behaviour = behaviour
  }

  private func scenario(_ seed: UInt64) -> JSONValue {
    behaviour.map { BehaviourGenerator.scenario($0, seed: seed) }
      ?? ScenarioGenerator.scenario(seed: seed)
  }

  /// Runs the scenarios of the seeds.
  ///
  /// Those that need seconds of real time come last, or not at all.
  /// `progress` is told how many are done.
  package mutating func run(
    seeds: ClosedRange<UInt64>, includesTimed: Bool = true, progress: (Int) -> Void
  ) throws -> Summary {
    var summary = Summary()
    var done = 0
    var timed: [UInt64] = []
    var next = seeds.lowerBound
    while next <= seeds.upperBound {
      let last = min(seeds.upperBound, next + UInt64(batch - 1))
      let cases = (next...last).map { ($0, scenario($0)) }
      timed += cases.filter { $0.1["timed"] != nil }.map(\.0)
      let quick = cases.filter { $0.1["timed"] == nil }
      try compare(quick, atOnce: 12, seconds: 8, into: &summary)
      done += quick.count
      progress(done)
      next = last + 1
    }
    guard includesTimed else {
      summary.leftOut = timed.count
      return summary
    }
    // These mostly wait, so many go at a time.
    for start in stride(from: 0, to: timed.count, by: 60) {
      let seeds = timed[start..<min(start + 60, timed.count)]
      try compare(
        seeds.map { ($0, scenario($0)) }, atOnce: 60, seconds: 40, into: &summary)
      done += seeds.count
      progress(done)
    }
    return summary
  }

  /// A mismatch again, with as little in its scenario as still differs in the same field.
  package mutating func shrunk(_ mismatch: Mismatch) throws -> Mismatch {
    var smallest = mismatch
    var oracle = oracle
    _ = try ScenarioShrinker.shrink(mismatch.scenario) { candidates in
      // A cut may leave a gate closed; such a scenario never comes to rest and shows nothing.
      let expected = try oracle.traces(of: candidates, atOnce: 20, seconds: 4)
      for (index, candidate) in candidates.enumerated() {
        guard let difference = Self.difference(candidate, expected[index]),
          let report = difference.report, difference.field == mismatch.field,
          try Self.isStable(candidate, expected[index], &oracle)
        else { continue }
        smallest.scenario = candidate
        smallest.report = report
        return index
      }
      return nil
    }
    return smallest
  }

  // MARK: - Comparing

  private mutating func compare(
    _ cases: [(UInt64, JSONValue)], atOnce: Int, seconds: Int, into summary: inout Summary
  ) throws {
    guard !cases.isEmpty else { return }
    let traces = try oracle.traces(of: cases.map(\.1), atOnce: atOnce, seconds: seconds)
    for ((seed, scenario), trace) in zip(cases, traces) {
      guard let trace else {
        summary.undecided.append(seed)
        continue
      }
      guard let difference = Self.difference(scenario, trace), let report = difference.report,
        let field = difference.field
      else {
        summary.passed += 1
        continue
      }
      if try Self.isStable(scenario, trace, &oracle) {
        summary.mismatches.append(
          Mismatch(seed: seed, scenario: scenario, report: report, field: field))
      } else {
        summary.undecided.append(seed)
      }
    }
  }

  /// Nil when OTP left no trace.
  private static func difference(
    _ scenario: JSONValue, _ trace: [JSONValue]?
  ) -> TraceDifference? {
    trace.map { TraceDifference(expected: $0, actual: OracleRunner.trace(of: scenario)) }
  }

  /// Whether OTP, asked twice more and left alone with it, gives the same trace.
  private static func isStable(
    _ scenario: JSONValue, _ trace: [JSONValue]?, _ oracle: inout ErlangOracle
  ) throws -> Bool {
    let again = try oracle.traces(of: [scenario, scenario], atOnce: 1)
    return again.allSatisfy { $0 == trace }
  }
}
