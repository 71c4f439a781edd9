import BubbleCells

extension BubblePacker {
  /// A supervisor's ring around its children: the three best of all arrangements.
  mutating func ring(_ slot: Int, _ size: Int) -> [BubbleBody] {
    let children = forest.slots[slot].children
    guard !children.isEmpty else { return [emptyRing(slot)] }
    let childOptions = children.map { options(for: $0, size: size) }
    guard childOptions.allSatisfy({ !$0.isEmpty }) else { return [] }
    var found: [(cost: Double, body: BubbleBody)] = []
    for choice in Self.choices(childOptions) {
      for arrangement in BubbleArrangement.candidates(for: children.count) {
        for settled in settled(choice, arrangement) {
          if let enclosed = enclosed(slot, choice, settled) { found.append(enclosed) }
        }
      }
    }
    return best(of: found)
  }

  private func emptyRing(_ slot: Int) -> BubbleBody {
    BubbleBody(
      slot: slot, content: .ring,
      outline: BubbleOutline(
        a: leastWidth(slot), b: 8, exponent: ringExponent(slot)),
      columnPhase: Double(labelCells(slot) % 2), rowPhase: 2, parts: [])
  }

  /// The bodies settled in that arrangement: with their rows at the nearest places, and a little
  /// nearer to each other, since a row of cells is coarse.
  private func settled(
    _ bodies: [BubbleBody], _ arrangement: BubbleArrangement
  ) -> [BubbleSettling] {
    let places = arrangement.places(of: bodies, gap: Self.gap)
    var settling = BubbleSettling(
      BubbleField(bodies, vessel: []), x: places.x, y: places.y)
    settling.settle(gap: Self.gap)
    return [1, 0.8].compactMap { stretch in
      var candidate = settling
      candidate.stretchRows(by: stretch)
      candidate.snap(offset: nil)
      let fits = candidate.open(gap: Self.gap, least: Self.leastGap, drift: 0.1)
      return fits && candidate.isInReadingOrder ? candidate : nil
    }
  }

  /// The three cheapest of different sizes.
  private func best(of found: [(cost: Double, body: BubbleBody)]) -> [BubbleBody] {
    var chosen: [BubbleBody] = []
    let ordered = found.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }
    for (_, candidate) in ordered {
      let aspect = candidate.body.outline.a / candidate.body.outline.b
      let isNew = chosen.allSatisfy { known in
        abs(logarithm(aspect / (known.outline.a / known.outline.b))) > 0.12
      }
      if isNew { chosen.append(candidate.body) }
      if chosen.count == 5 { break }
    }
    return chosen
  }
}

// MARK: - Enclosing

extension BubblePacker {
  /// How far the parts reach together in each direction and its three mirror images.
  private struct Reach {
    var values: [Double]
    var left, right, top, bottom: Double

    init(_ bodies: [BubbleBody], _ settling: BubbleSettling) {
      let directions = BubbleOutline.directions
      values = []
      values.reserveCapacity(directions.count * 4)
      for (index, direction) in directions.enumerated() {
        for (signX, signY) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
          var most = -Double.infinity
          for (part, body) in bodies.enumerated() {
            let reach =
              settling.x[part] * direction.x * signX + settling.y[part] * direction.y * signY
              + body.outline.reach[index]
            if reach > most { most = reach }
          }
          values.append(most)
        }
      }
      left = -values[2]
      right = values[0]
      top = -values[values.count - 1]
      bottom = values[values.count - 4]
    }

    static let signs = [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)]

    /// Whether an outline around (x, y) holds all parts and the air around them.
    func fits(_ outline: BubbleOutline, _ air: [Double], x: Double, y: Double) -> Bool {
      for direction in Self.diagonalsFirst {
        let room = outline.reach[direction] - air[direction] + 1.0 / 256
        let alongX = x * BubbleOutline.directionX[direction]
        let alongY = y * BubbleOutline.directionY[direction]
        let first = direction * 4
        if values[first] - alongX - alongY > room { return false }
        if values[first + 1] - alongX + alongY > room { return false }
        if values[first + 2] + alongX - alongY > room { return false }
        if values[first + 3] + alongX + alongY > room { return false }
      }
      return true
    }

    /// Corners are what does not fit most often.
    private static let diagonalsFirst = [4, 3, 5, 2, 6, 1, 7, 0, 8]
  }

  /// The air towards a ring in each direction.
  private static let airReach = reach(of: air)
  private static let islandAirReach = reach(of: islandAir)

  private static func reach(of air: (side: Double, edge: Double)) -> [Double] {
    BubbleOutline.directions.map { direction in
      let side = air.side * direction.x
      let edge = air.edge * direction.y
      return (side * side + edge * edge).squareRoot()
    }
  }

  /// The cheapest ring around settled parts: half heights are even and the centre stands so that
  /// the label's row lies across the upper edge and the strategy's across the lower.
  private mutating func enclosed(
    _ slot: Int, _ bodies: [BubbleBody], _ settling: BubbleSettling
  ) -> (cost: Double, body: BubbleBody)? {
    let reach = Reach(bodies, settling)
    let leastHalf = 2 * ((reach.bottom - reach.top) / 4 + air(slot).edge / 2).rounded(.up)
    var best: (cost: Double, outline: BubbleOutline, x: Double, y: Double)?
    for half in stride(from: leastHalf, through: leastHalf + 10, by: 2) {
      let phase = (2 + half).truncatingRemainder(dividingBy: 4)
      let lowest = reach.bottom + air(slot).edge - half
      let highest = reach.top - air(slot).edge + half
      var y = phase + ((lowest - phase) / 4).rounded(.up) * 4
      while y <= highest + 1.0 / 256 {
        if let (outline, x) = narrowest(slot, reach, half: half, y: y) {
          let strain = abs(logarithm(outline.a / outline.b / 1.3))
          let cost = (outline.area * (1 + 0.3 * strain) * 256).rounded() / 256
          if best.map({ cost < $0.cost }) ?? true { best = (cost, outline, x, y) }
        }
        y += 4
      }
    }
    guard let best else { return nil }
    let parts = bodies.indices.map { index in
      BubbleBody.Part(
        body: bodies[index], x: settling.x[index] - best.x, y: settling.y[index] - best.y)
    }
    let body = BubbleBody(
      slot: slot, content: .ring, outline: best.outline,
      columnPhase: remainder(best.x, 2), rowPhase: remainder(best.y, 4), parts: parts)
    return (best.cost, body)
  }

  /// The narrowest outline of that height that holds the parts, and its centre's column.
  private mutating func narrowest(
    _ slot: Int, _ reach: Reach, half: Double, y: Double
  ) -> (BubbleOutline, Double)? {
    let parity = Double(labelCells(slot) % 2)
    let middle = (reach.left + reach.right) / 2
    let x = parity + ((middle - parity) / 2).rounded() * 2
    let least = max((reach.right - reach.left) / 2 + air(slot).side, leastWidth(slot))
    var a = least.rounded(.up)
    let airReach = forest.slots[slot].isNode ? Self.islandAirReach : Self.airReach
    while a <= max(3.4 * half, least + 2) {
      let outline = ringOutline(slot, a: a, b: half)
      if reach.fits(outline, airReach, x: x, y: y) { return (outline, x) }
      a += 1
    }
    return nil
  }

  private func remainder(_ value: Double, _ period: Double) -> Double {
    value - (value / period).rounded(.down) * period
  }
}
