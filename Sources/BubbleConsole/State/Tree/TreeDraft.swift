import BubbleCells

/// A tree picture in the making: which subtrees are folded, and the layout that follows.
struct TreeDraft {
  private let outline: TreeOutline
  private var isFolded: [Bool]
  private(set) var style: TreeStyle
  /// Indices into the outline's slots, of those that are drawn.
  private var shown: [Int] = []
  private var forest = TidyForest(boxes: [], roots: [])
  private(set) var layout: TidyLayout

  init(_ outline: TreeOutline, style: TreeStyle) {
    self.outline = outline
    self.style = style
    isFolded = outline.slots.map { $0.fold == .folded }
    layout = TidyLayout(forest, spacing: style.spacing)
    layOut(style)
  }

  /// Lays out what is not folded away.
  mutating func layOut(_ style: TreeStyle) {
    self.style = style
    var place: [Int?] = Array(repeating: nil, count: outline.slots.count)
    shown = []
    forest = TidyForest(boxes: [], roots: [])
    for root in outline.roots { place[root] = -1 }
    for (index, slot) in outline.slots.enumerated() where place[index] != nil {
      place[index] = shown.count
      shown.append(index)
      let folded = isFolded[index]
      forest.boxes.append(TidyForest.Box(width: style.width(of: slot, isFolded: folded)))
      guard !folded else { continue }
      for child in slot.children { place[child] = -1 }
    }
    forest.roots = outline.roots.compactMap { place[$0] }
    for (box, index) in shown.enumerated() where !isFolded[index] {
      forest.boxes[box].children = outline.slots[index].children.compactMap { place[$0] }
    }
    layout = TidyLayout(forest, spacing: style.spacing)
  }

  /// Folds the widest innermost subtrees until the tree is no wider than `columns`; folds nothing
  /// and answers false when even that does not help.
  mutating func fold(toFit columns: Int) -> Bool {
    let before = isFolded
    while layout.width > columns {
      let candidates = widestInnermost()
      guard !candidates.isEmpty else {
        isFolded = before
        layOut(style)
        return false
      }
      // A huge tree is folded several subtrees at a time, so the rounds stay few.
      for index in candidates.prefix(1 + candidates.count / 8) { isFolded[index] = true }
      layOut(style)
    }
    return true
  }

  /// The subtrees worth folding in which nothing else is, widest first.
  private func widestInnermost() -> [Int] {
    var lefts = layout.columns
    var rights = forest.boxes.indices.map { layout.columns[$0] + forest.boxes[$0].width }
    var holdsCandidate = Array(repeating: false, count: shown.count)
    var found: [(slot: Int, width: Int)] = []
    for (box, index) in shown.enumerated().reversed() {
      let slot = outline.slots[index]
      for child in forest.boxes[box].children {
        lefts[box] = min(lefts[box], lefts[child])
        rights[box] = max(rights[box], rights[child])
        holdsCandidate[box] = holdsCandidate[box] || holdsCandidate[child]
      }
      let width = rights[box] - lefts[box]
      guard !holdsCandidate[box], slot.fold == .mayFold, layout.depths[box] > 0,
        !forest.boxes[box].children.isEmpty, width > style.width(of: slot, isFolded: true)
      else { continue }
      holdsCandidate[box] = true
      found.append((index, width))
    }
    return found.sorted { ($1.width, $0.slot) < ($0.width, $1.slot) }.map(\.slot)
  }

  /// The boxes in cells, in the outline's order.
  var boxes: [TreePicture.Box] {
    var boxes = shown.indices.map { box in
      let folded = isFolded[shown[box]]
      let depth = layout.depths[box]
      return TreePicture.Box(
        slot: outline.slots[shown[box]].id,
        rect: Rect(
          column: layout.columns[box], row: depth * TreePicture.levelRows,
          columns: forest.boxes[box].width, rows: folded ? 4 : 3),
        depth: depth, isFolded: folded, children: forest.boxes[box].children)
    }
    for (box, children) in forest.boxes.map(\.children).enumerated() {
      for child in children { boxes[child].parent = box }
    }
    return boxes
  }
}
