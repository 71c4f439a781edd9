import Foundation

/// One run of another program, with a limit of time.
struct Command {
  struct Outcome {
    /// Its exit code; -1 when it was stopped because its time was over.
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

  func run(limit: TimeInterval) throws -> Outcome {
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
    let isInTime = ended.wait(timeout: .now() + limit) == .success
    if !isInTime {
      process.terminate()
      ended.wait()
    }
    try handle.close()
    let text = String(
      decoding: FileManager.default.contents(atPath: log.path) ?? Data(), as: UTF8.self)
    let status = isInTime ? process.terminationStatus : -1
    return Outcome(status: status, output: String(text.suffix(2000)))
  }
}
