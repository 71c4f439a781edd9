import ArgumentParser
import Foundation

/// Runs supervision scenarios and compares the traces with those of the real OTP.
struct Oracle: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run supervision scenarios; print their traces, or check them against OTP's.",
    discussion: """
      A scenario is one JSON file. Without --check its trace is printed. With --check each \
      NAME.json of the given folders is compared with the NAME.trace.jsonl beside it, or in \
      --expected; scenarios marked as quirks of OTP are left out.
      """)

  @Argument(help: "Scenario files, or folders of them.", completion: .file())
  var paths: [String]

  @Flag(help: "Compare with the expected traces.")
  var check = false

  @Option(help: "The folder of the expected traces, when it is another one.")
  var expected: String?

  func run() throws {
    let files = try paths.flatMap(scenarioFiles)
    guard check else {
      for file in files {
        for record in try trace(of: file) { print(record.encoded) }
      }
      return
    }
    var passed = 0
    var failed = 0
    for file in files {
      guard let report = try difference(of: file) else {
        passed += 1
        continue
      }
      if report.isEmpty { continue }
      failed += 1
      print("FAIL \(file.deletingPathExtension().lastPathComponent)\n\(report)")
    }
    print("\(passed) passed, \(failed) failed")
    if failed > 0 || passed == 0 { throw ExitCode.failure }
  }

  // MARK: - Files

  private func scenarioFiles(_ path: String) throws -> [URL] {
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ValidationError("There is no file \(path).")
    }
    guard isFolder.boolValue else { return [url] }
    return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  private func trace(of file: URL) throws -> [JSONValue] {
    OracleRunner.trace(of: try JSONValue(parsing: String(contentsOf: file, encoding: .utf8)))
  }

  /// What is wrong with a trace; nil when nothing is, empty when it need not match.
  private func difference(of file: URL) throws -> String? {
    let scenario = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
    if scenario["quirk"]?.bool == true { return "" }
    let name = file.deletingPathExtension().lastPathComponent
    let folder =
      expected.map { URL(fileURLWithPath: $0) } ?? file.deletingLastPathComponent()
    let traceFile = folder.appendingPathComponent("\(name).trace.jsonl")
    guard FileManager.default.fileExists(atPath: traceFile.path) else {
      return "  there is no trace \(traceFile.path)"
    }
    let text = try String(contentsOf: traceFile, encoding: .utf8)
    let records = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    return TraceDifference(expected: records, actual: OracleRunner.trace(of: scenario)).report
  }
}
