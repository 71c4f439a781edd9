package import BubbleTree

/// What is packed: the slots in start order, their kind and names, and nothing that changes with
/// load.
package struct BubbleForest: Hashable, Sendable {
  /// One place in a tree.
  package struct Slot: Hashable, Sendable {
    /// The place's own number, carried through to the layout; nil while it waits for a child.
    package var id: SlotID?
    /// The name as it is shown.
    package var name: String
    /// Cells the name takes.
    package var cells: Int
    /// The name without what its siblings' names begin with too, for where room is short.
    package var shortName: String
    /// Cells the short name takes.
    package var shortCells: Int
    /// Whether it is drawn as a ring around children.
    package var isSupervisor: Bool
    /// Whether it is a node, drawn as an island around its trees.
    package var isNode = false
    /// Its children in start order, as indices into `slots`.
    package var children: [Int]
    /// Children to keep room for: of a dynamic supervisor; nil for one with a fixed list.
    package var capacity: Int?

    /// Creates a slot.
    package init(
      id: SlotID?, name: String, cells: Int, isSupervisor: Bool, children: [Int] = [],
      capacity: Int? = nil
    ) {
      self.id = id
      self.name = name
      self.cells = cells
      shortName = name
      shortCells = cells
      self.isSupervisor = isSupervisor
      self.children = children
      self.capacity = capacity
    }
  }

  /// All slots, parents before children.
  package var slots: [Slot]
  /// The slots without a parent.
  package var roots: [Int]

  /// Whether cables run between the roots.
  var hasCables: Bool { roots.contains { slots[$0].isNode } }

  /// Creates a forest.
  package init(slots: [Slot], roots: [Int]) {
    self.slots = slots
    self.roots = roots
  }
}

extension BubbleForest {
  /// The room that is kept for `count` dynamic children: it grows a step at a time.
  ///
  /// Up to 61 the steps fill hexagons, then each is half as large again.
  package static func capacity(for count: Int) -> Int {
    for step in [3, 7, 12, 19, 37, 61] where count <= step { return step }
    var step = 61
    while step < count { step += step / 2 }
    return step
  }
}
