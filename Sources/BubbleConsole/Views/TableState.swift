/// What the table view remembers between frames.
package struct TableState: Hashable, Sendable {
  package var order = TableOrder.start

  package init() {}
}
