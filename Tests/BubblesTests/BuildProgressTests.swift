import BubbleCommands
import Foundation
import Testing

/// What `Demos/run` and `Tests/run` say while they build.
@Suite struct BuildProgressTests {
  static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Lets the scripts' function read `lines`, as `swift build` prints them.
  private func follow(_ lines: String...) throws -> Command {
    try Command.run(
      "/bin/bash",
      [
        "-c", "set -euo pipefail; . \"$1\"; printf %s \"$2\" | follow Building", "bash",
        Self.top.appendingPathComponent("Tests/progress.sh").path, lines.joined(separator: "\n"),
      ])
  }

  @Test func `a build is a line at its beginning and one at its end`() throws {
    let result = try follow(
      "Building for production...", "[1/60] Write sources",
      "[7/60] Compiling _NIOBase64 Base64.swift",
      "[8/60] Compiling Yams Yams.h", "[60/60] Linking bubbles",
      "Build of product 'bubbles' complete! (9s)",
      "")
    #expect(result.standardError == "Building: 7 of 60 · 0 s\nBuilding: done in 0 s\n")
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
    #expect(result.standardError.hasPrefix("Building: fetching packages · 0 s\n"))
  }

  @Test func `the compiler's errors are printed whole, and nothing else of it`() throws {
    let result = try follow(
      "[7/60] Compiling Yams Yams.h", "/a.swift:3:4: error: no such thing", "  3 | thing",
      "    |   `- error: no such thing", "[9/60] Compiling Logging Locks.swift", "error: fatalError"
    )
    #expect(
      result.standardError == """
        Building: 7 of 60 · 0 s
        Building: failed after 0 s
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
    #expect(result.standardError.hasPrefix("Building: 7 of 60 · 0 s\n"))
  }

  @Test(arguments: LiveDemo.allCases)
  func `the script builds the program that a live demo needs`(demo: LiveDemo) throws {
    let script = try String(
      contentsOf: Self.top.appendingPathComponent("Demos/run"), encoding: .utf8)
    #expect(script.contains("\n    \(demo.name))\n      product=bubbles-live\n"))
  }
}
