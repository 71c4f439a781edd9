/// Where text stands in the room it has.
package enum TextAlignment: Hashable, Sendable {
  case left
  case centre
  case right
}
