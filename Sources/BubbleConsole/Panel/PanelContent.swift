import BubbleCells

/// What the panel says, before it is fitted into the room there is.
struct PanelContent: Hashable, Sendable {
  var title: String
  /// What stands in the lower edge.
  var footer: [Span] = []
  var sections: [PanelSection]

  /// Rows needed, with a divider above each titled section.
  var height: Int {
    sections.reduce(0) { $0 + $1.rows.count + ($1.title == nil ? 0 : 1) }
  }

  /// Rows that say something.
  var saying: Int {
    sections.reduce(0) { $0 + $1.rows.count { $0.worth != .air } }
  }

  /// The content cut to `rows`: the least worth goes first, the last of equals before the others.
  func fitted(to rows: Int) -> PanelContent {
    var content = self
    while content.height > rows, content.dropLeast() {}
    return content
  }

  /// Drops one row; false when none is left.
  private mutating func dropLeast() -> Bool {
    var least: (section: Int, row: Int, worth: PanelRow.Worth)?
    for (number, section) in sections.enumerated() {
      for (index, row) in section.rows.enumerated() where row.worth <= least?.worth ?? .needed {
        least = (number, index, row.worth)
      }
    }
    guard let least else { return false }
    sections[least.section].rows.remove(at: least.row)
    sections.removeAll { section in section.rows.allSatisfy { $0.worth == .air } }
    return true
  }
}
