/// What does not change while bodies settle: how far they reach, together and to the walls.
///
/// A class, so that a debug build, which copies values for every call, copies one reference.
final class BubbleField: Sendable {
  let bodies: [BubbleBody]
  /// How much a body resists being pushed.
  let weights: [Double]
  /// For each pair and direction, the reach of both together.
  private let reaches: [Double]
  /// What a vessel leaves free in each direction, minus each body's reach; empty without a vessel.
  private let walls: [Double]

  private let directionX = BubbleOutline.directionX
  private let directionY = BubbleOutline.directionY
  private static let directions = 9

  /// Measures bodies; `vessel` is how far they may reach in each direction.
  init(_ bodies: [BubbleBody], vessel: [Double]) {
    self.bodies = bodies
    weights = bodies.map { $0.outline.a * $0.outline.b }
    var reaches: [Double] = []
    reaches.reserveCapacity(bodies.count * (bodies.count - 1) / 2 * Self.directions)
    for second in bodies.indices {
      for first in 0..<second {
        for direction in 0..<Self.directions {
          reaches.append(
            bodies[first].outline.reach[direction] + bodies[second].outline.reach[direction])
        }
      }
    }
    self.reaches = reaches
    walls = bodies.flatMap { body in
      vessel.indices.map { vessel[$0] - body.outline.reach[$0] }
    }
  }

  /// The widest gap between two bodies over all directions, and where; stops looking at `enough`.
  func separation(
    _ first: Int, _ second: Int, _ deltaX: Double, _ deltaY: Double, enough: Double
  ) -> (Double, Int) {
    let (low, high) = first < second ? (first, second) : (second, first)
    let base = (high * (high - 1) / 2 + low) * Self.directions
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
  func clearance(_ index: Int, _ distanceX: Double, _ distanceY: Double) -> (Double, Int) {
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

  /// The direction of that number.
  func direction(_ index: Int) -> (x: Double, y: Double) {
    (directionX[index], directionY[index])
  }
}
