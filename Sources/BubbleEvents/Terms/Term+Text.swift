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
///
/// Scalar by scalar, since a combining mark behind a quote would hide the quote in one character.
private struct TermReader {
  private static let depthLimit = 32
  private var rest: Substring.UnicodeScalarView

  init(_ text: some StringProtocol) {
    rest = Substring(text).unicodeScalars
  }

  var isAtEnd: Bool { rest.allSatisfy(\.properties.isWhitespace) }

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
    rest = rest.drop(while: \.properties.isWhitespace)
  }

  private mutating func elements(until close: Unicode.Scalar, depth: Int) -> [Term]? {
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

  private mutating func quoted(by quote: Unicode.Scalar) -> String? {
    rest.removeFirst()
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case quote:
        return String(text)
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        text.append(escaped)
      default:
        text.append(scalar)
      }
    }
    return nil
  }

  private mutating func pid() -> Term? {
    guard let end = rest.firstIndex(of: ">") else { return nil }
    let text = rest[...end]
    rest = rest[rest.index(after: end)...]
    return PID(Substring(text)).map(Term.pid)
  }

  /// What Erlang cannot write: a reference `#Ref<7>`, or a Swift value `#"…"`.
  private mutating func special() -> Term? {
    rest.removeFirst()
    if rest.first == "\"" { return quoted(by: "\"").map(Term.opaque) }
    guard rest.starts(with: "Ref<".unicodeScalars), let end = rest.firstIndex(of: ">") else {
      return nil
    }
    let number = UInt64(Substring(rest[..<end].dropFirst(4)))
    rest = rest[rest.index(after: end)...]
    return number.map(Term.reference)
  }

  private mutating func word() -> Term? {
    let scalars = rest.prefix(while: \.isInWord)
    guard let first = scalars.first else { return nil }
    rest = rest[scalars.endIndex...]
    let text = Substring(scalars)
    if text == "STACK" { return .stack }
    if let integer = Int(text) { return .integer(integer) }
    guard first.properties.isAlphabetic || first == "_" else {
      return Double(text).flatMap { $0.isFinite ? .float($0) : nil }
    }
    return .atom(String(text))
  }
}

extension Unicode.Scalar {
  /// Whether an atom or number without quotes may have it: a letter, a mark on one, a digit,
  /// `_@.+-`.
  fileprivate var isInWord: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default:
      properties.isAlphabetic || properties.numericType != nil
        || "_@.+-".unicodeScalars.contains(self)
    }
  }
}
