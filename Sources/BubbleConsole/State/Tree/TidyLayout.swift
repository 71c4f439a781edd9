/// Where the boxes of a tidy tree stand: siblings in order, parents above the middle of their
/// children, and nothing on top of each other.
///
/// Subtrees are placed from the bottom up, each as far left as its neighbours allow; then once more
/// as far right, and the mean of the two spreads small subtrees evenly between large ones. The mean
/// is sound since every rule has the form "this one at least so far right of that one".
package struct TidyLayout: Hashable, Sendable {
  /// How close the boxes may come.
  package struct Spacing: Hashable, Sendable {
    /// Blank columns between neighbours.
    package var gap: Int
    /// Whether a subtree may reach under its neighbour where that one is less deep.
    package var interlocks: Bool
    /// The least distance between the middles of the first two children, for what is written there.
    package var labelRoom: Int

    package init(gap: Int, interlocks: Bool, labelRoom: Int = 0) {
      self.gap = gap
      self.interlocks = interlocks
      self.labelRoom = labelRoom
    }
  }

  /// The leftmost column of each box; the smallest is 0.
  package private(set) var columns: [Int]
  /// How many boxes stand above each box.
  package private(set) var depths: [Int]
  /// Columns from the first to the last box.
  package private(set) var width: Int
  /// Levels of boxes.
  package private(set) var levels: Int

  package init(_ forest: TidyForest, spacing: Spacing) {
    let count = forest.boxes.count
    var lefts = Array(repeating: 0, count: count)
    var offsets = Array(repeating: 0, count: count)
    var outlines = Array(repeating: TidyOutline(), count: count)
    for index in forest.boxes.indices.reversed() {
      let box = forest.boxes[index]
      var row = TidyRow(
        box.children.map { outlines[$0] },
        middles: box.children.map { lefts[$0] + Self.middle(ofWidth: forest.boxes[$0].width) },
        spacing: spacing)
      for child in box.children { outlines[child] = TidyOutline() }
      for (child, offset) in zip(box.children, row.offsets) { offsets[child] = offset }
      let centre = Self.centre(above: box.children, forest, lefts, offsets)
      lefts[index] = centre - box.width / 2
      row.outline.cover(left: lefts[index], right: lefts[index] + box.width - 1)
      outlines[index] = row.outline
    }
    let top = TidyRow(forest.roots.map { outlines[$0] }, middles: [], spacing: spacing)
    for (root, offset) in zip(forest.roots, top.offsets) { offsets[root] = offset }
    columns = lefts
    depths = Array(repeating: 0, count: count)
    width = forest.roots.isEmpty ? 0 : top.outline.right - top.outline.left + 1
    levels = top.outline.depth
    for root in forest.roots { offsets[root] -= top.outline.left }
    for (index, box) in forest.boxes.enumerated() {
      columns[index] += offsets[index]
      for child in box.children {
        offsets[child] += offsets[index]
        depths[child] = depths[index] + 1
      }
    }
  }

  /// The column in which a box of this width is tied to its parent and its children.
  package static func middle(ofWidth width: Int) -> Int { width / 2 }

  /// The middle between the first and the last child; 0 without children.
  private static func centre(
    above children: [Int], _ forest: TidyForest, _ lefts: [Int], _ offsets: [Int]
  ) -> Int {
    guard let first = children.first, let last = children.last else { return 0 }
    let ends = [first, last].map {
      offsets[$0] + lefts[$0] + middle(ofWidth: forest.boxes[$0].width)
    }
    return (ends[0] + ends[1] + 1) >> 1
  }
}
