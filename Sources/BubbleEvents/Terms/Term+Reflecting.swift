extension Term {
  /// The term that stands for any Swift value, as Erlang would write the like of it.
  ///
  /// A case of an enum is an atom, `startChild` being `start_child`, or a tuple that begins with
  /// it; a structure is a tuple of its name and its parts; numbers, texts, arrays and dictionaries
  /// are what they are in Erlang, a duration its milliseconds, nil is `undefined`, a function
  /// `#Fun`. A value with a description of its own is told by that. What is nested too deep is
  /// `...`.
  public init(reflecting value: Any) {
    self.init(value, depth: 0)
  }

  private static let depthLimit = 8

  private init(_ value: Any, depth: Int) {
    if let term = value as? Term {
      self = term
    } else if let convertible = value as? any TermConvertible {
      self = convertible.term
    } else if let plain = Self.plain(value) {
      self = plain
    } else if depth < Self.depthLimit {
      self = Self.structured(value, depth: depth + 1)
    } else {
      self = .opaque("...")
    }
  }

  /// Truth values, numbers and texts.
  private static func plain(_ value: Any) -> Term? {
    switch value {
    case let truth as Bool: .atom(truth ? "true" : "false")
    case let number as any BinaryInteger:
      Int(exactly: number).map(Term.integer) ?? .opaque("\(number)")
    case let number as Double: .float(number)
    case let number as Float: .float(Double(number))
    case let text as any StringProtocol: .text(String(text))
    case let time as Duration: .integer(Int(time / .milliseconds(1)))
    default: nil
    }
  }

  private static func structured(_ value: Any, depth: Int) -> Term {
    let mirror = Mirror(reflecting: value)
    let parts = mirror.children.map { $0.value }
    func terms(_ values: [Any]) -> [Term] { values.map { Term($0, depth: depth) } }
    switch mirror.displayStyle {
    case .optional: return parts.first.map { Term($0, depth: depth) } ?? "undefined"
    case .collection: return .list(terms(parts))
    case .set: return .list(terms(parts).sorted { $0.description < $1.description })
    case .dictionary: return map(terms(parts))
    case .tuple: return .tuple(terms(parts))
    case .enum: return described(value) ?? enumeration(value, mirror, depth)
    case .struct, .class:
      let name = Term.atom(snakeCase("\(type(of: value))"))
      return described(value) ?? (parts.isEmpty ? name : .tuple([name] + terms(parts)))
    default:
      return described(value) ?? .opaque("\(type(of: value))".contains("->") ? "#Fun" : "\(value)")
    }
  }

  private static func described(_ value: Any) -> Term? {
    (value as? any CustomStringConvertible).map { .opaque($0.description) }
  }

  /// A case, with what it carries.
  private static func enumeration(_ value: Any, _ mirror: Mirror, _ depth: Int) -> Term {
    guard let payload = mirror.children.first, let label = payload.label else {
      return .atom(snakeCase("\(value)"))
    }
    let inner = Mirror(reflecting: payload.value)
    let values = inner.displayStyle == .tuple ? inner.children.map { $0.value } : [payload.value]
    return .tuple([.atom(snakeCase(label))] + values.map { Term($0, depth: depth) })
  }

  /// Pairs of keys and values, in the order of the keys' texts.
  private static func map(_ pairs: [Term]) -> Term {
    let texts = pairs.compactMap { pair -> String? in
      guard case .tuple(let parts) = pair, parts.count == 2 else { return nil }
      return "\(parts[0])=>\(parts[1])"
    }
    return .opaque("#{" + texts.sorted().joined(separator: ",") + "}")
  }

  /// The name in the style of Erlang's atoms; without the arguments of a generic type.
  private static func snakeCase(_ name: String) -> String {
    var text = ""
    for character in name.prefix(while: { $0 != "<" }) {
      if character.isUppercase, let last = text.last, last != "_", !last.isUppercase {
        text.append("_")
      }
      text += character.lowercased()
    }
    return text
  }
}
