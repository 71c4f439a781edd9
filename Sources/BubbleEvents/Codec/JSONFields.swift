/// Walks over the fields of a JSON object without decoding them.
///
/// It looks at no more than it has to, so it does not notice everything that is wrong; what it does
/// not understand ends the walk.
struct JSONFields {
  /// Where a field stands.
  struct Location {
    /// Its name, without the quotes and as it is written.
    var name: Range<Int>
    /// Its value, as it is written.
    var value: Range<Int>
  }

  private let bytes: UnsafeRawBufferPointer
  private var index = 0
  private var isFirst = true

  /// Before the first field of the object that `bytes` is; nil when no object begins there.
  init?(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    skipBlanks()
    guard take(UInt8(ascii: "{")) else { return nil }
  }

  /// The next field; nil after the last one.
  mutating func next() -> Location? {
    skipBlanks()
    if !isFirst {
      guard take(UInt8(ascii: ",")) else { return nil }
      skipBlanks()
    }
    isFirst = false
    guard let name = takeString() else { return nil }
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { return nil }
    skipBlanks()
    let start = index
    skipValue()
    return Location(name: name, value: start..<index)
  }

  // MARK: - Private

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) {
      index += 1
    }
  }

  /// What is between the quotes of a string; nil when there is none, or it does not end.
  private mutating func takeString() -> Range<Int>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = index
    var next = start
    while next < bytes.count {
      let byte = bytes[next]
      if byte == UInt8(ascii: "\"") {
        index = next + 1
        return start..<next
      }
      next += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    index = bytes.count
    return nil
  }

  private mutating func skipValue() {
    guard index < bytes.count else { return }
    switch bytes[index] {
    case UInt8(ascii: "\""): _ = takeString()
    case UInt8(ascii: "{"), UInt8(ascii: "["): skipNested()
    default: skipPlain()
    }
  }

  /// Skips a number or a word.
  private mutating func skipPlain() {
    var next = index
    while next < bytes.count, !Self.endsPlain(bytes[next]) { next += 1 }
    index = next
  }

  private static func endsPlain(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      || byte <= 0x20
  }

  /// Skips an object or a list.
  private mutating func skipNested() {
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        _ = takeString()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      index += 1
      if depth == 0 { return }
    }
  }
}
