import Foundation
import Testing

/// What the documents show, the program does.
@Suite struct DocumentedExampleTests {
  /// A piece of a document between three backquotes.
  struct Block: CustomTestStringConvertible {
    var document: String
    var line: Int
    var language: String
    var text: String

    var testDescription: String { "\(document):\(line)" }
  }

  static let blocks: [Block] = {
    let folder = TerminalUnderTest.repository
    let names =
      (try? FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("docs").path)) ?? []
    let documents =
      ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    return documents.flatMap { blocks(of: $0, in: folder) }
  }()

  private static func blocks(of document: String, in folder: URL) -> [Block] {
    let file = folder.appendingPathComponent(document)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var blocks: [Block] = []
    var open: Block?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if let block = open { blocks.append(block) }
        let language = String(line.dropFirst(3))
        open =
          open == nil
          ? Block(document: document, line: index + 1, language: language, text: "") : nil
      } else {
        open?.text += line + "\n"
      }
    }
    return blocks
  }

  /// The lines that can run without a terminal and without a file of the reader's own.
  static let commands: [Block] = blocks.flatMap { block in
    block.text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 2, words[0] == "bubbles", ["trace", "frame", "cast"].contains(words[1]),
        !words[2].contains(".")
      else { return nil }
      var command = block
      command.text = String(line)
      return command
    }
  }

  /// A folder of its own, for what is written.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("documents-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func `there are scenarios and commands to try`() {
    let scenarios = Self.blocks.filter { $0.language == "yaml" }
    #expect(Set(scenarios.map(\.document)).isSuperset(of: ["README.md", "docs/SCENARIOS.md"]))
    #expect(scenarios.count >= 6)
    #expect(Self.commands.count >= 8)
  }

  @Test(arguments: blocks.filter { $0.language == "yaml" })
  func `a scenario of a document runs`(block: Block) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("example.yaml")
      try Data(block.text.utf8).write(to: file)
      let result = try Command.bubbles("trace", file.path, "--for", "20s")
      #expect(result.standardError == "")
      #expect(result.exitCode == 0)
      #expect(result.standardOutput.contains("process spawned"))
    }
  }

  @Test(arguments: commands)
  func `a command of a document does its work`(block: Block) throws {
    try withFolder { folder in
      let program = URL(fileURLWithPath: TerminalUnderTest.program).deletingLastPathComponent().path
      let pipe = block.text.firstIndex(of: "|") ?? block.text.endIndex
      let result = try Command.run(
        "/bin/sh",
        ["-c", "cd '\(folder.path)' && PATH='\(program)':$PATH && \(block.text[..<pipe])"])
      #expect(result.standardError == "", "\(block.text)")
      #expect(result.exitCode == 0, "\(block.text)")
    }
  }
}
