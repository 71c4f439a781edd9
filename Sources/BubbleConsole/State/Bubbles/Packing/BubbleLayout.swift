package import BubbleTree

/// Where every bubble is: a pure function of the slots and the canvas, and of nothing else.
package struct BubbleLayout: Hashable, Sendable {
  /// How much of a slot is shown.
  package enum Detail: Hashable, Sendable {
    /// A worker with its sparkline, name, pid and life.
    case threeLines
    /// A worker with its name.
    case name
    /// A supervisor's ring around its children.
    case ring
    /// A supervisor as one bubble with its name and a count of its processes.
    case folded
    /// A supervisor whose workers are dots.
    case crowd
  }

  /// One bubble.
  package struct Shape: Hashable, Sendable {
    /// Its slot; nil for a place that is kept for a dynamic child to come.
    package var slot: SlotID?
    package var name: String
    /// The name for where room is short.
    package var shortName: String
    /// The shape around it, as an index into `shapes`.
    package var parent: Int?
    /// Its middle in dots; dot (0, 0) covers 0 to 1.
    package var x: Double
    package var y: Double
    /// Half its width in dots.
    package var a: Double
    /// Half its height in dots.
    package var b: Double
    /// Its superellipse's exponent.
    package var exponent: Double
    package var detail: Detail
    /// Rings around it.
    package var depth: Int
    /// Places for workers, of a folded or crowded supervisor.
    package var workers: Int
  }

  /// The canvas in cells.
  package var columns: Int
  package var rows: Int
  /// All bubbles, outer before inner, siblings in start order.
  package var shapes: [Shape]
  /// Cells a name may take at most.
  package var nameLimit: Int
  private var indices: [SlotID: Int] = [:]

  /// Packs a forest into a canvas.
  package init(_ forest: BubbleForest, columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    shapes = []
    nameLimit = 0
    guard columns > 0, rows > 0, !forest.slots.isEmpty else { return }
    var packer = BubblePacker(forest: forest, columns: columns, rows: rows)
    let (vessel, picture) = packer.solve()
    nameLimit = packer.nameLimit
    var parent: Int?
    if let slot = vessel.slot {
      parent = 0
      shapes.append(
        Shape(
          slot: forest.slots[slot].id, name: forest.slots[slot].name,
          shortName: forest.slots[slot].shortName, x: packer.width / 2, y: packer.height / 2,
          a: vessel.outline.a, b: vessel.outline.b, exponent: vessel.outline.exponent,
          detail: picture == nil ? .crowd : .ring, depth: 0,
          workers: forest.slots[slot].workers))
    }
    defer { indexShapes() }
    guard let picture else { return }
    for (index, body) in picture.bodies.enumerated() {
      append(
        body, x: packer.width / 2 + picture.x[index], y: packer.height / 2 + picture.y[index],
        parent: parent, depth: parent == nil ? 0 : 1, forest)
    }
  }

  private mutating func indexShapes() {
    for (index, shape) in shapes.enumerated() {
      if let slot = shape.slot { indices[slot] = index }
    }
  }

  /// The shape of a slot, as an index into `shapes`; nil when it is not drawn on its own.
  package func index(of slot: SlotID) -> Int? { indices[slot] }

  private mutating func append(
    _ body: BubbleBody, x: Double, y: Double, parent: Int?, depth: Int, _ forest: BubbleForest
  ) {
    let slot = forest.slots[body.slot]
    shapes.append(
      Shape(
        slot: slot.id, name: slot.name, shortName: slot.shortName, parent: parent, x: x, y: y,
        a: body.outline.a, b: body.outline.b,
        exponent: body.outline.exponent, detail: body.detail, depth: depth,
        workers: slot.workers))
    let own = shapes.count - 1
    for part in body.parts {
      append(part.body, x: x + part.x, y: y + part.y, parent: own, depth: depth + 1, forest)
    }
  }
}

extension BubbleBody {
  /// The level of detail its size affords.
  var detail: BubbleLayout.Detail {
    switch content {
    case .worker: outline.b >= 9 ? .threeLines : .name
    case .ring: .ring
    case .folded: .folded
    case .crowd: .crowd
    }
  }
}
