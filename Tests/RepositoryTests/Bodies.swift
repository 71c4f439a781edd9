/// The functions, initialisers, subscripts and properties of a file that have a body.
struct Bodies {
  /// Each from the line of its keyword to that of its closing brace, from 0.
  private(set) var declarations: [ClosedRange<Int>] = []

  private let lines: [String]

  /// Finds them in what is left of a source without comments and strings.
  init(_ code: SourceCode) {
    lines = code.lines
    for start in lines.indices where Self.isDeclaration(lines[start]) {
      if let end = end(ofDeclarationAt: start) { declarations.append(start...end) }
    }
  }

  private static let modifiers: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private", "static", "class", "final",
    "mutating", "nonmutating", "consuming", "borrowing", "override", "lazy", "nonisolated",
    "convenience", "required", "indirect",
  ]

  private static func isDeclaration(_ line: String) -> Bool {
    guard let first = line.first(where: { $0 != " " }), first.isLetter || first == "@" else {
      return false
    }
    for word in line.split(separator: " ") {
      let name = word.prefix { $0.isLetter || $0 == "@" }
      if ["func", "init", "subscript", "var", "let", "deinit"].contains(name) { return true }
      guard word.hasPrefix("@") || modifiers.contains(name) else { return false }
    }
    return false
  }

  /// The line in which the body ends that belongs to the declaration in line `start`.
  private func end(ofDeclarationAt start: Int) -> Int? {
    let indentation = lines[start].prefix { $0 == " " }.count
    var brackets = 0
    var braces = 0
    for number in start..<lines.count {
      let line = lines[number]
      let isBegun = number > start && braces == 0 && brackets == 0
      if isBegun && !continues(line, from: indentation) { return nil }
      for character in line {
        switch character {
        case "(", "[": brackets += 1
        case ")", "]": brackets -= 1
        case "{" where brackets == 0 || braces > 0: braces += 1
        case "}" where braces > 0:
          braces -= 1
          if braces == 0 { return number }
        default: break
        }
      }
    }
    return nil
  }

  /// Whether a declaration that is indented so far goes on in `line`.
  private func continues(_ line: String, from indentation: Int) -> Bool {
    let code = line.drop { $0 == " " }
    return code.isEmpty ? false : line.count - code.count > indentation || code.hasPrefix("{")
  }
}
