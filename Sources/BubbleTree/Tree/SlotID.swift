/// A child's place in the tree, which outlives the processes that fill it.
///
/// A slot is found again by its parent slot and its child id, so it survives restarts of the child
/// and of its supervisors: it is what a selection holds on to.
package struct SlotID: Hashable, Comparable, Sendable {
  /// Its index in the slot table.
  ///
  /// A place that has been empty for long is forgotten and gives it up; another may have it then.
  package var index: Int32

  package init(index: Int32) { self.index = index }

  package static func < (left: SlotID, right: SlotID) -> Bool { left.index < right.index }
}
