/// The place of one dot of a canvas, counted from the upper left corner.
package struct Dot: Hashable, Sendable {
  package var x: Int
  package var y: Int

  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}
