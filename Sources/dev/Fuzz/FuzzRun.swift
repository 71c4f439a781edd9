import ArgumentParser
import Foundation

/// Has inputs tried in programs of their own, and shortens the first one that fails.
struct FuzzRun {
  /// Seconds that one input may take, on a machine that does other things too and in a program
  /// that was built for tests.
  static let patience = 20
  /// How often a shorter input is tried.
  private static let attempts = 300

  let kind: FuzzKind
  let seed: UInt64
  let count: Int
  let seconds: Int?

  /// - Throws: `ExitCode.failure` when an input fails.
  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { remove(folder) }
    let notes = folder.appendingPathComponent("seed")
    try Data(count: 8).write(to: notes)
    var arguments = ["--seed", "\(seed)", "--count", "\(count)", "--progress", notes.path]
    if let seconds { arguments += ["--seconds", "\(seconds)"] }
    guard let failure = try end(of: arguments, whileChanging: notes) else {
      print("fuzz \(kind.rawValue): all was answered, from seed \(seed) on")
      return
    }
    let failed = try lastSeed(in: notes)
    let target = try kind.target()
    let input = try shortened(target.input(seed: failed), failure, in: folder)
    print("fuzz \(kind.rawValue): \(failure) with --seed \(failed) --count 1; shortened to")
    print(target.shown(input))
    throw ExitCode.failure
  }

  private func remove(_ folder: URL) {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      print("fuzz: \(folder.path) is left: \(error)")
    }
  }

  private func lastSeed(in notes: URL) throws -> UInt64 {
    try Data(contentsOf: notes).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  // MARK: - Programs

  /// How a program that tries inputs failed; nil when it did not.
  private enum Failure: Equatable, CustomStringConvertible {
    case trapped(Int32)
    case hung
    case wrong(String)

    var description: String {
      switch self {
      case .trapped(let signal): "a trap (signal \(signal))"
      case .hung: "a hang of \(patience) s"
      case .wrong(let problem): "a wrong answer (\(problem))"
      }
    }

    /// Whether it is the same failure of a shorter input, whose words may differ.
    func isLike(_ other: Failure?) -> Bool {
      switch (self, other) {
      case (.trapped, .trapped), (.hung, .hung), (.wrong, .wrong): true
      default: false
      }
    }
  }

  private func end(of arguments: [String], whileChanging notes: URL) throws -> Failure? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = ["fuzz", kind.rawValue] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    var seen = try Data(contentsOf: notes)
    var changed = ContinuousClock.now
    while process.isRunning {
      usleep(20_000)
      let now = try Data(contentsOf: notes)
      if now != seen { (seen, changed) = (now, .now) }
      guard changed.duration(to: .now) > .seconds(Self.patience) else { continue }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      return .hung
    }
    process.waitUntilExit()
    if process.terminationReason == .uncaughtSignal { return .trapped(process.terminationStatus) }
    guard process.terminationStatus != 0 else { return nil }
    let words = output.fileHandleForReading.readDataToEndOfFile().prefix(2000)
    return .wrong(
      String(decoding: words, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "")
  }

  // MARK: - Shortening

  /// The shortest input found that fails likewise: stretches of it are left out, long ones first.
  private func shortened(_ input: [UInt8], _ failure: Failure, in folder: URL) throws -> [UInt8] {
    let file = folder.appendingPathComponent("input")
    var best = input
    var attempts = failure == .hung ? 20 : Self.attempts
    var length = max(1, best.count / 2)
    while attempts > 0 {
      var start = 0
      var hasShrunk = false
      while start < best.count, attempts > 0 {
        attempts -= 1
        let shorter = Array(best[..<start] + best[min(best.count, start + length)...])
        try Data(shorter).write(to: file)
        if failure.isLike(try end(of: ["--input", file.path], whileChanging: file)) {
          best = shorter
          hasShrunk = true
        } else {
          start += length
        }
      }
      if length == 1, !hasShrunk { break }
      length = max(1, length / 2)
    }
    return best
  }
}
