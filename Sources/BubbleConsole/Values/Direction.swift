/// Where a movement key leads.
package enum Direction: Hashable, Sendable, CaseIterable {
  case up
  case down
  case left
  case right
  case first
  case last
  case pageUp
  case pageDown
}
