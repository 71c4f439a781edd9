import BubbleCells
import BubbleEvents
package import BubbleTree

extension TreeOutline {
  /// More boxes are not drawn: what comes beyond them is folded.
  package static let mostBoxes = 2_000
  /// A dynamic supervisor with more children is folded unless the user opens it.
  private static let dynamicChildren = 8

  /// The upper levels of a tree, as many as fit the limit.
  ///
  /// Places that nobody has are kept, so that the others stay where they are.
  package init(_ tree: ProcessTree, folded: Set<SlotID>, isOpen: (SlotID) -> Bool) {
    self.init()
    for root in tree.roots where slots.count < Self.mostBoxes && tree.contains(root) {
      roots.append(slots.count)
      append(tree[root])
    }
    var index = 0
    while index < slots.count {
      let slot = SlotID(index: slots[index].id)
      let node = tree[slot]
      let isCrowd =
        node.supervision?.flags.strategy == .simpleOneForOne
        && node.children.count > Self.dynamicChildren
      if node.children.isEmpty {
        slots[index].fold = .open
      } else if folded.contains(slot) || (isCrowd && !isOpen(slot))
        || slots.count + node.children.count > Self.mostBoxes
      {
        slots[index].fold = .folded
      } else {
        slots[index].fold = isOpen(slot) ? .open : .mayFold
        for child in node.children {
          slots[index].children.append(slots.count)
          append(tree[child])
        }
      }
      index += 1
    }
  }

  private mutating func append(_ node: TreeNode) {
    slots.append(
      Slot(
        id: node.id.index, nameCells: displayWidth(node.name),
        isSupervisor: node.kind == .supervisor))
  }
}
