internal import BubbleEvents
internal import BubbleText

/// Reads terms from the front of a text, scalar by scalar.
struct TermParser {
  let file: String
  private let scalars: [Unicode.Scalar]
  private(set) var index = 0
  private(set) var place = TermPosition.start

  init(_ scalars: [Unicode.Scalar], file: String) {
    self.scalars = scalars
    self.file = file
  }

  // MARK: - Terms

  /// Every term of the file.
  mutating func terms() throws(ResourceError) -> [LocatedTerm] {
    var terms: [LocatedTerm] = []
    skipBlanks()
    while next != nil {
      terms.append(try term(depth: 0))
      skipBlanks()
      guard next == ".", isBlank(after: 1) else { throw unexpected("a full stop") }
      advance()
      skipBlanks()
    }
    return terms
  }

  private mutating func term(depth: Int) throws(ResourceError) -> LocatedTerm {
    skipBlanks()
    let start = place
    guard depth < TermFile.depthLimit else {
      throw error("terms are nested deeper than \(TermFile.depthLimit)", at: start)
    }
    return LocatedTerm(value: try value(depth: depth), place: start)
  }

  private mutating func value(depth: Int) throws(ResourceError) -> LocatedTerm.Value {
    switch next {
    case "{": return .tuple(try elements(until: "}", depth: depth))
    case "[": return .list(try elements(until: "]", depth: depth))
    case "#": return try map(depth: depth)
    case "<": return try binary()
    case "\"": return .string(try strings())
    case "'": return .atom(try quotedText(by: "'"))
    case "$", "+", "-": return try number()
    case let scalar? where ("0"..."9").contains(scalar): return try number()
    case let scalar? where scalar.beginsAtom: return try plainAtom()
    default: throw unexpected("a term")
    }
  }

  private mutating func elements(
    until close: Unicode.Scalar, depth: Int
  ) throws(ResourceError) -> [LocatedTerm] {
    advance()
    var elements: [LocatedTerm] = []
    skipBlanks()
    if take(close) { return elements }
    while true {
      elements.append(try term(depth: depth + 1))
      skipBlanks()
      if take(close) { return elements }
      if close == "]", take("|") {
        return try elements + tail(depth: depth)
      }
      guard take(",") else { throw unexpected("\",\" or \"\(close)\"") }
    }
  }

  private mutating func tail(depth: Int) throws(ResourceError) -> [LocatedTerm] {
    let rest = try term(depth: depth + 1)
    guard let list = rest.list else {
      throw error("found \(rest.kindInWords) where the rest of a list was expected", at: rest.place)
    }
    skipBlanks()
    guard take("]") else { throw unexpected("\"]\"") }
    return list
  }

  private mutating func map(depth: Int) throws(ResourceError) -> LocatedTerm.Value {
    advance()
    skipBlanks()
    guard take("{") else { throw unexpected("\"{\" of a map") }
    var entries: [LocatedTerm.MapEntry?] = []
    var places: [Term: Int] = [:]
    skipBlanks()
    if take("}") { return .map([]) }
    while true {
      let key = try term(depth: depth + 1)
      skipBlanks()
      guard next == "=", scalar(at: 1) == ">" else { throw unexpected("\"=>\"") }
      advance(by: 2)
      let value = try term(depth: depth + 1)
      if let earlier = places.updateValue(entries.count, forKey: key.term) {
        entries[earlier] = nil
      }
      entries.append(.init(key: key, value: value))
      skipBlanks()
      if take("}") { return .map(entries.compactMap(\.self)) }
      guard take(",") else { throw unexpected("\",\" or \"}\"") }
    }
  }

  private mutating func plainAtom() throws(ResourceError) -> LocatedTerm.Value {
    let start = place
    var name = String.UnicodeScalarView()
    while let scalar = next, scalar.isInAtom {
      name.append(scalar)
      advance()
    }
    let text = String(name)
    guard !reservedWords.contains(text) else {
      throw error("\(quoted(text)) is a reserved word: an atom of that name needs '…'", at: start)
    }
    return .atom(text)
  }

  // MARK: - Binaries

  private mutating func binary() throws(ResourceError) -> LocatedTerm.Value {
    guard scalar(at: 1) == "<" else { throw unexpected("a term") }
    advance(by: 2)
    var bytes: [UInt8] = []
    skipBlanks()
    if takeBinaryEnd() { return .binary(bytes) }
    while true {
      skipBlanks()
      bytes += try segment()
      skipBlanks()
      if takeBinaryEnd() { return .binary(bytes) }
      guard take(",") else { throw unexpected("\",\" or \">>\"") }
    }
  }

  private mutating func segment() throws(ResourceError) -> [UInt8] {
    let start = place
    if next == "\"" {
      let text = try quotedText(by: "\"")
      guard next == "/" else {
        return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      }
      advance()
      guard case .atom("utf8") = try plainAtom() else {
        throw error("a string in a binary can only be /utf8", at: start)
      }
      return Array(text.utf8)
    }
    guard case .integer(let number) = try number() else {
      throw error("found a float where a byte of a binary was expected", at: start)
    }
    guard next != ":", next != "/" else { throw unexpected("a whole byte, without a size") }
    return [UInt8(truncatingIfNeeded: number)]
  }

  private mutating func takeBinaryEnd() -> Bool {
    guard next == ">", scalar(at: 1) == ">" else { return false }
    advance(by: 2)
    return true
  }

  // MARK: - The text

  /// What stands here; nil at the end.
  var next: Unicode.Scalar? { scalar(at: 0) }

  func scalar(at offset: Int) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  mutating func advance(by count: Int = 1) {
    for _ in 0..<count {
      guard let scalar = next else { return }
      place = place.behind(scalar)
      index += 1
    }
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    advance()
    return true
  }

  /// Passes over blanks and comments.
  mutating func skipBlanks() {
    while let scalar = next {
      if scalar == "%" {
        while let scalar = next, scalar != "\n" { advance() }
      } else if scalar.isErlangBlank {
        advance()
      } else {
        return
      }
    }
  }

  private func isBlank(after offset: Int) -> Bool {
    scalar(at: offset).map { $0.isErlangBlank || $0 == "%" } ?? true
  }

  // MARK: - Errors

  func error(_ message: String, at place: TermPosition) -> ResourceError {
    ResourceError(file: file, place: place, message: message)
  }

  /// What stands here is not what was expected.
  func unexpected(_ expected: String) -> ResourceError {
    error("found \(found) where \(expected) was expected", at: place)
  }

  private var found: String {
    guard let first = next else { return "the end of the file" }
    guard first.isInAtom else { return quoted(String(Character(first))) }
    var word = String.UnicodeScalarView()
    for scalar in scalars[index...].prefix(80).prefix(while: \.isInAtom) { word.append(scalar) }
    return quoted(String(word))
  }
}

private let reservedWords: Set<String> = [
  "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case", "catch",
  "cond", "div", "end", "fun", "if", "let", "not", "of", "or", "orelse", "receive", "rem", "try",
  "when", "xor",
]

extension Unicode.Scalar {
  /// Latin-1's small letters, as Erlang has it.
  fileprivate var beginsAtom: Bool {
    ("a"..."z").contains(self) || ("\u{DF}"..."\u{FF}").contains(self) && self != "\u{F7}"
  }

  fileprivate var isInAtom: Bool {
    beginsAtom || ("A"..."Z").contains(self) || ("0"..."9").contains(self) || self == "_"
      || self == "@" || ("\u{C0}"..."\u{DE}").contains(self) && self != "\u{D7}"
  }

  fileprivate var isErlangBlank: Bool {
    value <= 0x20 || ("\u{80}"..."\u{A0}").contains(self)
  }
}
