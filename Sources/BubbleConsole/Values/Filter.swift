package import BubbleTree

/// The processes that views narrow to, found by name; their ancestors stay.
package struct Filter: Sendable {
  package var text = ""
  /// The slots whose name has the text.
  package private(set) var matches: Set<SlotID> = []
  /// The slots that are shown because something below them matches.
  package private(set) var ancestors: Set<SlotID> = []
  /// How many slots are left out.
  package private(set) var hiddenCount = 0
  /// What the sets were made for.
  private var known: (text: String, occupancy: Int) = ("", 0)
  private var allowance = RefreshAllowance()

  package init() {}

  package var isActive: Bool { !text.isEmpty }

  package func shows(_ slot: SlotID) -> Bool {
    !isActive || matches.contains(slot) || ancestors.contains(slot)
  }

  /// Forgets what was found: the tree is another one.
  mutating func forget() {
    known = ("", 0)
    matches = []
    ancestors = []
    hiddenCount = 0
    allowance = RefreshAllowance()
  }

  /// Finds the matches again: at once when the text has changed, and in time when the places in use
  /// have.
  mutating func refresh(_ tree: ProcessTree) {
    guard known != (text, tree.occupancyVersion) else { return }
    let count = matches.count + ancestors.count + hiddenCount
    guard text != known.text || allowance.permits(count) else { return }
    known = (text, tree.occupancyVersion)
    matches = []
    ancestors = []
    hiddenCount = 0
    guard isActive else { return }
    let wanted = text.lowercased()
    let all = tree.inOrder().filter { tree.contains($0) }
    for slot in all where tree[slot].name.lowercased().contains(wanted) {
      matches.insert(slot)
      var parent = tree[slot].parent
      while let next = parent, ancestors.insert(next).inserted {
        parent = tree[next].parent
      }
    }
    ancestors.subtract(matches)
    hiddenCount = all.count - matches.count - ancestors.count
  }
}
