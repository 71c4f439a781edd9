package import BubbleCells
package import BubbleTree

/// What the tree view remembers between frames.
package struct TreeState: Sendable {
  /// Whether S and W stand in place of names, as on the slides.
  package var showsLettersOnly = false
  /// What the user opened although it would be folded to save room.
  package private(set) var opened: Set<SlotID> = []
  /// Whether nothing is folded to save room, as far as boxes can be drawn.
  private var opensAll = false
  package private(set) var picture = TreePicture()
  private var boxes: [Int32: Int] = [:]
  private var scroll = Point(column: 0, row: 0)
  private var known: Cause?

  /// What the picture was laid out for.
  private struct Cause: Hashable {
    var shape: Int
    var columns: Int
    var folded: Set<SlotID>
    var opened: Set<SlotID>
    var opensAll: Bool
    var showsLettersOnly: Bool
  }

  package init() {}

  /// The box of a slot, or of the nearest of its ancestors that has one.
  package func box(showing slot: SlotID, in tree: ProcessTree) -> Int? {
    var next: SlotID? = slot
    while let slot = next {
      if let box = boxes[slot.index] { return box }
      next = tree[slot].parent
    }
    return nil
  }

  /// The column and the row of the picture in the upper left corner of a window; negative where
  /// the picture is narrower, since then it stands in the middle.
  package func origin(in window: Size) -> Point {
    let spare = window.columns - picture.size.columns
    return Point(
      column: spare >= 0 ? -(spare / 2) : min(scroll.column, -spare),
      row: min(scroll.row, max(0, picture.size.rows - window.rows)))
  }

  // MARK: - Changing

  package mutating func open(_ slot: SlotID) { opened.insert(slot) }
  package mutating func close(_ slot: SlotID) { opened.remove(slot) }

  /// Nothing is folded to save room any more, or everything is again that needs to be.
  package mutating func openAll(_ isOpen: Bool) {
    opensAll = isOpen
    opened = []
  }

  /// Lays the tree out again if anything has changed that matters to it.
  ///
  /// `columns` are those of the whole screen: a panel that opens beside the tree covers a part of
  /// it and moves nothing.
  package mutating func refresh(_ tree: ProcessTree, folded: Set<SlotID>, columns: Int) {
    let cause = Cause(
      shape: tree.shapeVersion, columns: columns, folded: folded, opened: opened,
      opensAll: opensAll, showsLettersOnly: showsLettersOnly)
    guard cause != known else { return }
    known = cause
    let outline = TreeOutline(tree, folded: folded) { opensAll || opened.contains($0) }
    picture = TreePicture(outline, columns: columns, lettersOnly: showsLettersOnly)
    boxes = [:]
    for (index, box) in picture.boxes.enumerated() { boxes[box.slot] = index }
  }

  /// Scrolls as little as needed to show a box whole, and before that all of `others` if the window
  /// holds them.
  package mutating func reveal(_ box: Int?, with others: [Int] = [], in window: Size) {
    scroll = origin(in: window)
    scroll.column = max(0, scroll.column)
    if let all = frame(of: others), all.columns + 4 <= window.columns, all.rows <= window.rows {
      reveal(all, in: window)
    }
    if let box { reveal(picture.boxes[box].rect, in: window) }
  }

  /// The smallest rectangle around some boxes.
  private func frame(of boxes: [Int]) -> Rect? {
    guard let first = boxes.first else { return nil }
    return boxes.dropFirst().reduce(picture.boxes[first].rect) { frame, box in
      let rect = picture.boxes[box].rect
      let column = min(frame.column, rect.column)
      let row = min(frame.row, rect.row)
      return Rect(
        column: column, row: row, columns: max(frame.endColumn, rect.endColumn) - column,
        rows: max(frame.endRow, rect.endRow) - row)
    }
  }

  private mutating func reveal(_ rect: Rect, in window: Size) {
    scroll.column = Self.scrolled(
      scroll.column, toShow: rect.column - 2..<rect.endColumn + 2, of: picture.size.columns,
      in: window.columns)
    scroll.row = Self.scrolled(
      scroll.row, toShow: rect.row..<rect.endRow, of: picture.size.rows, in: window.rows)
  }

  private static func scrolled(
    _ scroll: Int, toShow range: Range<Int>, of length: Int, in window: Int
  ) -> Int {
    let least = range.upperBound - window
    return min(max(min(max(scroll, least), range.lowerBound), 0), max(0, length - window))
  }
}
