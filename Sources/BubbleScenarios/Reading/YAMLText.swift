internal import BubbleText
import Yams

/// Reads the YAML of a scenario file, up to its nodes.
struct YAMLText {
  let text: String

  /// The root node, or what is wrong and where.
  func root() -> Result<Node, ScenarioError.Problem> {
    if let problem = tooManyAliases() { return .failure(problem) }
    do {
      guard let root = try Parser(yaml: text, encoding: .utf8).singleRoot(), !root.isNothing else {
        return .failure(.init(line: 1, column: 1, message: "the file is empty"))
      }
      return text.contains("<<") ? MergeKeys.resolved(root) : .success(root)
    } catch let error as YamlError {
      return .failure(problem(of: error))
    } catch {
      return .failure(.init(line: 1, column: 1, message: escaped("not YAML: \(error)")))
    }
  }

  /// A few aliases of aliases can stand for more values than fit in any memory, and the library
  /// unfolds them; so what may be an alias is counted before it reads the text.
  private func tooManyAliases() -> ScenarioError.Problem? {
    var count = 0
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.utf8.contains(UInt8(ascii: "*")) && line.first(where: { $0 != " " }) != "#" {
      var before: UInt8 = UInt8(ascii: " ")
      for byte in line.utf8 {
        if byte == UInt8(ascii: "*"), "\t [{,:-?".utf8.contains(before) { count += 1 }
        before = byte
      }
      guard count <= Scenario.Limits.aliases else {
        return .init(
          line: number + 1, column: 1,
          message: "more than \(Scenario.Limits.aliases) uses of an alias (*name)")
      }
    }
    return nil
  }

  // MARK: - Errors

  private func problem(of error: YamlError) -> ScenarioError.Problem {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return syntaxProblem(problem, in: context, at: mark)
    case .reader(let problem, let offset, let value, _):
      let place = place(ofCharacter: offset ?? 0)
      let what = value > 0 ? " (U+" + String(value, radix: 16, uppercase: true) + ")" : ""
      return .init(
        line: place.line, column: place.column, message: "not YAML: \(escaped(problem))\(what)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = quoted(duplicates.first ?? "")
      return .init(
        line: context.mark.line, column: context.mark.column,
        message: "the key \(key) is written more than once in the same mapping")
    case .memory:
      return .init(line: 1, column: 1, message: "the values are nested too deeply")
    case .no, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return .init(line: 1, column: 1, message: escaped("not YAML: \(error)"))
    }
  }

  private func syntaxProblem(
    _ problem: String, in context: YamlError.Context?, at mark: Mark
  ) -> ScenarioError.Problem {
    let line = Swift.max(1, mark.line)
    let column = Swift.max(1, mark.column)
    if problem.hasPrefix("Maximum nesting level") || problem.contains("exceeded maximum") {
      return .init(line: line, column: column, message: "the values are nested too deeply")
    }
    if context?.text == "expected a single document in the stream" {
      return .init(
        line: line, column: column,
        message: "a second document begins here; a scenario file holds one")
    }
    if let tab = indentingTab(inLine: line) {
      return .init(
        line: line, column: tab, message: "a tab in the indentation; YAML wants spaces there")
    }
    if let word = atom(inLine: line, column) {
      return .init(
        line: line, column: column,
        message: escaped("words have no colon before them here: write \(word)"))
    }
    var message = "not YAML: \(problem)"
    if let context, context.mark.line >= 1, context.mark.line < line {
      message += " \(context.text), which begins in line \(context.mark.line)"
    }
    return .init(line: line, column: column, message: escaped(message))
  }

  /// The word of an atom as in Elixir, which braces and brackets do not take; nil when none begins
  /// at that place.
  private func atom(inLine line: Int, _ column: Int) -> Substring? {
    let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let rest = lines[line - 1].dropFirst(column - 1)
    guard rest.first == ":" else { return nil }
    let word = rest.dropFirst().prefix { $0 == "_" || $0.isLetter || $0.isNumber }
    return word.isEmpty ? nil : word
  }

  /// The column of a tab among the blanks that `line` begins with.
  private func indentingTab(inLine line: Int) -> Int? {
    let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let indentation = lines[line - 1].prefix { $0 == " " || $0 == "\t" }
    return indentation.firstIndex(of: "\t").map {
      indentation.distance(from: indentation.startIndex, to: $0) + 1
    }
  }

  private func place(ofCharacter offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return (line, column)
  }
}

extension Node {
  /// Whether nothing, `~` or `null` is written.
  var isNothing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// The text of a scalar that holds something.
  var text: String? {
    guard case .scalar(let scalar) = self, !isNothing else { return nil }
    return scalar.string
  }

  /// What is written, for an error.
  var shown: String {
    switch self {
    case .scalar(let scalar): isNothing ? "nothing" : quoted(scalar.string)
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }
}
