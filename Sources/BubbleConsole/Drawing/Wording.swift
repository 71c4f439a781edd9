package import BubbleEvents

/// The clock in the header: `mm:ss.t`.
package func clockText(_ instant: RuntimeInstant) -> String {
  let tenths = instant.nanoseconds / 100_000_000
  let minutes = tenths / 600
  let seconds = tenths / 10 % 60
  return "\(minutes < 10 ? "0" : "")\(minutes):\(seconds < 10 ? "0" : "")\(seconds).\(tenths % 10)"
}

/// A length of time that somebody set, without rounding: `5 s`, `1.5 s`, `50 ms`.
package func exact(milliseconds: Int) -> String {
  guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
  var fraction = String(milliseconds % 1000 + 1000).dropFirst()
  while fraction.last == "0" { fraction.removeLast() }
  return "\(milliseconds / 1000)\(fraction.isEmpty ? "" : ".\(fraction)") s"
}

/// A length of time as it is spoken of: `0.4 ms`, `2.1 s`, `3 min`.
package func spoken(_ duration: Duration) -> String {
  let nanoseconds = duration.wholeNanoseconds
  switch nanoseconds {
  case ...0: return "0 s"
  case ..<1_000: return "\(nanoseconds) ns"
  case ..<100_000: return "\(nanoseconds / 1_000) µs"
  case ..<10_000_000: return tenths(nanoseconds / 100_000) + " ms"
  case ..<1_000_000_000: return "\(nanoseconds / 1_000_000) ms"
  case ..<120_000_000_000: return tenths(nanoseconds / 100_000_000) + " s"
  case ..<7_200_000_000_000: return "\(nanoseconds / 60_000_000_000) min"
  default: return "\(nanoseconds / 3_600_000_000_000) h"
  }
}

private func tenths(_ value: Int64) -> String { "\(value / 10).\(value % 10)" }
