/// What is laid out as a tree: how wide each box is, and which hang below it.
package struct TidyForest: Hashable, Sendable {
  /// One box and what hangs below it, left to right.
  package struct Box: Hashable, Sendable {
    package var width: Int
    /// Indices into `boxes`, all larger than the box's own.
    package var children: [Int]

    package init(width: Int, children: [Int] = []) {
      self.width = width
      self.children = children
    }
  }

  /// All boxes, parents before children.
  package var boxes: [Box]
  /// The boxes that hang below none, left to right.
  package var roots: [Int]

  package init(boxes: [Box], roots: [Int]) {
    self.boxes = boxes
    self.roots = roots
  }
}
