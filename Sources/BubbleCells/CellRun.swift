/// Neighbouring cells of one row that are sent to the screen together.
package struct CellRun: Hashable, Sendable {
  package let start: Point
  package let cells: [Cell]
}
