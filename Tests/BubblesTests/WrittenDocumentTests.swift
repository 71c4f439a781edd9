import Foundation
import Testing

/// What the documentation takes from the program is what the program says today.
@Suite struct WrittenDocumentTests {
  @Test func `the keys, the tables and the pictures are fresh`() throws {
    let result = try Command.run(
      TerminalUnderTest.program(named: "dev"),
      ["docs", "--check", TerminalUnderTest.repository.path])
    #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
  }

  @Test func `what is stale is named, and nothing is written`() throws {
    let checkout = FileManager.default.temporaryDirectory
      .appendingPathComponent("stale-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: checkout) }
    let files = ["docs/KEYS.md", "docs/SEMANTICS.md", "docs/pictures/shop.svg"]
    for file in files + ["Tests/Oracle/rules.txt"] {
      let copy = checkout.appendingPathComponent(file)
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: TerminalUnderTest.repository.appendingPathComponent(file), to: copy)
    }
    let picture = checkout.appendingPathComponent("docs/pictures/shop.svg")
    try Data("another picture".utf8).write(to: picture)
    let result = try Command.run(
      TerminalUnderTest.program(named: "dev"), ["docs", "--check", checkout.path])
    #expect(result.exitCode == 1)
    #expect(
      result.standardOutput
        == "docs/pictures/shop.svg is stale; `swift run dev docs` writes it anew\n")
    #expect(try Data(contentsOf: picture) == Data("another picture".utf8))
  }
}
