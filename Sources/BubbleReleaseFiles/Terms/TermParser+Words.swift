internal import BubbleText

/// Texts and numbers.
extension TermParser {
  /// A string; strings that follow each other are one.
  mutating func strings() throws(ResourceError) -> String {
    var text = ""
    while next == "\"" {
      text += try quotedText(by: "\"")
      skipBlanks()
    }
    return text
  }

  mutating func quotedText(by quote: Unicode.Scalar) throws(ResourceError) -> String {
    let start = place
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = next {
      if take(quote) { return String(text) }
      text.append(scalar == "\\" ? try escape() : scalar)
      if scalar != "\\" { advance() }
    }
    throw error("found the end of the file before the closing \(quote)", at: start)
  }

  /// What a backslash and what follows it stand for.
  private mutating func escape() throws(ResourceError) -> Unicode.Scalar {
    let start = place
    advance()
    guard let scalar = next else { throw unexpected("a character behind \"\\\"") }
    switch scalar {
    case "0"..."7": return try octal(at: start)
    case "x":
      advance()
      return try hexadecimal(at: start)
    case "^":
      advance()
      guard let control = next, (0x40...0x5F).contains(control.value & ~0x20) else {
        throw unexpected("a letter behind \"\\^\"")
      }
      advance()
      return Unicode.Scalar(UInt8(control.value & 31))
    default:
      advance()
      return namedEscapes[scalar] ?? scalar
    }
  }

  private mutating func octal(at start: TermPosition) throws(ResourceError) -> Unicode.Scalar {
    var number: UInt32 = 0
    var count = 0
    while count < 3, let scalar = next, ("0"..."7").contains(scalar) {
      number = number * 8 + (scalar.value - 48)
      count += 1
      advance()
    }
    return try character(number, at: start)
  }

  private mutating func hexadecimal(at start: TermPosition) throws(ResourceError) -> Unicode.Scalar
  {
    let isBraced = take("{")
    var number: UInt32 = 0
    var count = 0
    while count < (isBraced ? 7 : 2), let digit = next?.digit, digit < 16 {
      number = number * 16 + UInt32(digit)
      count += 1
      advance()
    }
    guard count == 2 || isBraced && count > 0 else { throw unexpected("a hexadecimal digit") }
    if isBraced, !take("}") { throw unexpected("\"}\"") }
    return try character(number, at: start)
  }

  private func character(
    _ number: UInt32, at start: TermPosition
  ) throws(ResourceError) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(number) else {
      throw error("there is no character \(String(number, radix: 16, uppercase: true))", at: start)
    }
    return scalar
  }

  /// A number or a character, with or without a sign.
  mutating func number() throws(ResourceError) -> LocatedTerm.Value {
    let start = place
    let isNegative = next == "-"
    if take("-") || take("+") { skipBlanks() }
    if take("$") {
      guard let scalar = next else { throw unexpected("a character behind \"$\"") }
      if scalar != "\\" { advance() }
      let character = scalar == "\\" ? try escape() : scalar
      return .integer(isNegative ? -Int(character.value) : Int(character.value))
    }
    let whole = digits()
    guard !whole.isEmpty else { throw unexpected("a number") }
    if next == "#" {
      guard let base = Int(whole), (2...36).contains(base) else {
        throw error("a number has a base from 2 to 36, not \(quoted(whole))", at: start)
      }
      advance()
      let based = digits { $0 < base }
      guard !based.isEmpty else { throw unexpected("a digit to the base \(base)") }
      return .integer(try integer(based, base, isNegative, at: start))
    }
    guard next == ".", scalar(at: 1)?.digit.map({ $0 < 10 }) == true else {
      return .integer(try integer(whole, 10, isNegative, at: start))
    }
    advance()
    return .float(try float(whole, isNegative, at: start))
  }

  private func integer(
    _ digits: String, _ base: Int, _ isNegative: Bool, at start: TermPosition
  ) throws(ResourceError) -> Int {
    guard let number = Int((isNegative ? "-" : "") + digits, radix: base) else {
      throw error("the number \(quoted(digits)) has more than 64 bits", at: start)
    }
    return number
  }

  private mutating func float(
    _ whole: String, _ isNegative: Bool, at start: TermPosition
  ) throws(ResourceError) -> Double {
    var text = (isNegative ? "-" : "") + whole + "." + digits()
    if next == "e" || next == "E" {
      advance()
      text += "e"
      if take("-") { text += "-" } else { _ = take("+") }
      let exponent = digits()
      guard !exponent.isEmpty else { throw unexpected("the digits of an exponent") }
      text += exponent
    }
    guard let number = Double(text), number.isFinite else {
      throw error("the number \(quoted(text)) is too large", at: start)
    }
    return number
  }

  /// Digits, without the single underscores between them.
  private mutating func digits(_ isDigit: (Int) -> Bool = { $0 < 10 }) -> String {
    var digits = String.UnicodeScalarView()
    while let scalar = next {
      if let digit = scalar.digit, isDigit(digit) {
        digits.append(scalar)
      } else if scalar != "_" || digits.isEmpty || self.scalar(at: 1)?.digit.map(isDigit) != true {
        break
      }
      advance()
    }
    return String(digits)
  }
}

private let namedEscapes: [Unicode.Scalar: Unicode.Scalar] = [
  "n": "\n", "r": "\r", "t": "\t", "v": "\u{B}", "b": "\u{8}", "f": "\u{C}", "e": "\u{1B}",
  "s": " ", "d": "\u{7F}",
]

extension Unicode.Scalar {
  /// Its value as a digit to the base 36.
  fileprivate var digit: Int? {
    switch self {
    case "0"..."9": Int(value) - 48
    case "a"..."z": Int(value) - 87
    case "A"..."Z": Int(value) - 55
    default: nil
    }
  }
}
