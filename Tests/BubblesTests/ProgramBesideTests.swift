import Foundation
import Testing

/// The live demos are opened by a program that is built on its own.
@Suite struct ProgramBesideTests {
  @Test func `what a live demo needs is said in one line when it was not built`() throws {
    let folder = try Folder()
    let result = try Command.run(folder.program, ["demo", "chat"])
    #expect(result.exitCode == 69)
    #expect(
      result.standardError == """
        bubbles: chat needs the program bubbles-live, which is not beside this one: \
        `Demos/run demo chat` builds it

        """)
    #expect(result.standardOutput.isEmpty)
  }

  @Test func `the program beside gets the same arguments, and its end is the end`() throws {
    let folder = try Folder()
    try folder.write("bubbles-live", "printf '<%s>' \"$@\"; exit 7", permissions: 0o755)
    let result = try Command.run(folder.program, ["demo", "chat", "--port", "0", "--cast", "a b’"])
    #expect(result.exitCode == 7)
    #expect(result.standardOutput == "<demo><chat><--port><0><--cast><a b’>")
  }

  @Test func `it is looked for beside the program and not beside a link to it`() throws {
    let folder = try Folder()
    try folder.write("bubbles-live", "echo found", permissions: 0o755)
    let elsewhere = try Folder()
    let link = elsewhere.url.appendingPathComponent("link").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder.program)
    #expect(try Command.run(link, ["demo", "chat"]).standardOutput == "found\n")
  }

  @Test func `a program that cannot be run is told as such`() throws {
    let folder = try Folder()
    try folder.write("bubbles-live", "echo found", permissions: 0o644)
    let result = try Command.run(folder.program, ["demo", "chat"])
    #expect(result.exitCode == 69)
    #expect(result.standardError.hasSuffix("bubbles-live: permission denied\n"))
  }

  @Test func `other demos need nothing beside`() throws {
    let folder = try Folder()
    let result = try Command.run(folder.program, ["trace", "first-bubble", "--for", "1ms"])
    #expect(result.exitCode == 0)
  }
}

/// A folder with the program under test alone in it, removed in the end.
private final class Folder {
  let url: URL

  /// Next to the built one, so that a link is enough.
  init() throws {
    let built = URL(fileURLWithPath: TerminalUnderTest.program).resolvingSymlinksInPath()
    url = built.deletingLastPathComponent().appendingPathComponent("beside-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    try FileManager.default.linkItem(at: built, to: url.appendingPathComponent("bubbles"))
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var program: String { url.appendingPathComponent("bubbles").path }

  func write(_ name: String, _ line: String, permissions: Int) throws {
    let file = url.appendingPathComponent(name)
    try Data("#!/bin/sh\n\(line)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
  }
}
