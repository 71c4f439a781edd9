package import BubbleReleaseFiles
package import Foundation

/// The installed systools, which makes releases by the program in Tests/Oracle/releases.
package struct ReleaseOracle {
  private let erl: URL
  private let folder: URL

  /// Compiles the program in `sources` into a folder of its own.
  package init(sources: URL) throws {
    guard let erl = Command.find("erl") else { throw ErlangOracle.Failure.missing("erl") }
    self.erl = erl
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bubble-releases-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try ErlangOracle.compile(sources, into: folder)
  }

  /// Takes away what was written.
  package func remove() throws {
    try FileManager.default.removeItem(at: folder)
  }

  /// The bytes of the file of answers to a file of cases.
  package func answers(to cases: String) throws -> [UInt8] {
    let input = folder.appendingPathComponent("cases.terms")
    let output = folder.appendingPathComponent("answers.terms")
    try Data(cases.utf8).write(to: input)
    let command = Command(
      program: erl,
      arguments: [
        "+sbwt", "none", "-noshell", "-noinput", "-kernel", "logger_level", "none", "-pa",
        folder.path, "-s", "releases", "main", "-extra", input.path, output.path,
      ],
      folder: folder)
    let outcome = try command.run()
    guard outcome.status == 0 else { throw ErlangOracle.Failure.notEnded(outcome.output) }
    return [UInt8](try Data(contentsOf: output))
  }

  /// What differs between OTP's answers to the cases of a file and ours, a text each.
  ///
  /// A case that says that we differ must do so.
  package static func differences(cases: TermFile, answers: TermFile) throws -> [String] {
    guard cases.terms.count == answers.terms.count else {
      throw ReleaseCase.Malformed(name: answers.name)
    }
    return try zip(cases.terms, answers.terms).compactMap { term, answer in
      let scenario = try ReleaseCase(term, in: cases)
      let theirs = try ReleaseAnswer(answer, in: answers)
      let ours = scenario.answer(ordersFrom: theirs)
      switch (ReleaseAnswer.difference(theirs: theirs, ours: ours), scenario.deviation) {
      case (nil, nil), (_?, _?): return nil
      case (let report?, nil): return "\(scenario.name)\n\(report)"
      case (nil, let why?): return "\(scenario.name) does not differ: \(why)"
      }
    }
  }
}
