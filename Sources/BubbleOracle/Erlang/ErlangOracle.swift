package import Foundation

/// The installed Erlang/OTP, which runs scenarios by the program in Tests/Oracle/src.
package struct ErlangOracle {
  /// Why scenarios cannot be run.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case missing(String)
    case notCompiled(String)
    case notEnded(String)
    case tooSlow(String, seconds: Int)

    package var description: String {
      switch self {
      case .missing(let program):
        "there is no \(program) on the PATH: "
          + "install Erlang/OTP (Debian: apt-get install erlang-base)"
      case .notCompiled(let output): "erlc could not compile the oracle: \(output)"
      case .notEnded(let output): "erl did not run the scenarios: \(output)"
      case .tooSlow(let program, let seconds):
        "\(program) did not end within \(seconds) s; is the computer too busy?"
      }
    }
  }

  private let erl: URL
  /// Holds the compiled program and what is read and written.
  private let folder: URL
  private var runs = 0

  /// Whether `erl` and `erlc` are there.
  package static var isInstalled: Bool {
    Command.find("erl") != nil && Command.find("erlc") != nil
  }

  /// Compiles the program in `sources` into a folder of its own below `workFolder`.
  package init(
    sources: URL, workFolder: URL = FileManager.default.temporaryDirectory
  ) throws {
    guard let erl = Command.find("erl") else { throw Failure.missing("erl") }
    self.erl = erl
    let name = "bubble-oracle-\(ProcessInfo.processInfo.processIdentifier)"
    folder = workFolder.appendingPathComponent(
      "\(name)-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.compile(sources, into: folder)
  }

  /// Takes away what was written.
  package func remove() throws {
    try FileManager.default.removeItem(at: folder)
  }

  /// The traces of the scenarios, in their order; nil for one that did not come to rest within
  /// `seconds`.
  ///
  /// Runs up to `atOnce` of them at a time in one `erl`.
  package mutating func traces(
    of scenarios: [JSONValue], atOnce: Int = 12, seconds: Int = 10
  ) throws -> [[JSONValue]?] {
    runs += 1
    let input = folder.appendingPathComponent("in\(runs)")
    let output = folder.appendingPathComponent("out\(runs)")
    for folder in [input, output] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for (index, scenario) in scenarios.enumerated() {
      try Data(scenario.encoded.utf8).write(to: input.appendingPathComponent("\(index).json"))
    }
    let command = Command(
      program: erl,
      arguments: [
        "+sbwt", "none", "-noshell", "-noinput", "-pa", folder.path, "-kernel",
        "logger_sasl_compatible", "false", "-s", "oracle", "main", "-extra", "-j", "\(atOnce)",
        "-o", output.path, input.path,
      ],
      environment: ["ORACLE_TIMEOUT_MS": "\(seconds * 1000)"], folder: folder)
    let limit = Command.patience + Double(scenarios.count * seconds / atOnce)
    let outcome = try command.run(limit: limit)
    // Status 1: some scenario did not end; its trace is missing.
    guard outcome.status == 0 || outcome.status == 1 else { throw Failure.notEnded(outcome.output) }
    let traces = try scenarios.indices.map { index -> [JSONValue]? in
      let file = output.appendingPathComponent("\(index).trace.jsonl")
      guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
      return try [JSONValue](linesOf: String(decoding: data, as: UTF8.self))
    }
    try FileManager.default.removeItem(at: input)
    try FileManager.default.removeItem(at: output)
    return traces
  }

  /// Compiles the modules in `sources` into `folder`.
  static func compile(_ sources: URL, into folder: URL) throws {
    guard let compiler = Command.find("erlc") else { throw Failure.missing("erlc") }
    let files = try FileManager.default.contentsOfDirectory(
      at: sources, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "erl" }
    let command = Command(
      program: compiler, arguments: ["-o", folder.path] + files.map(\.path), folder: folder)
    let outcome = try command.run()
    guard outcome.status == 0 else { throw Failure.notCompiled(outcome.output) }
  }
}
