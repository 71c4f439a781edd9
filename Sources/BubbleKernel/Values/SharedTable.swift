package import BubbleEvents

/// What several processes read and write without messages, and one of them owns (OTP: an ETS
/// table).
///
/// A table has a name of its own and vanishes with its owner. Nobody waits for it, and whoever
/// reads sees everything that was written before.
package protocol SharedTable: Sendable {
  /// The content, part by part, which the inspector shows with its owner's state.
  func describeState() -> [ProcessInspection.Field]
}

/// A table and the process that it vanishes with.
struct OwnedTable: Sendable {
  var owner: PID
  var table: any SharedTable
}
