/// An object of JSON on one line: no spaces, the fields in the order of the alphabet.
///
/// It has the bytes that `JSONEncoder` writes with sorted keys and plain slashes, many times as
/// fast; and `withoutSteering`.
struct JSONLine: FieldSink {
  /// The values, one behind the other in the order in which they came.
  private var values: [UInt8] = []
  private var fields: [(name: String, place: Range<Int>)] = []

  /// The line of `object`, without a line break.
  static func bytes(of object: some FieldWriting) -> [UInt8] {
    var line = JSONLine()
    do {
      try object.write(to: &line)
    } catch {
      preconditionFailure("a line takes every field: \(error)")
    }
    return line.bytes()
  }

  private func bytes() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count + fields.count * 16)
    bytes.append(UInt8(ascii: "{"))
    for (name, place) in fields {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: name.utf8)
      bytes.append(UInt8(ascii: "\""))
      bytes.append(UInt8(ascii: ":"))
      bytes.append(contentsOf: values[place])
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  mutating func put(_ text: String, _ field: FieldName) { add(field) { $0.quote(text) } }

  mutating func put(_ number: Int64, _ field: FieldName) {
    add(field) { $0.values.append(contentsOf: String(number).utf8) }
  }

  mutating func put(_ flag: Bool, _ field: FieldName) {
    add(field) { $0.values.append(contentsOf: (flag ? "true" : "false").utf8) }
  }

  mutating func put(_ texts: [String], _ field: FieldName) {
    add(field) { line in
      line.values.append(UInt8(ascii: "["))
      for (index, text) in texts.enumerated() {
        if index > 0 { line.values.append(UInt8(ascii: ",")) }
        line.quote(text)
      }
      line.values.append(UInt8(ascii: "]"))
    }
  }

  mutating func put(_ object: some FieldWriting, _ field: FieldName) {
    add(field) { $0.values.append(contentsOf: Self.bytes(of: object)) }
  }

  // MARK: - Private

  /// Adds a field behind those whose names come before.
  private mutating func add(_ field: FieldName, _ write: (inout JSONLine) -> Void) {
    let start = values.count
    write(&self)
    let name = field.rawValue
    var index = fields.count
    while index > 0, name < fields[index - 1].name { index -= 1 }
    fields.insert((name, start..<values.count), at: index)
  }

  private mutating func quote(_ text: String) {
    let start = values.count
    var maySteer = false
    values.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        values.append(UInt8(ascii: "\\"))
        values.append(byte)
      case 0x20...:
        values.append(byte)
        maySteer = maySteer || mayBeginSteering(byte)
      case 0x08: escape("b")
      case 0x09: escape("t")
      case 0x0A: escape("n")
      case 0x0C: escape("f")
      case 0x0D: escape("r")
      default:
        escape("u")
        let digits = String(byte, radix: 16)
        values.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
        values.append(contentsOf: digits.utf8)
      }
    }
    values.append(UInt8(ascii: "\""))
    guard maySteer else { return }
    values.replaceSubrange(start..., with: withoutSteering(Array(values[start...])))
  }

  private mutating func escape(_ letter: Unicode.Scalar) {
    values.append(UInt8(ascii: "\\"))
    values.append(UInt8(ascii: letter))
  }
}
