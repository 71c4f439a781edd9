extension Term {
  /// The term as text that `init(typed:)` reads back: atoms and texts quoted where they have to be.
  public var typed: String {
    switch self {
    case .atom(let name): name.isPlainAtom ? name : quoted(name, by: "'")
    case .integer(let value): String(value)
    case .float(let value): value.isFinite ? String(value) : "#" + quoted(String(value), by: "\"")
    case .text(let text): quoted(text, by: "\"")
    case .tuple(let elements): "{" + elements.map(\.typed).joined(separator: ",") + "}"
    case .list(let elements): "[" + elements.map(\.typed).joined(separator: ",") + "]"
    case .pid(let pid): pid.description
    case .reference(let number): "#Ref<\(number)>"
    case .stack: "STACK"
    case .opaque(let text): "#" + quoted(text, by: "\"")
    }
  }

  private func quoted(_ text: String, by quote: Unicode.Scalar) -> String {
    var quoted = String.UnicodeScalarView()
    quoted.append(quote)
    for scalar in text.unicodeScalars {
      if scalar == quote || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    quoted.append(quote)
    return String(quoted)
  }
}

extension String {
  /// Whether an atom of this name needs no quotes.
  fileprivate var isPlainAtom: Bool {
    guard let first, first.isASCII, first.isLetter || first == "_", self != "STACK" else {
      return false
    }
    return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
  }
}
