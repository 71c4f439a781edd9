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
