extension BubblePacker {
  /// A picture that fits: what does not is folded, then names are cut, then workers are dots.
  mutating func solve() -> (BubbleVessel, BubblePicture?) {
    let vessel = BubbleVessel(forest: forest, width: width, height: height)
    if let slot = vessel.slot, contents[slot] == .crowd { return (vessel, nil) }
    while true {
      if let picture = picture(in: vessel) { return (vessel, picture) }
      if fold(keeping: vessel.slot) { continue }
      guard let shorter = [14, 10, 6, 4].first(where: { $0 < nameLimit }) else {
        return (vessel, nil)
      }
      nameLimit = shorter
      forgetAll()
    }
  }

  /// Folds the deepest open supervisor with the most children; a large one becomes a crowd first.
  ///
  /// Of several alike it is the first, but of the trees of nodes the last: who leads is among the
  /// first.
  private mutating func fold(keeping root: Int?) -> Bool {
    var candidate: Int?
    for index in forest.slots.indices where index != root && isFoldable(index) {
      guard let known = candidate else {
        candidate = index
        continue
      }
      let rank = (depths[index], forest.slots[index].workers)
      let best = (depths[known], forest.slots[known].workers)
      let isBetter = isOnIsland(index) ? rank >= best : rank > best
      if isBetter { candidate = index }
    }
    guard let best = candidate else { return false }
    switch contents[best] {
    case .ring:
      contents[best] =
        forest.slots[best].workers > Self.foldedWorkers && isFlat(best) ? .crowd : .folded
    case .crowd: contents[best] = .folded
    case .worker, .folded: preconditionFailure("only open supervisors are folded")
    }
    forget(best)
    return true
  }

  private func isFoldable(_ slot: Int) -> Bool {
    guard contents[slot] == .ring || contents[slot] == .crowd else { return false }
    var next = parents[slot]
    while let parent = next {
      if contents[parent] != .ring { return false }
      next = parents[parent]
    }
    return true
  }

  /// Whether it is the top of a node's tree.
  func isOnIsland(_ slot: Int) -> Bool {
    parents[slot].map { forest.slots[$0].isNode } ?? false
  }

  private func isFlat(_ slot: Int) -> Bool {
    forest.slots[slot].children.allSatisfy { !forest.slots[$0].isSupervisor }
  }
}
