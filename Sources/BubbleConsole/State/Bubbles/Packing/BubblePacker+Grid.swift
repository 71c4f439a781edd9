/// Many workers and nothing else: even rows at even distances, which no settling improves.
extension BubblePacker {
  /// The most evenly spread rows that fit; nil when none do.
  func grid(_ bodies: [BubbleBody], in vessel: BubbleVessel, size: Int) -> BubblePicture? {
    var best: BubblePicture?
    let field = BubbleField(bodies, vessel: vessel.room)
    for rows in 1...min(bodies.count, 16) {
      let groups = Self.rows(rows, of: bodies.count)
      guard let picture = spread(field, groups, vessel, size) else { continue }
      if best.map({ picture.score < $0.score }) ?? true { best = picture }
    }
    return best
  }

  /// Row lengths as equal as can be, the longer ones in the middle, where a vessel is widest.
  private static func rows(_ rows: Int, of count: Int) -> [Int] {
    let longer = count % rows
    let first = (rows - longer) / 2
    return (0..<rows).map { row in
      count / rows + (row >= first && row < first + longer ? 1 : 0)
    }
  }

  private func spread(
    _ field: BubbleField, _ groups: [Int], _ vessel: BubbleVessel, _ size: Int
  ) -> BubblePicture? {
    let bodies = field.bodies
    let widest = 2 * (bodies.map(\.outline.a).max() ?? 0)
    let tallest = 2 * (bodies.map(\.outline.b).max() ?? 0)
    let leastX = ((widest + Self.gap) / 2).rounded(.up) * 2
    let leastY = ((tallest + Self.leastGap) / 4).rounded(.up) * 4
    var best: BubblePicture?
    for pitchY in stride(from: leastY, through: leastY + 16, by: 4) {
      for pitchX in stride(from: leastX, through: leastX + 24, by: 2) {
        let places = Self.places(groups, pitchX: pitchX, pitchY: pitchY)
        var settling = BubbleSettling(field, x: places.x, y: places.y)
        settling.snap(offset: (x: -width / 2, y: -height / 2))
        guard settling.isInside else { break }
        // The nearer edges of two rows or columns count double, so that neither runs far ahead.
        let gapX = pitchX - widest
        let gapY = pitchY - tallest
        let score =
          -2 * Self.sizeWeight * Self.sizes[size] - min(gapX, 9) - min(gapY, 9) - min(gapX, gapY, 9)
        if best.map({ score < $0.score }) ?? true {
          best = BubblePicture(
            bodies: bodies, x: settling.x, y: settling.y, size: size, score: score)
        }
      }
    }
    return best
  }

  private static func places(
    _ groups: [Int], pitchX: Double, pitchY: Double
  ) -> (x: [Double], y: [Double]) {
    var x: [Double] = []
    var y: [Double] = []
    for (row, group) in groups.enumerated() {
      for column in 0..<group {
        x.append((Double(column) - Double(group - 1) / 2) * pitchX)
        y.append((Double(row) - Double(groups.count - 1) / 2) * pitchY)
      }
    }
    return (x, y)
  }
}
