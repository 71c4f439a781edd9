/// A positive number raised to a power, with the same bits on every machine.
///
/// The C library's `pow` differs between platforms in the last digits, enough to move a dot. This
/// one uses only operations that IEEE 754 defines exactly; it is good to about 12 digits.
package func power(_ base: Double, _ exponent: Double) -> Double {
  guard base > 0 else { return 0 }
  return exponential2(logarithm2(base) * exponent)
}

/// The natural logarithm of a positive number, with the same bits on every machine.
package func logarithm(_ value: Double) -> Double { logarithm2(value) * logarithmOf2 }

private let logarithmOf2 = 0.693_147_180_559_945_309_4

/// How many doublings lead from 1 to a positive number, with the same bits on every machine.
package func logarithm2(_ value: Double) -> Double {
  var whole = Double(value.exponent)
  var fraction = value.significand
  if fraction > 1.414_213_562_373_095 {
    fraction /= 2
    whole += 1
  }
  // log(fraction) = 2 artanh((fraction − 1) / (fraction + 1)), and the argument is below 0.172.
  let ratio = (fraction - 1) / (fraction + 1)
  let square = ratio * ratio
  var term = ratio
  var sum = 0.0
  for denominator in stride(from: 1.0, through: 21, by: 2) {
    sum += term / denominator
    term *= square
  }
  return whole + 2 * sum / logarithmOf2
}

private func exponential2(_ value: Double) -> Double {
  let whole = value.rounded(.toNearestOrEven)
  guard whole > -1000 else { return 0 }
  precondition(whole < 1000, "a power too large to draw")
  let argument = (value - whole) * logarithmOf2
  var term = 1.0
  var sum = 1.0
  for divisor in stride(from: 1.0, through: 14, by: 1) {
    term *= argument / divisor
    sum += term
  }
  return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
}
