/// Reads regular expressions; nil for what is none that is understood.
struct VersionExpressionParser {
  /// An expression.
  indirect enum Node {
    case one(VersionExpression.Scalars)
    case start
    case end
    case sequence([Node])
    case either(Node, Node)
    case repeated(Node, least: Int, most: Int?, isGreedy: Bool)
  }

  private var rest: Substring.UnicodeScalarView

  init(_ text: String) {
    rest = Substring(text).unicodeScalars
  }

  /// The expression that the whole text is.
  mutating func whole() -> Node? {
    guard let node = alternatives(), rest.isEmpty else { return nil }
    return node
  }

  private mutating func alternatives() -> Node? {
    guard let first = sequence() else { return nil }
    guard take("|") else { return first }
    return alternatives().map { .either(first, $0) }
  }

  private mutating func sequence() -> Node? {
    var nodes: [Node] = []
    while let next = rest.first, next != "|", next != ")" {
      guard let node = atom() else { return nil }
      guard let repeated = repetition(of: node) else { return nil }
      nodes.append(repeated)
    }
    return .sequence(nodes)
  }

  private mutating func atom() -> Node? {
    guard bounds() == nil, let scalar = rest.popFirst() else { return nil }
    switch scalar {
    case "^": return .start
    case "$": return .end
    case ".": return .one(.init(ranges: [10...10], isNegated: true))
    case "(":
      if take("?"), !take(":") { return nil }
      guard let node = alternatives(), take(")") else { return nil }
      return node
    case "[": return set().map { .one($0) }
    case "\\":
      if take("A") { return .start }
      if take("z") { return .end }
      return escape().map { .one($0) }
    default: return .one(.init(ranges: [scalar.value...scalar.value]))
    }
  }

  // MARK: - Repetition

  private mutating func repetition(of node: Node) -> Node? {
    guard let bounds = bounds() else { return node }
    switch node {
    case .start, .end: return nil
    case .one, .sequence, .either, .repeated: break
    }
    guard bounds.most.map({ $0 >= bounds.least && $0 <= 1000 }) ?? (bounds.least <= 1000) else {
      return nil
    }
    let isGreedy = !take("?")
    if let next = rest.first, next == "*" || next == "+" || next == "?" { return nil }
    return .repeated(node, least: bounds.least, most: bounds.most, isGreedy: isGreedy)
  }

  /// What stands here says about how often; nil for nothing, which a brace can be too.
  private mutating func bounds() -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let before = rest
    guard take("{"), let least = number() else {
      rest = before
      return nil
    }
    if take("}") { return (least, least) }
    if take(",") {
      if take("}") { return (least, nil) }
      if let most = number(), take("}") { return (least, most) }
    }
    rest = before
    return nil
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next = rest.first, ("0"..."9").contains(next), digits.count < 6 {
      digits.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return Int(digits)
  }

  // MARK: - Sets

  /// What follows a backslash.
  private mutating func escape() -> VersionExpression.Scalars? {
    guard let scalar = rest.popFirst() else { return nil }
    switch scalar {
    case "d": return named["digit"]
    case "w": return named["word"]
    case "s": return named["space"]
    case "D", "W", "S":
      let name = scalar == "D" ? "digit" : scalar == "W" ? "word" : "space"
      return named[name].map { .init(ranges: $0.ranges, isNegated: true) }
    case "n": return .init(ranges: [10...10])
    case "r": return .init(ranges: [13...13])
    case "t": return .init(ranges: [9...9])
    default:
      let isWord = named["word"]?.contains(scalar) ?? true
      return isWord ? nil : .init(ranges: [scalar.value...scalar.value])
    }
  }

  /// What stands between brackets.
  private mutating func set() -> VersionExpression.Scalars? {
    var set = VersionExpression.Scalars(isNegated: take("^"))
    var isFirst = true
    while let next = rest.popFirst() {
      if next == "]", !isFirst { return set }
      isFirst = false
      guard let part = member(next) else { return nil }
      guard take("-") else {
        set.ranges += part
        continue
      }
      guard let end = rest.popFirst() else { return nil }
      if end == "]" {
        set.ranges += part + [45...45]
        return set
      }
      // A range goes from one character to another one.
      guard let last = member(end)?.first, last.count == 1, part.count == 1, part[0].count == 1,
        part[0].lowerBound <= last.lowerBound
      else { return nil }
      set.ranges.append(part[0].lowerBound...last.lowerBound)
    }
    return nil
  }

  /// A part of a set, which begins with that character.
  private mutating func member(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>]? {
    if scalar == "\\" {
      guard let set = escape(), !set.isNegated else { return nil }
      return set.ranges
    }
    guard scalar == "[", let next = rest.first, next == ":" || next == "." || next == "=" else {
      return [scalar.value...scalar.value]
    }
    for (name, set) in named where rest.starts(with: ":\(name):]".unicodeScalars) {
      rest.removeFirst(name.unicodeScalars.count + 3)
      return set.ranges
    }
    return nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }
}

/// Sets that have a name.
private let named: [String: VersionExpression.Scalars] = [
  "digit": .init(ranges: [48...57]), "lower": .init(ranges: [97...122]),
  "upper": .init(ranges: [65...90]), "alpha": .init(ranges: [65...90, 97...122]),
  "alnum": .init(ranges: [48...57, 65...90, 97...122]),
  "word": .init(ranges: [48...57, 65...90, 95...95, 97...122]),
  "xdigit": .init(ranges: [48...57, 65...70, 97...102]),
  "space": .init(ranges: [9...13, 32...32]),
  "punct": .init(ranges: [33...47, 58...64, 91...96, 123...126]),
]
