import Foundation
import Testing

/// A word that is kept out of most code, and what to do instead.
struct Ban: CustomTestStringConvertible, Sendable {
  var word: String
  var instead: String
  /// What makes the same line a good one.
  var unless: String?
  /// What the paths begin with where it is allowed.
  var except: [String] = []

  var testDescription: String { word }

  /// Where `files` break it, as sentences.
  func violations(in files: [Checkout.File]) -> [String] {
    files.filter { !except.contains(where: $0.path.hasPrefix) }.flatMap { file in
      file.lines.enumerated().compactMap { number, line in
        guard isMentioned(in: line), unless.map(line.contains) != true else { return nil }
        return "\(file.path):\(number + 1): \(word) — \(instead)"
      }
    }
  }

  /// Whether code in `line`, outside its comment, has the word with nothing word-like before it.
  private func isMentioned(in line: String) -> Bool {
    let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
    guard let found = code.range(of: word) else { return false }
    guard word.first?.isLetter == true, found.lowerBound > code.startIndex else { return true }
    let before = code[code.index(before: found.lowerBound)]
    return !(before.isLetter || before.isNumber || before == "." || before == "_")
  }
}

/// The files with more than `limit` lines, as sentences.
func longFiles(in files: [Checkout.File], limit: Int) -> [String] {
  files.filter { $0.lines.count > limit }.map {
    "\($0.path) has \($0.lines.count) lines; give its subjects files of their own"
  }
}

/// The lines with more than `limit` characters, as sentences; of `isCommentsOnly` the comments.
func longLines(in files: [Checkout.File], limit: Int, isCommentsOnly: Bool = false) -> [String] {
  files.flatMap { file in
    file.lines.enumerated().compactMap { number, line in
      // The count of bytes is had at once, and is never less.
      guard line.utf8.count > limit, line.count > limit,
        !isCommentsOnly || line.drop(while: \.isWhitespace).hasPrefix("//")
      else { return nil }
      return "\(file.path):\(number + 1) has \(line.count) columns"
    }
  }
}

/// Where a test ends early and so passes, as sentences: `guard … else { return }`.
func silentGuards(in files: [Checkout.File]) -> [String] {
  files.flatMap { file -> [String] in
    let code = SourceCode(file.lines)
    let lines = code.lines
    return Bodies(code).declarations.flatMap { body -> [String] in
      // Tests have sentences as names.
      guard file.lines[body.lowerBound].contains("func `") else { return [] }
      return body.filter { number in
        let line = lines[number]
        return line.contains("else { return }")
          || line.hasSuffix("else {") && lines[number + 1].split(separator: " ") == ["return"]
      }.map { "\(file.path):\($0 + 1): what the test needs is required: try #require" }
    }
  }
}

/// The declarations with more than `limit` lines, as sentences.
func longDeclarations(in files: [Checkout.File], limit: Int) -> [String] {
  files.flatMap { file in
    Bodies(SourceCode(file.lines)).declarations.filter { $0.count > limit }.map {
      "\(file.path):\($0.lowerBound + 1) has \($0.count) lines"
    }
  }
}
