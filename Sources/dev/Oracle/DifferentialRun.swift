import ArgumentParser
import BubbleOracle
import Foundation

/// Compares random scenarios with the installed erl and prints what came of it.
struct DifferentialRun {
  var count: Int
  /// The first seed; another one each second when none is given.
  var seed: UInt64?
  /// State machines or event managers in place of supervision trees.
  var behaviour: BehaviourGenerator.Behaviour?

  func run() throws {
    let first = seed ?? UInt64(Date().timeIntervalSince1970)
    let last = first + UInt64(count - 1)
    let oracle: ErlangOracle
    do {
      oracle = try ErlangOracle(sources: URL(fileURLWithPath: "Tests/Oracle/src"))
    } catch let failure as ErlangOracle.Failure {
      complain("dev oracle: \(failure)")
      throw ExitCode(69)
    }
    defer { remove(oracle) }
    print("\(count) scenarios, seeds \(first) to \(last)")
    var differential = Differential(oracle: oracle, behaviour: behaviour)
    let summary = try differential.run(seeds: first...last) { complain("\($0) of \(count)") }
    if let mismatch = summary.mismatches.first {
      show(mismatch, "as generated")
      if behaviour == nil { show(try differential.shrunk(mismatch), "smallest") }
      for other in summary.mismatches.dropFirst() {
        print("FAIL seed \(other.seed)\n\(other.report)")
      }
    }
    if !summary.undecided.isEmpty {
      let seeds = summary.undecided.sorted().map(String.init).joined(separator: ", ")
      print("OTP gave no trace in time, or two different ones: seeds \(seeds)")
    }
    print(
      "\(summary.passed) passed, \(summary.mismatches.count) failed, "
        + "\(summary.undecided.count) undecided")
    if !summary.mismatches.isEmpty { throw ExitCode.failure }
  }

  private func show(_ mismatch: Differential.Mismatch, _ which: String) {
    print(
      """
      FAIL seed \(mismatch.seed), \(which)
      \(mismatch.report)
        \(mismatch.scenario.encoded)
        reproduce with: swift run dev oracle --differential 1 --seed \(mismatch.seed)\(suffix)
      """)
  }

  private var suffix: String { behaviour.map { " --behaviour \($0.rawValue)" } ?? "" }

  private func remove(_ oracle: ErlangOracle) {
    do {
      try oracle.remove()
    } catch {
      complain("dev oracle: \(error)")
    }
  }

  private func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
