/// How far a subtree reaches to both sides on each of its levels, the top level first.
struct TidyOutline: Hashable, Sendable {
  private var lefts: [Int] = []
  private var rights: [Int] = []
  /// The first column of all.
  private(set) var left = 0
  /// The last column of all.
  private(set) var right = 0

  var depth: Int { lefts.count }

  /// Puts a level above the others.
  mutating func cover(left: Int, right: Int) {
    self.left = lefts.isEmpty ? left : min(self.left, left)
    self.right = rights.isEmpty ? right : max(self.right, right)
    lefts.insert(left, at: 0)
    rights.insert(right, at: 0)
  }

  /// How far right `other` must be moved to stand to the right of this one.
  func distance(to other: TidyOutline, spacing: TidyLayout.Spacing) -> Int {
    guard spacing.interlocks else { return right + spacing.gap + 1 - other.left }
    var distance = Int.min
    for level in 0..<min(depth, other.depth) {
      distance = max(distance, rights[level] + spacing.gap + 1 - other.lefts[level])
    }
    return distance
  }

  /// Takes in `other`, moved right by `offset`, as the new right or left neighbour.
  mutating func join(_ other: TidyOutline, offset: Int, onRight: Bool) {
    guard depth > 0 else {
      self = other.moved(by: offset)
      return
    }
    left = min(left, other.left + offset)
    right = max(right, other.right + offset)
    for level in 0..<other.depth {
      let (start, end) = (other.lefts[level] + offset, other.rights[level] + offset)
      guard level < depth else {
        lefts.append(start)
        rights.append(end)
        continue
      }
      if onRight { rights[level] = end } else { lefts[level] = start }
    }
  }

  private func moved(by offset: Int) -> TidyOutline {
    var result = self
    result.left += offset
    result.right += offset
    for level in 0..<depth {
      result.lefts[level] += offset
      result.rights[level] += offset
    }
    return result
  }
}
