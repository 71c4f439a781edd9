/// What the rows of the table are sorted by.
package enum TableOrder: String, CaseIterable, Hashable, Sendable {
  /// The order in which a supervisor starts its children; the only one that shows the tree.
  case start
  case name
  case pid
  case state
  case restarts
  case mailbox
  case turns
  case uptime
}
