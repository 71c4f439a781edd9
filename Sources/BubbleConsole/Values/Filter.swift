package import BubbleTree

/// The processes that views narrow to, found by name or PID; their ancestors stay.
package struct Filter: Sendable {
  package var text = "" {
    didSet { if isActive { searched = text } }
  }
  /// What was looked for last, which the keys for other matches find when nothing is hidden, too.
  package private(set) var searched = ""
  /// The slots whose name has the text.
  package private(set) var matches: Set<SlotID> = []
  /// The first of them in start order.
  package private(set) var first: SlotID?
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

  /// Looks for something without narrowing to it.
  mutating func search(_ text: String) { searched = text }

  /// Forgets what was found: the tree is another one.
  mutating func forget() {
    known.occupancy = -1
    first = nil
    matches = []
    ancestors = []
    hiddenCount = 0
    allowance = RefreshAllowance()
  }

  /// Finds the matches again: at once when the text has changed, and in time when the places in use
  /// have.
  ///
  /// - Returns: Whether other ones are looked for than before.
  mutating func refresh(_ tree: ProcessTree) -> Bool {
    guard known != (text, tree.occupancyVersion) else { return false }
    let count = matches.count + ancestors.count + hiddenCount
    let isNew = text != known.text
    guard isNew || allowance.permits(count) else { return false }
    known = (text, tree.occupancyVersion)
    find(in: tree)
    return isNew
  }

  private mutating func find(in tree: ProcessTree) {
    first = nil
    matches = []
    ancestors = []
    hiddenCount = 0
    guard isActive else { return }
    let query = NameQuery(text)
    let all = tree.inOrder().filter { tree.contains($0) }
    for slot in all where query.finds(tree[slot]) {
      if first == nil { first = slot }
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
