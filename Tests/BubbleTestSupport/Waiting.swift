import Glibc

/// What did not come true in time.
package struct NeverTrue: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

/// Waits until something outside of this program's control is true, and looks often.
package func waitUntil(
  _ what: @autoclosure () -> String, within milliseconds: Int = 60_000,
  _ condition: () throws -> Bool
) throws {
  var left = milliseconds
  while try !condition() {
    guard left > 0 else { throw NeverTrue(description: "not within \(milliseconds) ms: \(what())") }
    usleep(2000)
    left -= 2
  }
}
