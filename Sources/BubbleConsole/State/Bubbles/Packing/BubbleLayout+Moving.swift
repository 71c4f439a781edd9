import BubbleCells
import BubbleTree

/// Finding slots in a layout: by the pointer, by arrows, and all that are on the screen.
extension BubbleLayout {
  /// Whether a shape is a supervisor whose children are not drawn as bubbles, but could be.
  func isClosed(_ index: Int) -> Bool {
    switch shapes[index].detail {
    case .folded: true
    case .crowd: index > 0
    case .threeLines, .name, .ring: false
    }
  }

  /// The slot at a cell: the innermost bubble, or the worker of a crowd whose dot is there.
  func slot(at cell: Point, in tree: ProcessTree) -> SlotID? {
    let x = Double(2 * cell.column + 1)
    let y = Double(4 * cell.row + 2)
    if let label = shapes.last(where: { $0.hasLabel(at: cell) }) { return label.slot }
    guard let index = index(atX: x, y: y), let slot = shapes[index].slot else { return nil }
    guard shapes[index].detail == .crowd, tree.contains(slot) else { return slot }
    let swarm = BubbleSwarm(shapes[index], places: shapes[index].workers)
    let dot = swarm.dots.firstIndex { $0.x / 2 == cell.column && $0.y / 4 == cell.row }
    guard let dot else { return slot }
    let child = dot * swarm.share
    let children = tree[slot].children
    return children.indices.contains(child) && tree.contains(children[child])
      ? children[child] : slot
  }

  /// The place that is highlighted when `slot` is selected: itself, as a dot of a crowd too, or the
  /// nearest supervisor above it that is drawn.
  func highlighted(for slot: SlotID?, in tree: ProcessTree) -> SlotID? {
    guard let slot, tree.contains(slot) else { return nil }
    if let parent = tree[slot].parent, index(of: slot) == nil, let around = index(of: parent),
      shapes[around].detail == .crowd
    {
      return slot
    }
    return tree.path(of: slot).last { index(of: $0) != nil }
  }

  /// The slots that are drawn, and of a crowd a few of its workers.
  func visibleSlots(in tree: ProcessTree) -> [SlotID] {
    var visible = shapes.compactMap(\.slot).filter { tree.contains($0) }
    for shape in shapes where shape.detail == .crowd {
      guard let slot = shape.slot, tree.contains(slot) else { continue }
      let children = tree[slot].children
      let step = max(1, children.count / Self.observedOfCrowd)
      for place in stride(from: 0, to: children.count, by: step)
      where tree.contains(children[place]) {
        visible.append(children[place])
      }
    }
    return visible
  }

  /// Workers of a crowd whose load is asked for.
  private static let observedOfCrowd = 256
}

// MARK: - Arrows

extension BubbleLayout {
  /// The nearest slot in that direction; supervisors are where their names are.
  func neighbour(
    of slot: SlotID?, toward direction: Direction, in tree: ProcessTree
  ) -> SlotID? {
    let drawn = shapes.filter { $0.slot.map { tree.contains($0) } ?? false }
    switch direction {
    case .first: return drawn.first?.slot
    case .last: return drawn.last?.slot
    case .pageUp, .pageDown: return nil
    case .up, .down, .left, .right: break
    }
    guard let slot, tree.contains(slot) else { return drawn.first?.slot }
    if let step = stepInCrowd(from: slot, toward: direction, in: tree) { return step }
    let path = tree.path(of: slot)
    guard let own = path.last(where: { index(of: $0) != nil }), let start = index(of: own) else {
      return drawn.first?.slot
    }
    let from = shapes[start]
    let isInCrowd = own != slot && direction == .down
    let origin = (x: from.anchor.x, y: isInCrowd ? from.y + from.b : from.anchor.y)
    var best: (cost: Double, slot: SlotID)?
    for shape in drawn where shape.slot != own {
      let cost = direction.cost(x: shape.anchor.x - origin.x, y: shape.anchor.y - origin.y)
      guard let cost, let target = shape.slot else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (cost, target) }
    }
    return best?.slot
  }

  /// From a crowd's supervisor down to its first worker, from worker to worker, and back up.
  private func stepInCrowd(
    from slot: SlotID, toward direction: Direction, in tree: ProcessTree
  ) -> SlotID? {
    if let own = index(of: slot) {
      guard shapes[own].detail == .crowd, direction == .down else { return nil }
      return tree[slot].children.first { tree.contains($0) }
    }
    guard let parent = tree[slot].parent, let around = index(of: parent),
      shapes[around].detail == .crowd
    else { return nil }
    let siblings = tree[parent].children
    guard let place = siblings.firstIndex(of: slot) else { return nil }
    switch direction {
    case .left: return siblings[..<place].last { tree.contains($0) }
    case .right: return siblings[(place + 1)...].first { tree.contains($0) }
    case .up: return parent
    case .down, .first, .last, .pageUp, .pageDown: return nil
    }
  }
}

extension Direction {
  /// How far something is away in this direction; nil when it is not there.
  ///
  /// What is off to the side counts as farther.
  fileprivate func cost(x: Double, y: Double) -> Double? {
    let (along, across) =
      switch self {
      case .up: (-y, abs(x))
      case .down: (y, abs(x))
      case .left: (-x, abs(y))
      case .right: (x, abs(y))
      case .first, .last, .pageUp, .pageDown: (0.0, 0.0)
      }
    return along > 1 ? along + 2 * across : nil
  }
}

extension BubbleLayout.Shape {
  /// Where arrows start and arrive: the name.
  fileprivate var anchor: (x: Double, y: Double) {
    switch detail {
    case .threeLines, .name, .folded: (x, y)
    case .ring, .crowd: (x, y - b)
    }
  }

  /// Whether a supervisor's name lies on a cell.
  fileprivate func hasLabel(at cell: Point) -> Bool {
    switch detail {
    case .threeLines, .name, .folded: return false
    case .ring, .crowd:
      guard cell.row == max(0, Int(((y - b) / 4).rounded(.down))) else { return false }
      let half = displayWidth(name) + BubblePacker.budgetCells
      return abs(Double(2 * cell.column + 1) - x) <= Double(min(half, Int(a)))
    }
  }
}
