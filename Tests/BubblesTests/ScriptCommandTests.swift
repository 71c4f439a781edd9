import BubbleDemos
import Foundation
import Testing

/// `bubbles trace --script` presents a script as a test.
@Suite struct ScriptCommandTests {
  @Test(arguments: Demo.all.map(\.name))
  func `the script of every demo comes true`(name: String) throws {
    let result = try Command.bubbles("trace", name, "--script")
    #expect(result.exitCode == 0, "\(result.standardError)")
    #expect(result.standardOutput.contains("requested") || name == "escalation")
  }

  @Test func `what does not come true is told with its line, and the exit code is 1`() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "script-\(UInt64.random(in: 0...UInt64.max)).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(
      """
      name: wrong
      tree: {supervisor: top, children: [{worker: a}, {worker: b}]}
      script:
        - {kill: a, wait: {restarted: b, within: 1 s}}
      """.utf8
    ).write(to: file)
    let result = try Command.bubbles("trace", file.path, "--script")
    #expect(result.exitCode == 1)
    #expect(
      result.standardError
        == "bubbles: wrong: line 4, step 1: within 1000 ms it did not come true that b has been started again\n"
    )
  }
}
