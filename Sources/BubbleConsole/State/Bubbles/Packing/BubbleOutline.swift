import BubbleCells

/// A superellipse |x/a|^n + |y/b|^n = 1 around the origin, with its extent in fixed directions.
struct BubbleOutline: Hashable, Sendable {
  /// Half its width in dots.
  var a: Double
  /// Half its height in dots.
  var b: Double
  /// How square it is: 2 is an ellipse.
  var exponent: Double
  /// How far it reaches in each of `directions`, rounded up to 1/256 dot.
  var reach: [Double]

  init(a: Double, b: Double, exponent: Double) {
    self.a = a
    self.b = b
    self.exponent = exponent
    let dual = exponent / (exponent - 1)
    let powerOfA = power(a, dual)
    let powerOfB = power(b, dual)
    reach = Self.raisedDirections(exponent).map { direction in
      let sum = powerOfA * direction.x + powerOfB * direction.y
      return (power(sum, 1 / dual) * 256).rounded(.up) / 256
    }
  }

  /// The directions to the power that the dual of a superellipse asks for.
  private static func raisedDirections(_ exponent: Double) -> [(x: Double, y: Double)] {
    if let known = knownDirections.first(where: { $0.exponent == exponent }) {
      return known.raised
    }
    return raise(directions, exponent)
  }

  private static func raise(
    _ directions: [(x: Double, y: Double)], _ exponent: Double
  ) -> [(x: Double, y: Double)] {
    let dual = exponent / (exponent - 1)
    return directions.map { (power($0.x, dual), power($0.y, dual)) }
  }

  private static let knownDirections = [worker, supervisor, islandRoot, island, vessel, canvas].map
  {
    exponent in
    (exponent: exponent, raised: raise(directions, exponent))
  }

  /// Its area; the factor of an ellipse serves every exponent, since areas are only compared.
  var area: Double { 3.1416 * a * b }

  /// Whether a point this far from its centre lies inside.
  func contains(x: Double, y: Double) -> Bool {
    guard abs(x) <= a, abs(y) <= b else { return false }
    return power(abs(x) / a, exponent) + power(abs(y) / b, exponent) <= 1
  }

  /// A quarter of the 32 directions in which shapes are compared.
  ///
  /// The others mirror these, and so
  /// does every outline. Written down, since libraries differ in the last digit.
  static let directions: [(x: Double, y: Double)] = [
    (1, 0), (0.9807852804, 0.1950903220), (0.9238795325, 0.3826834324),
    (0.8314696123, 0.5555702330), (0.7071067812, 0.7071067812), (0.5555702330, 0.8314696123),
    (0.3826834324, 0.9238795325), (0.1950903220, 0.9807852804), (0, 1),
  ]
  static let directionX = directions.map(\.x)
  static let directionY = directions.map(\.y)
}

extension BubbleOutline {
  /// A worker's exponent.
  static let worker = 2.1
  /// A supervisor's exponent.
  static let supervisor = 2.7
  /// The exponent of a root on a node, which fills it.
  static let islandRoot = 4.5
  /// A node's exponent: nearly a rectangle with round corners.
  static let island = 6.0
  /// The exponent of the vessel that fills the canvas.
  static let vessel = 3.6
  /// The exponent of the open canvas around several roots: nearly a rectangle.
  static let canvas = 12.0
}
