/// A number with a comma after every third digit: `10,000`.
package func grouped(_ number: Int) -> String {
  var digits = Array(String(number.magnitude))
  for index in stride(from: digits.count - 3, to: 0, by: -3) {
    digits.insert(",", at: index)
  }
  return (number < 0 ? "-" : "") + String(digits)
}

extension StringProtocol {
  /// The text without the blanks around it.
  package var trimmed: String {
    let front = drop(while: \.isWhitespace)
    return String(front.prefix(front.count - front.reversed().prefix(while: \.isWhitespace).count))
  }
}

/// The changes of a line such as `strategy=one_for_all intensity=3 in 5 s`, whose values may have
/// blanks in them: a word without an equals sign belongs to the change before it.
package func changes(in text: String) -> [String] {
  text.split(separator: " ").reduce(into: []) { changes, word in
    if changes.isEmpty || word.contains("=") {
      changes.append(String(word))
    } else {
      changes[changes.count - 1] += " " + word
    }
  }
}
