package import Foundation

/// A scenario in a file, with the trace that a real Erlang/OTP left beside it.
package struct RecordedScenario: Sendable {
  /// What a comparison came to.
  package enum Verdict: Equatable, Sendable {
    case same
    /// A known fault of OTP, which need not be matched.
    case quirk
    case different(String)
  }

  package let file: URL
  /// The folder of the expected trace.
  package let folder: URL

  /// The scenario in `file`; its trace lies beside it, or in `folder`.
  package init(file: URL, traceIn folder: URL? = nil) {
    self.file = file
    self.folder = folder ?? file.deletingLastPathComponent()
  }

  /// The trace of a scenario of one machine or of several nodes, one record for each action.
  package static func trace(of scenario: JSONValue) -> [JSONValue] {
    scenario["nodes"] == nil
      ? OracleRunner.trace(of: scenario) : NodeRunner.trace(of: scenario)
  }

  /// The scenarios of a folder, in the order of their names.
  package static func all(in folder: URL, tracesIn traces: URL? = nil) throws -> [RecordedScenario]
  {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { RecordedScenario(file: $0, traceIn: traces) }
  }

  package var name: String { file.deletingPathExtension().lastPathComponent }

  /// The scenario as written.
  package func scenario() throws -> JSONValue {
    try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
  }

  /// Runs the scenario and compares every field of the trace.
  package func verdict() throws -> Verdict {
    let scenario = try scenario()
    if scenario["quirk"]?.bool == true { return .quirk }
    return try difference(of: scenario).map(Verdict.different) ?? .same
  }

  /// The first difference, whatever the scenario says of itself; nil when there is none.
  package func difference() throws -> String? { try difference(of: scenario()) }

  private func difference(of scenario: JSONValue) throws -> String? {
    let file = folder.appendingPathComponent("\(name).trace.jsonl")
    guard FileManager.default.fileExists(atPath: file.path) else {
      return "  there is no trace \(file.path)"
    }
    let expected = try [JSONValue](linesOf: String(contentsOf: file, encoding: .utf8))
    return TraceDifference(expected: expected, actual: Self.trace(of: scenario)).report
  }
}

extension [JSONValue] {
  /// One value a line.
  package init(linesOf text: String) throws {
    self = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }
}
