import BubbleCells
package import BubbleEvents
package import BubbleTree

/// Copies of the machine side by side that differ in one supervisor, and get the same acts.
package struct LabState: Sendable {
  /// Something that was asked of all copies.
  package struct Act: Hashable, Sendable {
    /// `kill mailer`.
    package var title: String
    /// Who it was asked of, in the tree of the column that was active.
    package var slot: SlotID
    package var name: String
    package var pid: PID?
    package var isKill: Bool
    package var instant: RuntimeInstant
  }

  /// The most copies that are compared.
  package static let most = 4

  /// What it was made of.
  package let setup: LabSetup
  package internal(set) var columns: [LabColumn]
  /// The column that the selection belongs to.
  package internal(set) var active = 0
  /// The selected place, in the tree of the active column.
  package internal(set) var selection: SlotID?
  /// When the copies were made.
  package let beginning: RuntimeInstant
  /// The time of all copies.
  package internal(set) var now: RuntimeInstant
  /// What was asked last.
  package internal(set) var act: Act?
  /// The view that was left for the lab.
  var origin: ViewKind
  /// Whether the machine itself ran when it was left.
  var ranBefore: Bool
  /// Whether the copies stand still while the lab is not on the screen.
  var isPaused: Bool

  /// The column that the selection belongs to.
  package var activeColumn: LabColumn { columns[active] }

  /// The place of the active column that is highlighted, which is what keys act on.
  package var highlighted: SlotID? {
    guard let selection, activeColumn.tree.contains(selection) else { return nil }
    guard let layout = activeColumn.layout else { return selection }
    return layout.highlighted(for: selection, in: activeColumn.tree)
  }

  /// What is highlighted.
  var selectedNode: TreeNode? { highlighted.map { activeColumn.tree[$0] } }

  /// The place of a column that is `slot` in the active one.
  package func slot(like slot: SlotID, in column: Int) -> SlotID? {
    column == active ? slot : columns[column].tree.place(like: slot, of: activeColumn.tree)
  }
}

extension ProcessTree {
  /// The place that has the same ids under the same root as `slot` of another tree.
  package func place(like slot: SlotID, of other: ProcessTree) -> SlotID? {
    guard other.contains(slot) else { return nil }
    let path = other.path(of: slot)
    guard let top = path.first,
      var place = roots.first(where: { self[$0].name == other[top].name })
    else { return nil }
    for step in path.dropFirst() {
      guard let id = other.pathID(of: step), let next = self.slot(of: id, under: place) else {
        return nil
      }
      place = next
    }
    return contains(place) ? place : nil
  }
}
