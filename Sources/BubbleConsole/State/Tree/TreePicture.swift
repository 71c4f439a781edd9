package import BubbleCells

/// Where each box of the tree view stands: a function of the slots and the width, and of nothing
/// else, so a box keeps its place while processes come and go in it.
package struct TreePicture: Hashable, Sendable {
  /// One slot as a box, or a whole subtree folded into one.
  package struct Box: Hashable, Sendable {
    package var slot: Int32
    package var rect: Rect
    /// How many boxes stand above it.
    package var depth: Int
    package var isFolded: Bool
    /// Indices into `boxes`.
    package var parent: Int?
    package var children: [Int]
    /// The neighbour to the right on the same level.
    package var next: Int?

    /// The column in which it is tied to its parent and its children.
    package var middle: Int { rect.column + TidyLayout.middle(ofWidth: rect.columns) }
  }

  /// Rows from the top of one level to that of the next: a box and the bus below it.
  package static let levelRows = 4

  /// Parents before children.
  package private(set) var boxes: [Box] = []
  package private(set) var size = Size(columns: 0, rows: 0)
  package private(set) var style = TreeStyle.names[0]

  package init() {}

  /// Takes the roomiest style that fits into `columns`; when none does, folds the widest subtrees;
  /// when that does not help, is wider than that, and has to be scrolled.
  package init(_ outline: TreeOutline, columns: Int, lettersOnly: Bool) {
    let styles = lettersOnly ? TreeStyle.letters : TreeStyle.names + TreeStyle.letters
    var draft = TreeDraft(outline, style: styles[styles.count - 1])
    let fits = draft.fold(toFit: columns)
    for (index, style) in styles.enumerated() where fits {
      draft.layOut(style)
      // Only the tightest style may touch the edges.
      let margin = index == styles.count - 1 ? 0 : 1
      guard draft.layout.width <= columns - margin else { continue }
      take(draft)
      return
    }
    draft.layOut(lettersOnly ? TreeStyle.letters[styles.count - 1] : .scrolled)
    take(draft)
  }

  /// The box that shows a slot, if one does.
  package func box(of slot: Int32) -> Int? { boxes.firstIndex { $0.slot == slot } }

  // MARK: - Private

  private mutating func take(_ draft: TreeDraft) {
    style = draft.style
    boxes = draft.boxes
    size = Size(
      columns: draft.layout.width, rows: boxes.reduce(0) { max($0, $1.rect.endRow) })
    var lastOnLevel: [Int?] = Array(repeating: nil, count: draft.layout.levels)
    var next = boxes.indices.filter { boxes[$0].parent == nil }
    next.reverse()
    while let index = next.popLast() {
      let depth = boxes[index].depth
      if let before = lastOnLevel[depth] { boxes[before].next = index }
      lastOnLevel[depth] = index
      next += boxes[index].children.reversed()
    }
  }
}
