package import BubbleTree

/// The rows of the table, first to last; made anew only when something changes that moves rows.
package struct TableIndex: Sendable {
  package struct Row: Hashable, Sendable {
    package var slot: SlotID
    /// The row of its supervisor; negative for a root, and wherever rows are sorted.
    package var parent: Int32
    package var depth: Int16
    /// Whether it is the last of its siblings that are shown.
    package var isLast: Bool
  }

  package private(set) var rows: [Row] = []
  /// The row of each slot, by the slot's index; negative for none.
  private var places: [Int32] = []

  package init() {}

  /// All slots below each other in start order, a supervisor before its children, without what is
  /// folded away or filtered out.
  ///
  /// A filter shows what folding hides.
  package init(_ tree: ProcessTree, folded: Set<SlotID>, filter: Filter) {
    var next: [Row] = []
    push(tree.roots, under: -1, depth: 0, tree, filter, on: &next)
    while let row = next.popLast() {
      let place = append(row)
      guard filter.isActive || !folded.contains(row.slot) else { continue }
      push(tree[row.slot].children, under: place, depth: row.depth + 1, tree, filter, on: &next)
    }
  }

  /// The slots in another order than that of the tree.
  package init(sorted slots: [SlotID]) {
    rows.reserveCapacity(slots.count)
    for slot in slots {
      append(Row(slot: slot, parent: -1, depth: 0, isLast: false))
    }
  }

  package func row(of slot: SlotID) -> Int? {
    let index = Int(slot.index)
    guard places.indices.contains(index), places[index] >= 0 else { return nil }
    return Int(places[index])
  }

  /// The row of a slot, or of the nearest of its ancestors that has one.
  package func row(showing slot: SlotID, in tree: ProcessTree) -> Int? {
    var next: SlotID? = slot
    while let slot = next {
      if let row = row(of: slot) { return row }
      next = tree[slot].parent
    }
    return nil
  }

  /// The slot, or the nearest of its ancestors that has a row.
  package func slot(showing slot: SlotID?, in tree: ProcessTree) -> SlotID? {
    slot.flatMap { row(showing: $0, in: tree) }.map { rows[$0].slot }
  }

  /// For each level above a row, whether the line on that level goes on below it; outermost first.
  package func trunks(of row: Int) -> [Bool] {
    var trunks: [Bool] = []
    var next = rows[row].parent
    while next >= 0, rows[Int(next)].parent >= 0 {
      trunks.append(!rows[Int(next)].isLast)
      next = rows[Int(next)].parent
    }
    return trunks.reversed()
  }

  // MARK: - Private

  @discardableResult
  private mutating func append(_ row: Row) -> Int32 {
    let place = Int32(rows.count)
    rows.append(row)
    let index = Int(row.slot.index)
    if places.count <= index {
      places.append(contentsOf: repeatElement(-1, count: index + 1 - places.count))
    }
    places[index] = place
    return place
  }

  private func push(
    _ slots: [SlotID], under parent: Int32, depth: Int16, _ tree: ProcessTree, _ filter: Filter,
    on next: inout [Row]
  ) {
    let first = next.count
    for slot in slots.reversed() where tree.contains(slot) && filter.shows(slot) {
      next.append(Row(slot: slot, parent: parent, depth: depth, isLast: next.count == first))
    }
  }
}
