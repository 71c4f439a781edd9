import Foundation
import Testing

/// Rules about the text of the sources that neither the compiler nor the formatter checks.
@Suite struct SourceRuleTests {
  static let sources = Checkout.files(below: "Sources", ending: ["swift"])

  /// A call that is kept out of most places, and what to do instead.
  struct Ban: CustomTestStringConvertible, Sendable {
    var word: String
    var instead: String
    /// What makes the same line a good one.
    var unless: String?
    var except: [String] = []

    var testDescription: String { word }
  }

  static let bans = [
    Ban(word: "try!", instead: "handle the error or say with `precondition` why it cannot happen"),
    Ban(word: "try?", instead: "handle the error"),
    Ban(word: "fatalError(", instead: "precondition with a sentence"),
    Ban(word: "as!", instead: "make the type known"),
    Ban(
      word: "Date(", instead: "take the instant as an argument",
      except: ["Sources/BubbleCommands/", "Sources/dev/"]),
    Ban(
      word: "ContinuousClock", instead: "take the instant as an argument",
      except: [
        "Sources/BubbleCommands/", "Sources/bubbles-live/", "Sources/dev/",
        "Sources/BubbleSession/", "Sources/BubbleRealTime/",
      ]),
    Ban(word: "SystemRandomNumberGenerator", instead: "take the generator as an argument"),
    Ban(
      word: ".random(in:", instead: "pass the generator: random(in:using:)",
      unless: "using:", except: ["Sources/BubbleCommands/"]),
    Ban(
      word: "print(", instead: "return text; only the programs print",
      except: ["Sources/BubbleCommands/", "Sources/dev/"]),
    Ban(word: "TODO", instead: "do it, or open an issue"),
    Ban(word: "FIXME", instead: "do it, or open an issue"),
    Ban(word: "nonisolated(unsafe)", instead: "share nothing"),
    Ban(
      word: "@unchecked Sendable", instead: "use values",
      except: ["Sources/BubbleCopyOnWrite/"]),
  ]

  @Test(arguments: bans)
  func `a banned word stays out`(ban: Ban) {
    for file in Self.sources where !ban.except.contains(where: file.path.hasPrefix) {
      for (number, line) in file.lines.enumerated() where mentions(line, ban.word) {
        if let excuse = ban.unless, line.contains(excuse) { continue }
        Issue.record("\(file.path):\(number + 1): \(ban.word) — \(ban.instead)")
      }
    }
  }

  @Test func `a file has at most 400 lines`() {
    for file in Self.sources where file.lines.count > 400 {
      Issue.record(
        "\(file.path) has \(file.lines.count) lines; give its subjects files of their own")
    }
  }

  @Test func `a function has at most 60 lines`() {
    for file in Self.sources {
      for function in longFunctions(in: file.lines, limit: 60) {
        Issue.record("\(file.path):\(function.line) has \(function.length) lines")
      }
    }
  }

  @Test func `the finder of long functions counts from the signature to the closing brace`() {
    let text = ["struct A {", "  func b() {", "    c()", "    d()", "  }", "}"]
    #expect(longFunctions(in: text, limit: 3).map(\.length) == [4])
    #expect(longFunctions(in: text, limit: 4).isEmpty)
  }
}

/// Whether code in `line`, outside its comment, has `word` with nothing word-like before it.
private func mentions(_ line: String, _ word: String) -> Bool {
  let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
  guard let found = code.range(of: word) else { return false }
  guard word.first?.isLetter == true, found.lowerBound > code.startIndex else { return true }
  let before = code[code.index(before: found.lowerBound)]
  return !(before.isLetter || before.isNumber || before == "." || before == "_")
}

/// The functions, initialisers and computed properties longer than `limit` lines.
private func longFunctions(in lines: [String], limit: Int) -> [(line: Int, length: Int)] {
  var found: [(line: Int, length: Int)] = []
  for (start, line) in lines.enumerated() {
    let code = line.drop { $0 == " " }
    let words = code.split(separator: " ").prefix(6)
    let isFunction = words.contains { word in
      word == "func" || ["init(", "init?(", "init<"].contains(where: word.hasPrefix)
    }
    guard isFunction, !code.hasPrefix("//"), !code.hasPrefix("*") else { continue }
    let closing = String(repeating: " ", count: line.count - code.count) + "}"
    guard !line.hasSuffix("}"), let end = lines[(start + 1)...].firstIndex(of: closing) else {
      continue
    }
    if end - start + 1 > limit { found.append((start + 1, end - start + 1)) }
  }
  return found
}
