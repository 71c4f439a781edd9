/// Bodies on their way to their places: pulled together, pushed apart, put on the lattice of cells.
///
/// Coordinates are dots from the centre of whatever holds the bodies.
struct BubbleSettling {
  private(set) var x: [Double]
  private(set) var y: [Double]
  private let bodies: [BubbleBody]
  /// For each pair and direction, the reach of both together.
  private let reaches: [Double]
  /// What a vessel leaves free in each direction, minus each body's reach; empty without a vessel.
  private let walls: [Double]
  private let weights: [Double]
  private let comparesPairs: Bool

  private let directionX = BubbleOutline.directionX
  private let directionY = BubbleOutline.directionY
  private static let directions = 9

  /// Places bodies.
  ///
  /// `walls` is how far they may reach in each direction. Where they are known to be
  /// apart, pairs need not be compared.
  init(
    bodies: [BubbleBody], x: [Double], y: [Double], walls vessel: [Double] = [],
    comparesPairs: Bool = true
  ) {
    self.bodies = bodies
    self.comparesPairs = comparesPairs
    self.x = x
    self.y = y
    weights = bodies.map { $0.outline.a * $0.outline.b }
    var reaches: [Double] = []
    reaches.reserveCapacity(bodies.count * (bodies.count - 1) / 2 * Self.directions)
    for second in bodies.indices where comparesPairs {
      for first in 0..<second {
        for direction in 0..<Self.directions {
          reaches.append(
            bodies[first].outline.reach[direction] + bodies[second].outline.reach[direction])
        }
      }
    }
    self.reaches = reaches
    var walls: [Double] = []
    if !vessel.isEmpty {
      for body in bodies {
        for direction in 0..<Self.directions {
          walls.append(vessel[direction] - body.outline.reach[direction])
        }
      }
    }
    self.walls = walls
  }

  /// Pulls to the centre, less and less, and pushes apart to `gap` and inwards from the walls.
  mutating func settle(gap: Double, rounds: Range<Int>, of count: Int) {
    for round in rounds {
      let pull = 0.05 * (1 - Double(round) / Double(count))
      for index in bodies.indices {
        x[index] -= x[index] * pull
        y[index] -= y[index] * pull
      }
      for second in bodies.indices {
        for first in 0..<second { pushApart(first, second, gap: gap, share: 1) }
      }
      for index in bodies.indices { pushInside(index, margin: 0, share: 1) }
    }
  }

  /// Shares out the room that is left: everything asks for more than there is, and gives way.
  mutating func spread(gap: Double, rounds: Int) {
    for _ in 0..<rounds {
      for second in bodies.indices {
        for first in 0..<second { pushApart(first, second, gap: gap, share: 0.3) }
      }
      for index in bodies.indices { pushInside(index, margin: gap / 2, share: 0.6) }
    }
  }

  private mutating func pushApart(_ first: Int, _ second: Int, gap: Double, share strength: Double)
  {
    let deltaX = x[second] - x[first]
    let deltaY = y[second] - y[first]
    let (distance, direction) = separation(
      pair: second * (second - 1) / 2 + first, abs(deltaX), abs(deltaY), enough: gap)
    let lack = (gap - distance) * strength
    guard lack > 0 else { return }
    let pushX = lack * directionX[direction] * (deltaX < 0 ? -1 : 1)
    let pushY = lack * directionY[direction] * (deltaY < 0 ? -1 : 1)
    let share = weights[second] / (weights[first] + weights[second])
    x[first] -= pushX * share
    y[first] -= pushY * share
    x[second] += pushX * (1 - share)
    y[second] += pushY * (1 - share)
  }

  private mutating func pushInside(_ index: Int, margin: Double, share strength: Double) {
    let (clear, direction) = clearance(index, abs(x[index]), abs(y[index]))
    let room = (clear - margin) * strength
    guard room < 0 else { return }
    x[index] += room * directionX[direction] * (x[index] < 0 ? -1 : 1)
    y[index] += room * directionY[direction] * (y[index] < 0 ? -1 : 1)
  }

  /// The widest gap between two bodies over all directions, and where; stops looking at `enough`.
  private func separation(
    pair: Int, _ deltaX: Double, _ deltaY: Double, enough: Double
  ) -> (Double, Int) {
    let base = pair * Self.directions
    var best = deltaX - reaches[base]
    var bestDirection = 0
    if best >= enough { return (best, 0) }
    var direction = Self.directions - 1
    while direction > 0 {
      let gap =
        deltaX * directionX[direction] + deltaY * directionY[direction]
        - reaches[base + direction]
      if gap > best {
        best = gap
        bestDirection = direction
        if best >= enough { break }
      }
      direction -= 1
    }
    return (best, bestDirection)
  }

  /// The least room to the wall over all directions, and where; endless without a vessel.
  private func clearance(_ index: Int, _ distanceX: Double, _ distanceY: Double) -> (Double, Int) {
    guard !walls.isEmpty else { return (.infinity, 0) }
    let base = index * Self.directions
    var least = Double.infinity
    var leastDirection = 0
    var direction = 0
    while direction < Self.directions {
      let room =
        walls[base + direction] - distanceX * directionX[direction]
        - distanceY * directionY[direction]
      if room < least {
        least = room
        leastDirection = direction
      }
      direction += 1
    }
    return (least, leastDirection)
  }
}

// MARK: - The lattice

extension BubbleSettling {
  /// Moves all rows towards or away from the middle.
  mutating func stretchRows(by factor: Double) {
    for index in y.indices { y[index] *= factor }
  }

  /// Moves every body to the nearest place where its names sit in whole cells; `offset` is what the
  /// lattice is shifted by, nil to shift the bodies as a whole to where they move least.
  mutating func snap(offset: (x: Double, y: Double)?) {
    if let offset {
      for index in bodies.indices {
        x[index] = nearest(x[index], bodies[index].columnPhase + offset.x, 2)
        y[index] = nearest(y[index], bodies[index].rowPhase + offset.y, 4)
      }
    } else {
      let shiftX = leastShift(x, phases: bodies.map(\.columnPhase), 2)
      let shiftY = leastShift(y, phases: bodies.map(\.rowPhase), 4)
      for index in bodies.indices {
        x[index] = nearest(x[index] - shiftX, bodies[index].columnPhase, 2)
        y[index] = nearest(y[index] - shiftY, bodies[index].rowPhase, 4)
      }
    }
  }

  private func nearest(_ value: Double, _ phase: Double, _ period: Double) -> Double {
    phase + ((value - phase) / period).rounded() * period
  }

  private func leastShift(_ values: [Double], phases: [Double], _ period: Double) -> Double {
    var best = 0.0
    var leastCost = Double.infinity
    for shift in stride(from: 0.0, to: period, by: 0.5) {
      var cost = 0.0
      for index in values.indices {
        let moved = values[index] - shift
        let distance = moved - nearest(moved, phases[index], period)
        cost += distance * distance
      }
      if cost < leastCost - 1.0 / 256 {
        leastCost = cost
        best = shift
      }
    }
    return best
  }

  /// Opens what overlaps after `snap` by steps of a whole cell, sideways if that is enough, and draws
  /// together by `drift` what need not be apart; tells whether all gaps are at least `least`.
  mutating func open(gap: Double, least: Double, drift: Double) -> Bool {
    let homeX = x
    let homeY = y
    for rowSteps in [[0.0], [0.0, -4, 4]] {
      for _ in 0..<12 {
        var hasMoved = false
        for index in bodies.indices {
          hasMoved =
            improve(index, gap: gap, drift: drift, homeX, homeY, rowSteps: rowSteps) || hasMoved
        }
        if !hasMoved { break }
      }
      if violation(gap: least) == 0 { return true }
    }
    return false
  }

  /// How much is lacking to `gap` between all bodies and to the walls.
  func violation(gap: Double) -> Double {
    var total = 0.0
    for index in bodies.indices {
      total += violation(of: index, x[index], y[index], gap: gap, below: index)
    }
    return total
  }

  private mutating func improve(
    _ index: Int, gap: Double, drift: Double, _ homeX: [Double], _ homeY: [Double],
    rowSteps: [Double]
  ) -> Bool {
    func cost(_ atX: Double, _ atY: Double) -> Double {
      let fromHomeX = atX - homeX[index]
      let fromHomeY = atY - homeY[index]
      return 64 * violation(of: index, atX, atY, gap: gap, below: bodies.count)
        + (1 - drift) * (fromHomeX * fromHomeX + fromHomeY * fromHomeY) / 16
        + drift * (atX * atX + atY * atY) / 16
    }
    var bestX = x[index]
    var bestY = y[index]
    var least = cost(bestX, bestY)
    let startX = bestX
    let startY = bestY
    for stepY in rowSteps {
      for stepX in [0.0, -2, 2] where stepX != 0 || stepY != 0 {
        let candidate = cost(startX + stepX, startY + stepY)
        if candidate < least - 1.0 / 256 {
          least = candidate
          bestX = startX + stepX
          bestY = startY + stepY
        }
      }
    }
    x[index] = bestX
    y[index] = bestY
    return bestX != startX || bestY != startY
  }

  private func violation(
    of index: Int, _ atX: Double, _ atY: Double, gap: Double, below: Int
  ) -> Double {
    var total = 0.0
    for other in 0..<below where comparesPairs && other != index {
      let pair =
        index > other ? index * (index - 1) / 2 + other : other * (other - 1) / 2 + index
      let (distance, _) = separation(
        pair: pair, abs(x[other] - atX), abs(y[other] - atY), enough: gap)
      total += max(0, gap - distance)
    }
    let (room, _) = clearance(index, abs(atX), abs(atY))
    return total + max(0, -room)
  }

  /// Whether the bodies still read in their order: each stands right of, or below, all before it.
  var isInReadingOrder: Bool {
    for second in bodies.indices {
      for first in 0..<second where !reads(first, before: second) { return false }
    }
    return true
  }

  private func reads(_ first: Int, before second: Int) -> Bool {
    let firstHalf = bodies[first].outline.b
    let secondHalf = bodies[second].outline.b
    let topOfSecond = y[second] - secondHalf
    if topOfSecond >= y[first] { return true }
    let shared =
      min(y[first] + firstHalf, y[second] + secondHalf) - max(y[first] - firstHalf, topOfSecond)
    return x[second] > x[first] && shared >= min(firstHalf, secondHalf)
  }

  /// The room around a body, on average: to its nearest neighbour or, doubled, to the wall; beyond
  /// `most` it does not count.
  func meanGap(most: Double) -> Double {
    guard !bodies.isEmpty else { return most }
    var sum = 0.0
    for index in bodies.indices {
      var least = min(most, 2 * clearance(index, abs(x[index]), abs(y[index])).0 + 2)
      for other in bodies.indices where other != index {
        let pair =
          index > other ? index * (index - 1) / 2 + other : other * (other - 1) / 2 + index
        let (distance, _) = separation(
          pair: pair, abs(x[other] - x[index]), abs(y[other] - y[index]), enough: least)
        least = min(least, distance)
      }
      sum += least
    }
    return sum / Double(bodies.count)
  }
}
