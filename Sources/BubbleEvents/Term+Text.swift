extension Term {
  /// Reads a term as people type it: `badarg`, `{shutdown, [a, 1]}`, `'an atom'`, `"text"`, `<42>`.
  ///
  /// Nil for anything else, and for terms nested deeper than 32.
  public init?(typed text: some StringProtocol) {
    var reader = TermReader(text)
    guard let term = reader.term(depth: 0), reader.isAtEnd else { return nil }
    self = term
  }
}

/// Reads one term from the front of a text.
private struct TermReader {
  private static let depthLimit = 32
  private var rest: Substring

  init(_ text: some StringProtocol) {
    rest = Substring(text)
  }

  var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

  mutating func term(depth: Int) -> Term? {
    guard depth < Self.depthLimit else { return nil }
    skipBlanks()
    switch rest.first {
    case "{": return elements(until: "}", depth: depth).map(Term.tuple)
    case "[": return elements(until: "]", depth: depth).map(Term.list)
    case "\"": return quoted(by: "\"").map(Term.text)
    case "'": return quoted(by: "'").map(Term.atom)
    case "<": return pid()
    case "#": return special()
    default: return word()
    }
  }

  private mutating func skipBlanks() {
    rest = rest.drop(while: \.isWhitespace)
  }

  private mutating func elements(until close: Character, depth: Int) -> [Term]? {
    rest.removeFirst()
    var terms: [Term] = []
    skipBlanks()
    if rest.first == close {
      rest.removeFirst()
      return terms
    }
    while let element = term(depth: depth + 1) {
      terms.append(element)
      skipBlanks()
      switch rest.popFirst() {
      case close: return terms
      case ",": continue
      default: return nil
      }
    }
    return nil
  }

  private mutating func quoted(by quote: Character) -> String? {
    rest.removeFirst()
    var text = ""
    while let character = rest.popFirst() {
      switch character {
      case quote:
        return text
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        text.append(escaped)
      default:
        text.append(character)
      }
    }
    return nil
  }

  private mutating func pid() -> Term? {
    guard let end = rest.firstIndex(of: ">") else { return nil }
    let text = rest[...end]
    rest = rest[rest.index(after: end)...]
    return PID(text).map(Term.pid)
  }

  /// What Erlang cannot write: a reference `#Ref<7>`, or a Swift value `#"…"`.
  private mutating func special() -> Term? {
    rest.removeFirst()
    if rest.first == "\"" { return quoted(by: "\"").map(Term.opaque) }
    guard rest.hasPrefix("Ref<"), let end = rest.firstIndex(of: ">") else { return nil }
    let number = UInt64(rest[..<end].dropFirst(4))
    rest = rest[rest.index(after: end)...]
    return number.map(Term.reference)
  }

  private mutating func word() -> Term? {
    let text = rest.prefix { $0.isLetter || $0.isNumber || "_@.+-".contains($0) }
    guard let first = text.first else { return nil }
    rest = rest[text.endIndex...]
    if text == "STACK" { return .stack }
    if let integer = Int(text) { return .integer(integer) }
    guard first.isLetter || first == "_" else {
      return Double(text).flatMap { $0.isFinite ? .float($0) : nil }
    }
    return .atom(String(text))
  }
}
