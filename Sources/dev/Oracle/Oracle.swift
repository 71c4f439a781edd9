import ArgumentParser
import BubbleOracle
import Foundation

/// Runs supervision scenarios and compares the traces with those of the real OTP.
struct Oracle: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run supervision scenarios; print their traces, or check them against OTP's.",
    discussion: """
      A scenario is one JSON file; Tests/Oracle/FORMAT.md describes it. Without an option its \
      trace is printed.

      With --check each NAME.json of the given folders is compared with the NAME.trace.jsonl \
      beside it, or in --expected; scenarios marked as quirks of OTP are left out.

      With --differential new random scenarios go through the installed erl and through this \
      runtime. The first mismatch is made as small as possible and printed. Run it at the top of \
      the checkout.
      """)

  @Argument(help: "Scenario files, or folders of them.", completion: .file())
  var paths: [String] = []

  @Flag(help: "Compare with the expected traces.")
  var check = false

  @Option(help: "The folder of the expected traces, when it is another one.")
  var expected: String?

  @Option(help: ArgumentHelp("Compare that many random scenarios with erl.", valueName: "N"))
  var differential: Int?

  @Option(help: "The seed of the first random scenario; the next ones have the next seeds.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Random scenarios of a gen_statem or a gen_event, or random releases and their upgrades, not "
        + "supervision trees.",
      valueName: "gen_statem|gen_event|release"))
  var behaviour: OracleSubject?

  @Flag(help: "Print the random scenario of --seed and run nothing.")
  var generate = false

  func validate() throws {
    if generate {
      if seed == nil { throw ValidationError("--generate needs a --seed.") }
    } else if let differential {
      if differential < 1 { throw ValidationError("--differential needs at least 1.") }
      if !paths.isEmpty || check {
        throw ValidationError("--differential makes its own scenarios: give no files.")
      }
      if let seed, seed > UInt64(Int.max) { throw ValidationError("--seed is too large.") }
    } else if paths.isEmpty {
      throw ValidationError("Give scenario files or folders, or --differential N.")
    } else if seed != nil {
      throw ValidationError("--seed goes with --differential.")
    }
  }

  func run() throws {
    if generate, let seed {
      return print(OracleSubject.text(of: behaviour, seed: seed))
    }
    if let differential {
      switch behaviour {
      case .release: return try ReleaseDifferentialRun(count: differential, seed: seed).run()
      case .behaviour(let behaviour):
        return try DifferentialRun(count: differential, seed: seed, behaviour: behaviour).run()
      case nil: return try DifferentialRun(count: differential, seed: seed).run()
      }
    }
    let scenarios = try paths.flatMap(scenarios)
    guard check else {
      for scenario in scenarios {
        for record in RecordedScenario.trace(of: try scenario.scenario()) { print(record.encoded) }
      }
      return
    }
    try compare(scenarios)
  }

  private func compare(_ scenarios: [RecordedScenario]) throws {
    var passed = 0
    var failed = 0
    for scenario in scenarios {
      switch try scenario.verdict() {
      case .same: passed += 1
      case .quirk: print("left out, a known fault of OTP: \(scenario.name)")
      case .different(let report):
        failed += 1
        print("FAIL \(scenario.name)\n\(report)")
      }
    }
    print("\(passed) passed, \(failed) failed")
    if failed > 0 || passed == 0 { throw ExitCode.failure }
  }

  private func scenarios(_ path: String) throws -> [RecordedScenario] {
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ValidationError("There is no file \(path).")
    }
    let traces = expected.map { URL(fileURLWithPath: $0) }
    guard isFolder.boolValue else { return [RecordedScenario(file: url, traceIn: traces)] }
    return try RecordedScenario.all(in: url, tracesIn: traces)
  }
}
