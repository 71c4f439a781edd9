import BubbleCells

/// Where the dots of a crowd are; a place never moves while others come and go.
struct BubbleSwarm: Hashable, Sendable {
  /// What a dot is.
  enum Grain: Hashable, Sendable {
    /// Two by two dots in a cell of its own, in reading order.
    case squares
    /// One dot for some workers, in a sunflower's order.
    case foam
  }

  var grain: Grain
  /// Workers a dot stands for.
  var share: Int
  /// The dots, or the upper left ones of squares.
  var dots: [Dot]

  /// The dots of a shape that keeps room for so many workers.
  init(_ shape: BubbleLayout.Shape, places: Int) {
    if let squares = Self.squares(places, in: shape) {
      grain = .squares
      share = 1
      dots = squares
      return
    }
    grain = .foam
    let halfWidth = shape.a - 4
    let halfHeight = shape.b - 4.5
    var share = 1
    let most = max(1, Int(3.14 * max(1, halfWidth * halfHeight) / 2.2))
    while (places + share - 1) / share > most { share *= 2 }
    self.share = share
    let count = (places + share - 1) / share
    dots = Self.sunflower(count, shape, halfWidth, halfHeight)
  }

  /// Which of `dots` stands for the worker of that number.
  func dot(of place: Int) -> Int { place / share }

  /// A cell for each worker, in rows as wide apart as the shape allows; nil when it is too small.
  private static func squares(_ count: Int, in shape: BubbleLayout.Shape) -> [Dot]? {
    for step in stride(from: 5, through: 1, by: -1) {
      for columns in [2 * step, 2 * step - 1] where columns >= 2 {
        let rows = rows(in: shape, columns: columns, rows: step)
        let available = rows.reduce(0) { $0 + $1.count }
        if available >= count { return filled(count, rows) }
      }
    }
    return nil
  }

  /// Even places inside the ring, symmetric about its middle column, row by row.
  private static func rows(
    in shape: BubbleLayout.Shape, columns: Int, rows step: Int
  ) -> [[Dot]] {
    let inner = BubbleOutline(a: shape.a - 3, b: shape.b - 2, exponent: shape.exponent)
    let top = Int(((shape.y - shape.b) / 4).rounded(.down)) + 1
    let bottom = Int(((shape.y + shape.b - 0.5) / 4).rounded(.down)) - 1
    guard top <= bottom else { return [] }
    let middle = Int(shape.x / 2)
    let reach = Int(shape.a / 2) / columns
    return stride(from: top + (bottom - top) % step / 2, through: bottom, by: step).map { row in
      (-reach...reach).compactMap { place in
        let column = middle + place * columns
        let x = abs(Double(2 * column + 1) - shape.x)
        let y = abs(Double(4 * row + 2) - shape.y)
        return inner.contains(x: x + 1, y: y + 1) ? Dot(x: 2 * column, y: 4 * row + 1) : nil
      }
    }
  }

  /// The first places in reading order, the rows in the middle of what there is.
  private static func filled(_ count: Int, _ rows: [[Dot]]) -> [Dot] {
    var first = 0
    var last = rows.count
    var available = rows.reduce(0) { $0 + $1.count }
    while first < last {
      if available - rows[last - 1].count >= count {
        last -= 1
        available -= rows[last].count
      } else if available - rows[first].count >= count {
        available -= rows[first].count
        first += 1
      } else {
        break
      }
    }
    return Array(rows[first..<last].joined().prefix(count))
  }

  /// Places at equal areas, each turned on by the golden angle, bent to the ring's shape.
  private static func sunflower(
    _ count: Int, _ shape: BubbleLayout.Shape, _ halfWidth: Double, _ halfHeight: Double
  ) -> [Dot] {
    // Turning by a fixed angle is one complex multiplication; no sine is asked of the platform.
    let stepX = -0.7373688780783197
    let stepY = 0.6754902942615238
    var x = 1.0
    var y = 0.0
    var dots: [Dot] = []
    dots.reserveCapacity(count)
    for index in 0..<count {
      let radius = ((Double(index) + 0.5) / Double(count)).squareRoot()
      let size = power(abs(x), shape.exponent) + power(abs(y), shape.exponent)
      let bend = radius / power(size, 1 / shape.exponent)
      dots.append(
        Dot(
          x: Int((shape.x + x * bend * halfWidth).rounded(.down)),
          y: Int((shape.y + y * bend * halfHeight).rounded(.down))))
      (x, y) = (x * stepX - y * stepY, x * stepY + y * stepX)
    }
    return dots
  }
}
