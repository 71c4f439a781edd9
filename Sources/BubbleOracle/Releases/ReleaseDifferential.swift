internal import BubbleReleaseFiles

/// Random releases through the installed systools and through ours, compared.
package struct ReleaseDifferential {
  /// What a run came to.
  package struct Summary {
    /// How many cases had the same answer.
    package var passed = 0
    /// How many of those were not refused.
    package var made = 0
    /// The seeds of those that had not, with what differs.
    package var mismatches: [(seed: UInt64, report: String)] = []
    /// Seeds that systools crashed at, or did not end with.
    package var undecided: [UInt64] = []
  }

  private let oracle: ReleaseOracle
  private let batch: UInt64 = 250

  package init(oracle: ReleaseOracle) {
    self.oracle = oracle
  }

  /// Runs the cases of the seeds; `progress` is told how many are done.
  package func run(
    seeds: ClosedRange<UInt64>, progress: (Int) -> Void
  ) throws -> Summary {
    var summary = Summary()
    var next = seeds.lowerBound
    while next <= seeds.upperBound {
      let last = min(seeds.upperBound, next + batch - 1)
      try compare(next...last, into: &summary)
      progress(Int(last - seeds.lowerBound) + 1)
      next = last + 1
    }
    return summary
  }

  private func compare(_ seeds: ClosedRange<UInt64>, into summary: inout Summary) throws {
    let text = seeds.map { ReleaseGenerator.text(seed: $0) }.joined()
    let cases = try TermFile(text: text, name: "cases")
    let answers = try TermFile(try oracle.answers(to: text), name: "answers")
    guard cases.terms.count == answers.terms.count else {
      throw ReleaseCase.Malformed(name: "answers")
    }
    for (seed, (term, answer)) in zip(seeds, zip(cases.terms, answers.terms)) {
      let theirs = try ReleaseAnswer(answer, in: answers)
      let ours = try ReleaseCase(term, in: cases).answer(ordersFrom: theirs)
      if let report = ReleaseAnswer.difference(theirs: theirs, ours: ours) {
        if theirs.isFailure {
          summary.undecided.append(seed)
        } else {
          summary.mismatches.append((seed, report))
        }
        continue
      }
      summary.passed += 1
      if case .refused = theirs { continue }
      summary.made += 1
    }
  }
}
