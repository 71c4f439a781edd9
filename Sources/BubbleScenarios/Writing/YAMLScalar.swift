/// Text between double quotes, as YAML reads it whatever is in it.
///
/// Whatever a reader of YAML refuses, folds or takes for the end of a line is written as an escape;
/// so is a `*` that a reader could take for the beginning of an alias.
func yamlScalar(_ text: String) -> String { "\"" + yamlEscaped(text, quotes: true) + "\"" }

/// Text as it can stand in a comment: on one line, and without anything that YAML refuses.
func yamlComment(_ text: String) -> String { yamlEscaped(text, quotes: false) }

private func yamlEscaped(_ text: String, quotes: Bool) -> String {
  var result = String.UnicodeScalarView()
  var previous: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\":
      if quotes { result.append("\\") }
      result.append(scalar)
    case "*" where aliasStarts.contains(previous): result += escape(scalar)
    case _ where isPlain(scalar): result.append(scalar)
    default: result += escape(scalar)
    }
    previous = scalar
  }
  return String(result)
}

/// What stands before an alias.
private let aliasStarts = Set("\t [{,:-?".unicodeScalars)

/// Whether YAML takes the character as it is: printable, and no break of a line.
private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
  case 0x10000...: true
  default: false
  }
}

private func escape(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
  let (letter, width) =
    scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
  let digits = String(scalar.value, radix: 16)
  let zeros = String(repeating: "0", count: width - digits.count)
  return ("\\" + letter + zeros + digits).unicodeScalars
}
