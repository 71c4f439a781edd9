import Foundation

/// One run of another program, with a limit of time.
struct Command {
  /// How long a tool may take that works for a second, however busy the computer is.
  static let patience: TimeInterval = 600

  struct Outcome {
    /// Its exit code.
    var status: Int32
    /// What it wrote to both outputs, cut to its end.
    var output: String
  }

  var program: URL
  var arguments: [String]
  var environment: [String: String] = [:]
  /// Where its output is kept meanwhile.
  var folder: URL

  /// Where the PATH has that program.
  static func find(_ program: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(fileURLWithPath: String($0)).appendingPathComponent(program) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Runs the program to its end.
  ///
  /// - Throws: `ErlangOracle.Failure.tooSlow` when that takes longer than `limit` seconds; the
  ///   program is ended then.
  func run(limit: TimeInterval = patience) throws -> Outcome {
    let log = folder.appendingPathComponent("output.log")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    let process = Foundation.Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    guard ended.wait(timeout: .now() + limit) == .success else {
      process.terminate()
      ended.wait()
      try handle.close()
      throw ErlangOracle.Failure.tooSlow(program.lastPathComponent, seconds: Int(limit))
    }
    try handle.close()
    let text = String(
      decoding: FileManager.default.contents(atPath: log.path) ?? Data(), as: UTF8.self)
    return Outcome(status: process.terminationStatus, output: String(text.suffix(2000)))
  }
}
