/// Sibling subtrees side by side.
struct TidyRow {
  /// How far right each subtree is moved.
  private(set) var offsets: [Int]
  /// The outline of all together.
  var outline = TidyOutline()

  /// Places the subtrees; `middles` are the columns in which their top boxes are tied to the
  /// parent.
  init(_ subtrees: [TidyOutline], middles: [Int], spacing: TidyLayout.Spacing) {
    offsets = Self.packedLeft(subtrees, middles, spacing)
    if spacing.interlocks, subtrees.count > 2 {
      let far = Self.packedRight(subtrees, spacing, from: offsets[subtrees.count - 1])
      // The first and the last keep their places, so the parent does not move.
      for index in offsets.indices.dropFirst().dropLast() {
        offsets[index] = (offsets[index] + far[index]) >> 1
      }
    }
    for (subtree, offset) in zip(subtrees, offsets) {
      outline.join(subtree, offset: offset, onRight: true)
    }
  }

  private static func packedLeft(
    _ subtrees: [TidyOutline], _ middles: [Int], _ spacing: TidyLayout.Spacing
  ) -> [Int] {
    var placed = TidyOutline()
    var offsets: [Int] = []
    for subtree in subtrees {
      var offset = offsets.isEmpty ? 0 : placed.distance(to: subtree, spacing: spacing)
      if offsets.count == 1, middles.count > 1 {
        offset = max(offset, middles[0] + spacing.labelRoom - middles[1])
      }
      offsets.append(offset)
      placed.join(subtree, offset: offset, onRight: true)
    }
    return offsets
  }

  private static func packedRight(
    _ subtrees: [TidyOutline], _ spacing: TidyLayout.Spacing, from last: Int
  ) -> [Int] {
    var placed = TidyOutline()
    var offsets = Array(repeating: last, count: subtrees.count)
    for index in subtrees.indices.reversed() {
      if index < subtrees.count - 1 {
        offsets[index] = -subtrees[index].distance(to: placed, spacing: spacing)
      }
      placed.join(subtrees[index], offset: offsets[index], onRight: false)
    }
    return offsets
  }
}
