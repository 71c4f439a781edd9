/// JSON in which every character that could steer a terminal is an escape.
///
/// JSON may hold DEL, the C1 controls and what turns the direction of writing around as they are. A
/// file of it is looked at in terminals, and its strings come from outside.
///
/// - Parameter json: Valid JSON, as UTF-8; such characters can only stand in its strings.
/// - Returns: JSON that means the same.
package func withoutSteering(_ json: [UInt8]) -> [UInt8] {
  guard json.contains(where: mayBeginSteering) else { return json }
  var safe: [UInt8] = []
  safe.reserveCapacity(json.count + 64)
  for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
    if steers(scalar) {
      let digits = String(scalar.value, radix: 16)
      let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
      safe.append(contentsOf: "\\u\(zeros)\(digits)".utf8)
    } else {
      safe.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
  return safe
}

/// Whether a character that steers can begin with `byte` of UTF-8.
func mayBeginSteering(_ byte: UInt8) -> Bool {
  byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2
}

private func steers(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  // DEL and C1; the Arabic letter mark, marks of direction, separators of lines and paragraphs,
  // embeddings, overrides and isolates.
  case 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}
