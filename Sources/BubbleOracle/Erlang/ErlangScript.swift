internal import Foundation

/// Questions to the installed Erlang, answered with a file of terms.
package enum ErlangScript {
  /// Evaluates expressions that bind `Answer` to a list of terms; the bytes of the file that
  /// `file:consult` would read them from.
  package static func answer(to expressions: String) throws -> [UInt8] {
    guard let erl = Command.find("erl") else { throw ErlangOracle.Failure.missing("erl") }
    let work = FileManager.default.temporaryDirectory
      .appendingPathComponent("bubble-script-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    let result = Result {
      let script = """
        file:set_cwd("\(work.path)"), \(expressions),
        Lines = [io_lib:format("~tp.~n", [Term]) || Term <- Answer],
        ok = file:write_file("answer.terms", unicode:characters_to_binary(Lines)), halt(0).
        """
      let outcome = try Command(
        program: erl, arguments: ["-noshell", "-noinput", "-eval", script], folder: work
      ).run()
      guard outcome.status == 0 else { throw ErlangOracle.Failure.notEnded(outcome.output) }
      return [UInt8](try Data(contentsOf: work.appendingPathComponent("answer.terms")))
    }
    try FileManager.default.removeItem(at: work)
    return try result.get()
  }
}
