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
  /// Of several alike it is the first, but of the trees of nodes the last: a leader is more often
  /// on one of the first nodes.
  private mutating func fold(keeping root: Int?) -> Bool {
    var best: Int?
    for index in forest.slots.indices where index != root && isFoldable(index) {
      guard let known = best else {
        best = index
        continue
      }
      let (new, highest) = (rank(of: index), rank(of: known))
      if isOnIsland(index) ? new >= highest : new > highest { best = index }
    }
    guard let best else { return false }
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

  /// What is folded first: by its depth, then by its workers.
  private func rank(of slot: Int) -> (depth: Int, workers: Int) {
    (depths[slot], forest.slots[slot].workers)
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
