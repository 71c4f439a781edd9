package import Foundation

/// Checks of OTP's rules that run on the installed Erlang or Elixir itself.
package struct Claims {
  /// What a run of the checks came to.
  package struct Outcome {
    package var isPassed: Bool
    /// What was printed: the checks that failed, then one line with the numbers.
    package var output: String
  }

  /// Where claims.erl and claims.exs lie.
  package var folder: URL

  package init(folder: URL) {
    self.folder = folder
  }

  /// Whether Elixir is there.
  package static var hasElixir: Bool { Command.find("elixir") != nil }

  /// Compiles the Erlang modules into a folder of its own, runs them, and takes the folder away.
  package func runErlang() throws -> Outcome {
    guard let erl = Command.find("erl") else { throw ErlangOracle.Failure.missing("erl") }
    return try inWorkFolder { work in
      try ErlangOracle.compile(folder, into: work)
      let arguments = ["-noshell", "-noinput", "-pa", work.path, "-s", "claims", "main"]
      return try run(erl, arguments, in: work)
    }
  }

  /// Runs the Elixir script.
  package func runElixir() throws -> Outcome {
    guard let elixir = Command.find("elixir") else { throw ErlangOracle.Failure.missing("elixir") }
    return try inWorkFolder { work in
      try run(elixir, [folder.appendingPathComponent("claims.exs").path], in: work)
    }
  }

  private func run(_ program: URL, _ arguments: [String], in work: URL) throws -> Outcome {
    let outcome = try Command(program: program, arguments: arguments, folder: work).run()
    return Outcome(isPassed: outcome.status == 0, output: outcome.output)
  }

  private func inWorkFolder(_ body: (URL) throws -> Outcome) throws -> Outcome {
    let work = FileManager.default.temporaryDirectory
      .appendingPathComponent("bubble-claims-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    let outcome = Result { try body(work) }
    try FileManager.default.removeItem(at: work)
    return try outcome.get()
  }
}
