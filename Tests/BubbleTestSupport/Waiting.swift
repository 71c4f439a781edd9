import Glibc

/// What did not come true in time.
package struct NeverTrue: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

/// How long a test waits for something that has to happen.
///
/// It says that nothing will come any more, not how fast anything has to be: a busy machine takes
/// many times as long as an idle one.
package let patience = Duration.seconds(600)

/// Waits until something outside of this program's control is true, and looks often.
package func waitUntil(
  _ what: @autoclosure () -> String, _ condition: () throws -> Bool
) throws {
  let end = ContinuousClock.now + patience
  while try !condition() {
    guard ContinuousClock.now < end else {
      throw NeverTrue(description: "not within \(patience): \(what())")
    }
    usleep(2000)
  }
}
