/// Bodies on their way to their places: pulled together, pushed apart, put on the lattice of cells.
///
/// Coordinates are dots from the centre of whatever holds the bodies.
struct BubbleSettling {
  private(set) var x: [Double]
  private(set) var y: [Double]
  private let field: BubbleField

  init(_ field: BubbleField, x: [Double], y: [Double]) {
    self.field = field
    self.x = x
    self.y = y
  }

  /// Rounds until bodies have settled.
  static let rounds = 90

  /// Pulls to the centre, less and less, and pushes apart to `gap` and inwards from the walls.
  mutating func settle(gap: Double, rounds: Range<Int> = 0..<Self.rounds) {
    for round in rounds {
      let left = 1 - 0.05 * (1 - Double(round) / Double(Self.rounds))
      for index in x.indices {
        x[index] *= left
        y[index] *= left
      }
      push(gap: gap, apart: 1, margin: 0, inside: 1)
    }
  }

  /// Shares out the room that is left: everything asks for more than there is, and gives way.
  mutating func spread(gap: Double, rounds: Int) {
    for _ in 0..<rounds { push(gap: gap, apart: 0.3, margin: gap / 2, inside: 0.6) }
  }

  /// One round: each pair is pushed apart and each body inwards, by shares of what is lacking.
  private mutating func push(gap: Double, apart: Double, margin: Double, inside: Double) {
    for second in x.indices {
      for first in 0..<second {
        let deltaX = x[second] - x[first]
        let deltaY = y[second] - y[first]
        let (distance, number) = field.separation(
          first, second, abs(deltaX), abs(deltaY), enough: gap)
        let lack = (gap - distance) * apart
        guard lack > 0 else { continue }
        let direction = field.direction(number)
        let pushX = lack * direction.x * (deltaX < 0 ? -1 : 1)
        let pushY = lack * direction.y * (deltaY < 0 ? -1 : 1)
        // The smaller one moves more.
        let share = field.weights[second] / (field.weights[first] + field.weights[second])
        x[first] -= pushX * share
        y[first] -= pushY * share
        x[second] += pushX * (1 - share)
        y[second] += pushY * (1 - share)
      }
    }
    for index in x.indices {
      let (clear, number) = field.clearance(index, abs(x[index]), abs(y[index]))
      let room = (clear - margin) * inside
      guard room < 0 else { continue }
      let direction = field.direction(number)
      x[index] += room * direction.x * (x[index] < 0 ? -1 : 1)
      y[index] += room * direction.y * (y[index] < 0 ? -1 : 1)
    }
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
      for index in x.indices {
        x[index] = nearest(x[index], field.bodies[index].columnPhase + offset.x, 2)
        y[index] = nearest(y[index], field.bodies[index].rowPhase + offset.y, 4)
      }
    } else {
      let shiftX = leastShift(x, phases: field.bodies.map(\.columnPhase), 2)
      let shiftY = leastShift(y, phases: field.bodies.map(\.rowPhase), 4)
      for index in x.indices {
        x[index] = nearest(x[index] - shiftX, field.bodies[index].columnPhase, 2)
        y[index] = nearest(y[index] - shiftY, field.bodies[index].rowPhase, 4)
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

  /// Opens what overlaps after `snap` by steps of a whole cell, sideways if that is enough, and
  /// draws together by `drift` what need not be apart; tells whether all gaps are at least `least`.
  mutating func open(gap: Double, least: Double, drift: Double) -> Bool {
    let homeX = x
    let homeY = y
    for rowSteps in [[0.0], [0.0, -4, 4]] {
      for _ in 0..<12 {
        var hasMoved = false
        for index in x.indices {
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
    for index in x.indices {
      total += violation(of: index, x[index], y[index], gap: gap, below: index)
    }
    return total
  }

  /// Whether no body reaches beyond a wall.
  var isInside: Bool {
    x.indices.allSatisfy { field.clearance($0, abs(x[$0]), abs(y[$0])).0 >= 0 }
  }

  private mutating func improve(
    _ index: Int, gap: Double, drift: Double, _ homeX: [Double], _ homeY: [Double],
    rowSteps: [Double]
  ) -> Bool {
    func cost(_ atX: Double, _ atY: Double) -> Double {
      let fromHomeX = atX - homeX[index]
      let fromHomeY = atY - homeY[index]
      return 64 * violation(of: index, atX, atY, gap: gap, below: x.count)
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
    for other in 0..<below where other != index {
      let (distance, _) = field.separation(
        index, other, abs(x[other] - atX), abs(y[other] - atY), enough: gap)
      total += max(0, gap - distance)
    }
    let (room, _) = field.clearance(index, abs(atX), abs(atY))
    return total + max(0, -room)
  }

  /// Whether the bodies still read in their order: each stands right of, or below, all before it.
  var isInReadingOrder: Bool {
    for second in x.indices {
      for first in 0..<second where !reads(first, before: second) { return false }
    }
    return true
  }

  private func reads(_ first: Int, before second: Int) -> Bool {
    let firstHalf = field.bodies[first].outline.b
    let secondHalf = field.bodies[second].outline.b
    let topOfSecond = y[second] - secondHalf
    if topOfSecond >= y[first] { return true }
    let shared =
      min(y[first] + firstHalf, y[second] + secondHalf) - max(y[first] - firstHalf, topOfSecond)
    return x[second] > x[first] && shared >= min(firstHalf, secondHalf)
  }

  /// The room around a body, on average: to its nearest neighbour or, doubled, to the wall; beyond
  /// `most` it does not count.
  func meanGap(most: Double) -> Double {
    guard !x.isEmpty else { return most }
    var sum = 0.0
    for index in x.indices {
      var least = min(most, 2 * field.clearance(index, abs(x[index]), abs(y[index])).0 + 2)
      for other in x.indices where other != index {
        let (distance, _) = field.separation(
          index, other, abs(x[other] - x[index]), abs(y[other] - y[index]), enough: least)
        least = min(least, distance)
      }
      sum += least
    }
    return sum / Double(x.count)
  }
}
