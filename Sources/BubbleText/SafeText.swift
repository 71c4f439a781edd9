/// `text` between double quotes, cut to 60 characters, safe for a terminal.
package func quoted(_ text: String) -> String {
  let limit = 60
  let cut = text.count > limit ? text.prefix(limit - 1) + "…" : text[...]
  return "\"\(escaped(String(cut)))\""
}

/// Whether something of the scalar can be seen: a blank, a mark without a letter, or what steers a
/// terminal cannot.
package func isVisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
    .privateUse, .surrogate, .nonspacingMark, .enclosingMark, .spacingMark:
    false
  default: !scalar.properties.isDefaultIgnorableCodePoint
  }
}

/// `text` with everything that could steer a terminal written out.
package func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
      .surrogate:
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default:
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// `text` as a string of JSON; everything beyond ASCII stays as it is.
package func quotedForJSON(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\u{0}"..."\u{1F}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
