/// The slots that the tree view may draw, and which of them are folded into one box.
package struct TreeOutline: Hashable, Sendable {
  /// Whether what hangs below a slot is drawn.
  package enum Fold: Hashable, Sendable {
    /// As long as there is room.
    case mayFold
    /// Since the user opened it.
    case open
    /// One box stands for all.
    case folded
  }

  package struct Slot: Hashable, Sendable {
    /// The number of the slot, carried through to the picture.
    package var id: Int32
    /// Cells the name takes.
    package var nameCells: Int
    package var isSupervisor: Bool
    package var fold: Fold
    /// Indices into `slots`, in start order.
    package var children: [Int]

    package init(
      id: Int32, nameCells: Int, isSupervisor: Bool, fold: Fold = .mayFold, children: [Int] = []
    ) {
      self.id = id
      self.nameCells = nameCells
      self.isSupervisor = isSupervisor
      self.fold = fold
      self.children = children
    }
  }

  /// Parents before children.
  package var slots: [Slot]
  package var roots: [Int]

  package init(slots: [Slot] = [], roots: [Int] = []) {
    self.slots = slots
    self.roots = roots
  }
}
