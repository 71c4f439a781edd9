import BubbleCells

/// Finds the places of all bubbles: rows first, then settle; smaller, then folded, until all fits.
struct BubblePacker {
  let forest: BubbleForest
  /// The canvas in dots.
  let width: Double
  let height: Double
  /// How each slot is drawn at the moment.
  var contents: [BubbleBody.Content]
  /// Cells a name may take at most.
  var nameLimit = 18
  private(set) var depths: [Int]
  private(set) var parents: [Int?]
  private var bodies: [Key: [BubbleBody]] = [:]
  private var outlines: [OutlineKey: BubbleOutline] = [:]

  private struct Key: Hashable {
    var slot: Int
    var size: Int
  }

  private struct OutlineKey: Hashable {
    var a: Double
    var b: Double
    var exponent: Double
  }

  /// Half heights of workers, all workers of a picture alike.
  static let sizes = [
    24.5, 20.5, 16.5, 14.5, 12.5, 11.5, 10.5, 9.5, 8.5, 7.5, 6.5, 6, 5.5, 4.6,
  ]
  /// Dots between two bubbles.
  static let gap = 2.4
  /// The least that may be left of the gap once names sit in whole cells.
  static let leastGap = 2.0
  /// Dots between two islands.
  static let cableGap = 6.0
  /// The least that may be left of that.
  static let leastCableGap = 4.0
  /// Dots between a ring and what is in it: at the sides, above and below.
  static let air = (side: 3.5, edge: 3.3)
  /// The same between a shore and the trees, which have rings of their own.
  static let islandAir = (side: 1.6, edge: 3.3)
  /// Cells after a supervisor's name on its ring: a blank and the budget.
  static let budgetCells = 4
  /// Cells after a crowd's name: how many there are.
  static let countCells = 6

  init(forest: BubbleForest, columns: Int, rows: Int) {
    self.forest = forest
    width = Double(2 * columns)
    height = Double(4 * rows)
    var depths = [Int](repeating: 0, count: forest.slots.count)
    var parents = [Int?](repeating: nil, count: forest.slots.count)
    for (index, slot) in forest.slots.enumerated() {
      for child in slot.children {
        parents[child] = index
        depths[child] = depths[index] + 1
      }
    }
    self.depths = depths
    self.parents = parents
    contents = forest.slots.map { slot in
      guard slot.isSupervisor else { return .worker }
      guard slot.children.isEmpty, let capacity = slot.capacity else { return .ring }
      return capacity > Self.foldedWorkers ? .crowd : .folded
    }
    foldTooDeep()
  }

  /// Folds the rings that lie within more rings than the canvas is high enough for, so that a tree
  /// costs no more tries than it can have levels here.
  private mutating func foldTooDeep() {
    for index in contents.indices
    where contents[index] == .ring && Double(depths[index]) * 2 * Self.air.edge > height {
      contents[index] = .folded
    }
  }

  /// The most workers of one supervisor that are tried as bubbles of their own.
  static let openWorkers = 61
  /// The most workers whose signs fit into a folded bubble; more become a crowd.
  static let foldedWorkers = 8

  /// Forgets what was packed from `slot` upwards.
  mutating func forget(_ slot: Int) {
    var next: Int? = slot
    while let current = next {
      for size in Self.sizes.indices { bodies[Key(slot: current, size: size)] = nil }
      next = parents[current]
    }
  }

  /// Forgets all that was packed.
  mutating func forgetAll() {
    bodies.removeAll()
  }

  /// The best ways to draw `slot` and what is below it, best first; `size` is an index of `sizes`.
  mutating func options(for slot: Int, size: Int) -> [BubbleBody] {
    let key = Key(slot: slot, size: size)
    if let known = bodies[key] { return known }
    let found: [BubbleBody]
    switch contents[slot] {
    case .worker: found = [worker(slot, size)]
    case .folded: found = [folded(slot, size)]
    case .crowd: found = crowd(slot, size)
    case .ring: found = ring(slot, size)
    }
    bodies[key] = found
    return found
  }

  /// The outline of a supervisor or a node, remembered.
  mutating func ringOutline(_ slot: Int, a: Double, b: Double) -> BubbleOutline {
    let exponent = ringExponent(slot)
    let key = OutlineKey(a: a, b: b, exponent: exponent)
    if let known = outlines[key] { return known }
    let outline = BubbleOutline(a: a, b: b, exponent: exponent)
    outlines[key] = outline
    return outline
  }

  func ringExponent(_ slot: Int) -> Double {
    if forest.slots[slot].isNode { return BubbleOutline.island }
    let isRoot = isOnIsland(slot)
    return isRoot ? BubbleOutline.islandRoot : BubbleOutline.supervisor
  }

  /// Dots between the ring of `slot` and what is in it.
  func air(_ slot: Int) -> (side: Double, edge: Double) {
    forest.slots[slot].isNode ? Self.islandAir : Self.air
  }

  /// Dots between two roots: where cables run, they need room.
  var rootGap: Double { forest.hasCables ? Self.cableGap : Self.gap }
  /// The least that may be left of that.
  var leastRootGap: Double { forest.hasCables ? Self.leastCableGap : Self.leastGap }

  /// Cells the name of `slot` gets.
  func nameCells(_ slot: Int) -> Int {
    let name = forest.slots[slot]
    return name.cells <= nameLimit ? name.cells : min(name.shortCells, nameLimit)
  }

  /// The least half width of a supervisor's ring whose label sits on its upper edge.
  func leastWidth(_ slot: Int) -> Double {
    Double(labelCells(slot) + (contents[slot] == .crowd ? Self.countCells : 0) + 3)
  }

  /// Cells of a supervisor's label: name, blank, budget; a node has no budget.
  func labelCells(_ slot: Int) -> Int {
    nameCells(slot) + (forest.slots[slot].isNode ? 0 : Self.budgetCells)
  }
}

extension BubbleForest.Slot {
  /// Places for workers that are kept, whether somebody is there or not.
  var workers: Int { capacity ?? children.count }
}

// MARK: - Bodies without parts

extension BubblePacker {
  func worker(_ slot: Int, _ size: Int) -> BubbleBody {
    let half = Self.sizes[size]
    let cells = nameCells(slot)
    let needed = (Double(cells) + 2.6) / (1 - (2 / half) * (2 / half)).squareRoot()
    let a = (max(1.12 * half, needed) * 2).rounded(.up) / 2
    return BubbleBody(
      slot: slot, content: .worker,
      outline: BubbleOutline(a: a, b: half, exponent: BubbleOutline.worker),
      columnPhase: Double(cells % 2), rowPhase: 2, parts: [])
  }

  /// Two rows of text in a supervisor's outline: its name, and a glyph or count per state.
  private func folded(_ slot: Int, _ size: Int) -> BubbleBody {
    let half = max(6, min(Self.sizes[size], 10))
    let name = nameCells(slot)
    let cells = max(name, min(forest.slots[slot].workers, 8))
    let inner = power(1 - power(4 / half, BubbleOutline.supervisor), 1 / BubbleOutline.supervisor)
    let a = max(1.2 * half, ((Double(cells) + 1.6) / inner)).rounded(.up)
    return BubbleBody(
      slot: slot, content: .folded,
      outline: BubbleOutline(a: a, b: half, exponent: BubbleOutline.supervisor),
      columnPhase: Double(name % 2), rowPhase: 0, parts: [])
  }

  /// A vessel for dots, as large as the canvas affords at this size and its places need.
  private mutating func crowd(_ slot: Int, _ size: Int) -> [BubbleBody] {
    let share = min(0.8, max(0.22, (Self.sizes[size] - 2.5) / 11))
    let workers = Double(min(forest.slots[slot].workers, 100_000))
    let needed = (workers * 16 / 3.14 / 1.3).squareRoot() + 5
    let half = 2 * (min(max(10, share * height / 2), max(10, needed)) / 2).rounded()
    return [1.3, 1.0, 1.9].map { aspect in
      let a = max(leastWidth(slot), (aspect * half).rounded(.up))
      return BubbleBody(
        slot: slot, content: .crowd, outline: ringOutline(slot, a: a, b: half),
        columnPhase: Double(labelCells(slot) % 2),
        rowPhase: (2 + half).truncatingRemainder(dividingBy: 4), parts: [])
    }
  }
}
