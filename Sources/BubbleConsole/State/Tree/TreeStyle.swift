/// How roomy a tree is drawn.
package struct TreeStyle: Hashable, Sendable {
  package var spacing: TidyLayout.Spacing
  /// Cells a name may take; nil for S and W in place of names.
  package var nameLimit: Int?

  package var hasNames: Bool { nameLimit != nil }

  /// Longer names are cut even where there is room.
  private static let longestName = 24

  /// Room for the longest of the short strategies, ` 1:rest `, between two connectors.
  private static let labelRoom = 9

  /// With names, roomiest first.
  package static let names =
    roomy.map { TreeStyle(spacing: $0, nameLimit: longestName) }
    + gaps.map { TreeStyle(spacing: $0, nameLimit: longestName) }
    + [TreeStyle(spacing: gaps[gaps.count - 1], nameLimit: 8)]

  /// With letters, roomiest first.
  package static let letters =
    (roomy + gaps).map { TreeStyle(spacing: $0, nameLimit: nil) }

  /// For a tree that fits in no style.
  package static let scrolled = TreeStyle(
    spacing: TidyLayout.Spacing(gap: 2, interlocks: true, labelRoom: labelRoom), nameLimit: 12)

  private static let gaps = [
    TidyLayout.Spacing(gap: 3, interlocks: false), TidyLayout.Spacing(gap: 2, interlocks: false),
    TidyLayout.Spacing(gap: 2, interlocks: true), TidyLayout.Spacing(gap: 1, interlocks: true),
  ]

  /// The same with room for every strategy.
  private static let roomy = gaps.prefix(2).map {
    TidyLayout.Spacing(gap: $0.gap, interlocks: false, labelRoom: labelRoom)
  }

  /// How wide the box of a slot is.
  ///
  /// A supervisor has room for three restarts in its upper border, a folded one for the states of
  /// what it stands for.
  func width(of slot: TreeOutline.Slot, isFolded: Bool) -> Int {
    guard let nameLimit else { return isFolded ? 9 : 5 }
    let least = isFolded ? 6 : slot.isSupervisor ? 5 : 1
    return max(min(slot.nameCells, nameLimit), least) + 4
  }
}
