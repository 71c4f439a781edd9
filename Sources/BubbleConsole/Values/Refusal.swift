/// Why an action cannot be done now, said to the user in one line.
package struct Refusal: Error, Hashable, Sendable {
  package var reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}
