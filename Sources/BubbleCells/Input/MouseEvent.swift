/// What the mouse did, and over which cell.
package struct MouseEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case press(Button)
    case release
    case scrollUp
    case scrollDown
  }

  package enum Button: Hashable, Sendable {
    case left
    case middle
    case right
  }

  package var kind: Kind
  package var at: Point

  package init(_ kind: Kind, at: Point) {
    self.kind = kind
    self.at = at
  }
}
