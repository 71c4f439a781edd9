import ArgumentParser
import Foundation

/// Sends hostile inputs at one part of the program until one of them is not answered as it must be.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Send hostile inputs at what reads them, and shorten the first one that fails.",
    discussion: """
      An input is one file, recording, term or picture, one line (chat), or some keys. They follow \
      from the seed, each from its own: what fails is tried again with --seed and --count 1. Each \
      is tried in a program of its own, which may take \(FuzzRun.patience) s and \
      \(FuzzWorker.memoryLimit >> 20) MB. The exit code is 1 when one traps, hangs or is answered \
      wrongly.
      """)

  @Argument(help: "What to try: \(FuzzKind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: FuzzKind

  @Option(help: "The seed of the first input; each further one has the next.")
  var seed: UInt64 = 1

  @Option(help: "How many inputs to try.")
  var count = 1000

  @Option(help: "For how many seconds at most.")
  var seconds: Int?

  /// Where the program that tries them notes which one is tried.
  @Option(help: .private)
  var progress: String?

  /// A file with the one input to try.
  @Option(help: .private)
  var input: String?

  func validate() throws {
    guard count > 0 else { throw ValidationError("--count is a number from 1") }
    guard seed.addingReportingOverflow(UInt64(count)).overflow == false else {
      throw ValidationError("there are no \(count) seeds from \(seed) on")
    }
    if let seconds, seconds < 1 { throw ValidationError("--seconds is a number from 1") }
  }

  func run() throws {
    if let input {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: input)))
      return try FuzzWorker(kind: kind).tryOnly(bytes)
    }
    if let progress {
      let end = seconds.map { ContinuousClock.now + .seconds($0) }
      return try FuzzWorker(kind: kind).tryAll(
        seed..<seed + UInt64(count), until: end, notingIn: progress)
    }
    try FuzzRun(kind: kind, seed: seed, count: count, seconds: seconds).run()
  }
}

extension FuzzKind: ExpressibleByArgument {}
