/// Reads one JSON value.
struct JSONParser {
  /// Text that is not JSON, and where.
  struct Failure: Error, CustomStringConvertible {
    var offset: Int
    var description: String { "no JSON at byte \(offset)" }
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  mutating func value() throws -> JSONValue {
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    default: return try word()
    }
  }

  /// Nothing but blanks may follow.
  mutating func expectEnd() throws {
    skipBlanks()
    guard peek == nil else { throw Failure(offset: position) }
  }

  // MARK: - Parts

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws {
    guard take(byte) else { throw Failure(offset: position) }
  }

  private mutating func members() throws -> [(key: String, value: JSONValue)] {
    position += 1
    var members: [(key: String, value: JSONValue)] = []
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipBlanks()
      let key = try string()
      try expect(UInt8(ascii: ":"))
      members.append((key, try value()))
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return members
  }

  private mutating func elements() throws -> [JSONValue] {
    position += 1
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return values }
    repeat { values.append(try value()) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return values
  }

  private mutating func string() throws -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escaped()
      default: text.append(byte)
      }
    }
    throw Failure(offset: position)
  }

  private mutating func escaped() throws -> [UInt8] {
    guard let byte = peek else { throw Failure(offset: position) }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "u"):
      let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
      guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
        throw Failure(offset: position)
      }
      position += 4
      return Array(String(scalar).utf8)
    default: return [byte]
    }
  }

  private mutating func word() throws -> JSONValue {
    let start = position
    let ends = Array(",]} \n\r\t".utf8)
    while let byte = peek, !ends.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      if let integer = Int(text) { return .integer(integer) }
      if let number = Double(text) { return .number(number) }
      throw Failure(offset: start)
    }
  }
}

extension JSONValue {
  /// Reads one value.
  package init(parsing text: String) throws {
    var parser = JSONParser(text)
    self = try parser.value()
    try parser.expectEnd()
  }
}
