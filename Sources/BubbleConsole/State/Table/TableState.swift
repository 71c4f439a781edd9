package import BubbleTree

/// What the table view remembers between frames.
package struct TableState: Sendable {
  package var order = TableOrder.start
  package private(set) var index = TableIndex()
  /// The first row on the screen.
  package private(set) var top = 0
  private var known: Cause?
  private var shownVersion = -1
  /// Whether rows may have moved since the index was made.
  private var isStale = false
  /// A table with very many rows is made anew now and then; until then it shows the rows it has, as
  /// they are now.
  private var allowance = RefreshAllowance()

  /// What the index was made for, as far as the user decides it.
  private struct Cause: Hashable {
    var order: TableOrder
    var folded: Set<SlotID>
    var filter: String
  }

  package init() {}

  /// Forgets the rows: the tree is another one.
  package mutating func forget() {
    index = TableIndex()
    known = nil
    allowance = RefreshAllowance()
  }

  /// Makes the rows anew: at once when the user asked for other ones, and in time when the tree has
  /// changed.
  package mutating func refresh(
    _ tree: ProcessTree, folded: Set<SlotID>, filter: Filter,
    metrics: MetricsHistory, hasEvents: Bool
  ) {
    if tree.occupancyVersion != shownVersion || (hasEvents && order.followsEvents)
      || order.followsMetrics
    {
      isStale = true
    }
    let cause = Cause(order: order, folded: folded, filter: filter.text)
    if cause == known {
      guard isStale, allowance.permits(index.rows.count) else { return }
    }
    known = cause
    shownVersion = tree.occupancyVersion
    isStale = false
    let inTree = TableIndex(tree, folded: order == .start ? folded : [], filter: filter)
    guard order != .start else {
      index = inTree
      return
    }
    let slots = inTree.rows.map(\.slot)
      .filter { !filter.isActive || filter.matches.contains($0) }
    index = TableIndex(sorted: order.sorted(slots, in: tree, metrics))
  }

  /// Scrolls as little as needed to show `row`.
  package mutating func reveal(_ row: Int?, rows: Int) {
    if let row { top = min(max(top, row - rows + 1), row) }
    top = max(0, min(top, index.rows.count - rows))
  }

  /// The rows on a screen that has room for so many.
  package func visible(rows: Int) -> Range<Int> {
    let first = min(top, index.rows.count)
    return first..<min(first + max(0, rows), index.rows.count)
  }
}
