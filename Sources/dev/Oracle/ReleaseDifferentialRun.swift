import ArgumentParser
import BubbleOracle
import Foundation

/// Compares random releases with the installed systools and prints what came of it.
struct ReleaseDifferentialRun {
  var count: Int
  /// The first seed; another one each second when none is given.
  var seed: UInt64?

  func run() throws {
    let first = seed ?? UInt64(Date().timeIntervalSince1970)
    let last = first + UInt64(count - 1)
    let oracle: ReleaseOracle
    do {
      oracle = try ReleaseOracle(sources: URL(fileURLWithPath: "Tests/Oracle/releases"))
    } catch let failure as ErlangOracle.Failure {
      complain("dev oracle: \(failure)")
      throw ExitCode(69)
    }
    let result = Result {
      print("\(count) cases, seeds \(first) to \(last)")
      return try ReleaseDifferential(oracle: oracle).run(seeds: first...last) {
        complain("\($0) of \(count)")
      }
    }
    try oracle.remove()
    let summary = try result.get()
    for mismatch in summary.mismatches { show(mismatch) }
    if !summary.undecided.isEmpty {
      print(
        "systools crashed or did not end: seeds "
          + summary.undecided.map(String.init).joined(separator: ", "))
    }
    print(
      "\(summary.passed) passed, \(summary.made) of them without an error, "
        + "\(summary.mismatches.count) failed, \(summary.undecided.count) undecided")
    if !summary.mismatches.isEmpty { throw ExitCode.failure }
  }

  private func show(_ mismatch: (seed: UInt64, report: String)) {
    print(
      """
      FAIL seed \(mismatch.seed)
      \(mismatch.report)
      \(ReleaseGenerator.text(seed: mismatch.seed))
        reproduce with: swift run dev oracle --behaviour release --differential 1 \
      --seed \(mismatch.seed)
      """)
  }

  private func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
