import BubbleCommands
import Foundation
import Testing

/// What `Demos/run` and `Tests/run` say while they build.
@Suite struct BuildProgressTests {
  static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Lets the scripts' function read `lines`, as `swift build` prints them.
  private func follow(_ lines: String...) throws -> Command {
    try read(by: "follow Building", lines)
  }

  /// Lets `function` of the scripts read `lines`; every span of time in what it says is `T`.
  private func read(by function: String, _ lines: [String]) throws -> Command {
    var result = try Command.run(
      "/bin/bash",
      [
        "-c", "set -euo pipefail; . \"$1\"; printf %s \"$2\" | \(function)", "bash",
        Self.top.appendingPathComponent("Tests/progress.sh").path, lines.joined(separator: "\n"),
      ])
    let span = try Regex(#"[0-9]+ (s|min)\b"#)
    result.standardError = result.standardError.replacing(span, with: "T")
    return result
  }

  @Test func `a build is a line at its beginning and one at its end`() throws {
    let result = try follow(
      "Building for production...", "[1/60] Write sources",
      "[7/60] Compiling _NIOBase64 Base64.swift",
      "[8/60] Compiling Yams Yams.h", "[60/60] Linking bubbles",
      "Build of product 'bubbles' complete! (9s)",
      "")
    #expect(result.standardError == "Building: 7 of 60 · T\nBuilding: done in T\n")
    #expect(result.exitCode == 0)
  }

  @Test(arguments: ["Build complete! (0.2s)", "Build of product 'bubbles' complete! (0.21s)"])
  func `nothing is said when nothing was to be built`(end: String) throws {
    let result = try follow(
      "[0/1] Planning build", "[1/1] Compiling plugin GenerateManual",
      "Building for production...", "[0/5] Write swift-version-6A52383ED409C6A7.txt", end)
    #expect(result.standardError.isEmpty)
    #expect(result.exitCode == 0)
  }

  @Test func `packages are fetched before anything is built`() throws {
    let result = try follow(
      "Fetching https://github.com/apple/swift-log", "Fetched https://github.com/apple/swift-log",
      "[9/60] Compiling Logging Locks.swift", "Build complete! (9s)")
    #expect(result.standardError.hasPrefix("Building: fetching packages · T\n"))
  }

  @Test func `the compiler's errors are printed whole, and nothing else of it`() throws {
    let result = try follow(
      "[7/60] Compiling Yams Yams.h", "/a.swift:3:4: error: no such thing", "  3 | thing",
      "    |   `- error: no such thing", "[9/60] Compiling Logging Locks.swift", "error: fatalError"
    )
    #expect(
      result.standardError == """
        Building: 7 of 60 · T
        Building: failed after T
        /a.swift:3:4: error: no such thing
          3 | thing
            |   `- error: no such thing
        error: fatalError

        """)
    #expect(result.exitCode == 1)
  }

  @Test func `a build that waits for another one is followed when it goes on`() throws {
    let result = try follow(
      "Another instance of SwiftPM (PID: 19715) is already running using '/a/.build', waiting until "
        + "that process has finished execution...[7/60] Compiling Yams Yams.h",
      "Build complete! (9s)")
    #expect(result.standardError.hasPrefix("Building: 7 of 60 · T\n"))
  }

  // MARK: - Tests

  @Test func `tests that pass are counted, and the last line says it plainly`() throws {
    let result = try read(
      by: "follow_tests Testing",
      [
        "◇ Test run started.", "↳ Testing Library Version: 6.3.1 (937120cbc281cf2)",
        "◇ Suite A started.", "◇ Test \"a\" started.", "✔ Test \"a\" passed after 0.001 seconds.",
        "◇ Test case passing 1 argument b → 2 to \"b\" started.",
        "✔ Test \"b\" with 3 test cases passed after 0.001 seconds.",
        "✔ Suite A passed after 0.001 seconds.",
        "✔ Test run with 2 tests in 1 suite passed after 0.001 seconds.",
      ])
    #expect(
      result.standardError == "Testing: 1 passed, 0 failed · T\nTesting: done in T\n")
    #expect(result.standardOutput == "2 passed, 0 failed\n")
    #expect(result.exitCode == 0)
  }

  @Test func `a run with a known issue has passed, and the issue is told`() throws {
    let known = "━ Test \"a\" recorded a known issue at A.swift:9:5: not yet"
    let result = try read(
      by: "follow_tests Testing",
      [
        known, "━ Test \"a\" with 2 test cases passed after 0.001 seconds with 1 known issue.",
        "━ Suite A passed after 0.001 seconds with 1 known issue.",
        "━ Test run with 1 test in 1 suite passed after 0.001 seconds with 1 known issue.",
      ])
    #expect(result.standardOutput == known + "\n1 passed, 0 failed\n")
    #expect(result.exitCode == 0)
  }

  @Test func `what failed, what is known and what was skipped is printed whole`() throws {
    let lines = [
      "➜ Test \"e\" skipped: \"needs erl\"",
      "✘ Test \"a\" recorded an issue at A.swift:3:5: Expectation failed: x == y", "↳ because",
      "✘ Test \"a\" failed after 0.001 seconds with 1 issue.",
      "✘ Test \"k\" recorded a known issue at A.swift:9:5: not yet", "a word from a program",
    ]
    let result = try read(
      by: "follow_tests Testing",
      lines + ["✘ Test run with 2 tests in 1 suite failed after 0.001 seconds with 1 issue."])
    #expect(result.standardOutput == lines.joined(separator: "\n") + "\n")
    #expect(
      result.standardError == """
        Testing: 0 passed, 1 failed · T
        Testing: failed after T
        of 2 tests some failed; the issues are above

        """)
    #expect(result.exitCode == 1)
  }

  @Test func `a run that breaks off has not passed`() throws {
    let result = try read(
      by: "follow_tests Testing", ["✔ Test \"a\" passed after 0.001 seconds.", "error: signal 5"])
    #expect(result.standardOutput == "error: signal 5\n")
    #expect(result.standardError.hasSuffix("of some tests some failed; the issues are above\n"))
    #expect(result.exitCode == 1)
  }

  // MARK: - Programs

  @Test(arguments: LiveDemo.allCases)
  func `the script builds the program that a live demo needs`(demo: LiveDemo) throws {
    let script = try String(
      contentsOf: Self.top.appendingPathComponent("Demos/run"), encoding: .utf8)
    #expect(script.contains("\n    \(demo.name))\n      product=bubbles-live\n"))
  }
}
