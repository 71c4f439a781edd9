import Testing

/// The Swift examples in doc comments are code that is compiled and run.
@Suite struct ExampleTests {
  /// An example, as it is written between three backquotes.
  struct Example: CustomTestStringConvertible {
    var path: String
    var line: Int
    /// Its lines without what is before the code; without blank lines.
    var code: [String]

    var testDescription: String { "\(path):\(line)" }

    /// The pieces between the lines that are only a comment.
    var pieces: [[String]] {
      code.split { $0.hasPrefix("//") }.map { Array($0) }
    }
  }

  static let examples = SourceRuleTests.sources.flatMap(examples(in:))
  static let compiled = Checkout.files(below: "Tests", ending: ["swift"])
    .filter { $0.path.hasSuffix("/Examples.swift") }
    .map { $0.lines.map(plain).filter { !$0.isEmpty } }

  private static func examples(in file: Checkout.File) -> [Example] {
    var examples: [Example] = []
    var open: Example?
    for (index, line) in file.lines.enumerated() {
      let text = plain(line)
      guard text.hasPrefix("///") else { continue }
      let said = plain(String(text.dropFirst(3)))
      if let example = open, said.hasPrefix("```") {
        examples.append(example)
        open = nil
      } else if said == "```swift" {
        open = Example(path: file.path, line: index + 1, code: [])
      } else if !said.isEmpty {
        open?.code.append(said)
      }
    }
    return examples
  }

  /// A line without its indentation, and without what makes a declaration a file's own.
  private static func plain(_ line: String) -> String {
    let text = String(line.drop(while: \.isWhitespace))
    return text.hasPrefix("private ") ? String(text.dropFirst(8)) : text
  }

  private static func holds(_ lines: [String], _ piece: [String]) -> Bool {
    lines.indices.contains { lines[$0...].starts(with: piece) }
  }

  @Test(arguments: examples)
  func `an example of a doc comment is compiled`(example: Example) {
    #expect(!example.pieces.isEmpty)
    for piece in example.pieces {
      #expect(
        Self.compiled.contains { Self.holds($0, piece) },
        "write it into an Examples.swift of the tests: \(piece.joined(separator: " "))")
    }
  }

  // MARK: - The guard itself

  @Test func `an example that is compiled nowhere, or differs, is found`() {
    let lines = ["/// A thing.", "///", "/// ```swift", "/// let one = 1", "/// // Later:"]
    let file = Checkout.File(path: "a.swift", lines: lines + ["/// let two = one", "/// ```"])
    let found = Self.examples(in: file)
    #expect(found.map(\.pieces) == [[["let one = 1"], ["let two = one"]]])
    #expect(Self.holds(["x", "let one = 1", "y"], ["let one = 1"]))
    #expect(!Self.holds(["x", "let one = 2"], ["let one = 1"]))
    #expect(!Self.holds(["let one = 1"], ["let one = 1", "let two = one"]))
  }
}
