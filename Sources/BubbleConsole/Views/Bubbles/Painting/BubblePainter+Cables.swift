import BubbleCells

/// Cables between islands: a line from shore to shore that goes around what lies between.
extension BubblePainter {
  /// How far a line may be bent, the straightest first.
  private static let bends = [0.0, 10, -10, 20, -20, 32, -32, 48, -48]

  mutating func drawCable(_ cable: BubbleScene.Cable) {
    let dots = line(of: cable)
    guard !dots.isEmpty else { return }
    let look = look(of: cable)
    let gap = look.hasGap ? Self.gap(of: dots.count) : 0..<0
    for (index, dot) in dots.enumerated()
    where !gap.contains(index) && index % (look.dash.on + look.dash.off) < look.dash.on {
      canvas.set(dot.x, dot.y, look.role, depth: 400)
    }
    for share in cable.beads { drawBead(share, on: dots, hasGap: look.hasGap) }
    guard look.hasGap else { return }
    let middle = dots[dots.count / 2]
    grid.put(
      glyphs[.crashed], at: Point(column: middle.x / 2, row: middle.y / 4), role: look.role)
  }

  /// A bead two dots wide; where the cable is cut, it falls out of the end.
  private mutating func drawBead(_ share: Double, on dots: [Dot], hasGap: Bool) {
    let place = min(dots.count - 1, max(0, Int(share * Double(dots.count - 1))))
    var dot = dots[place]
    if hasGap {
      let gap = Self.gap(of: dots.count)
      guard !gap.contains(place) else {
        let edge = dots[min(dots.count - 1, max(0, gap.lowerBound - 1))]
        dot = Dot(x: edge.x, y: edge.y + 2 * (1 + place - gap.lowerBound))
        return drawDrop(x: dot.x, y: dot.y, size: 2, depth: 500)
      }
      guard place < gap.lowerBound else { return }
    }
    for x in 0..<2 {
      for y in 0..<2 { canvas.set(dot.x + x, dot.y + y, .busy, depth: 500) }
    }
  }

  private func look(
    of cable: BubbleScene.Cable
  ) -> (role: Role, dash: DashPattern, hasGap: Bool) {
    switch cable.mark {
    case .cut: return (.target, .dashed, true)
    case .heal: return (.plannedRing, .dashed, false)
    case nil: break
    }
    return switch cable.state {
    case .connected: (.running, .solid, false)
    case .oneSided: (.stopping, .dashed, false)
    case .unused: (.ghost, .sparse, false)
    case .cut: (.crashed, .solid, true)
    }
  }

  /// The middle third, or what a sign takes.
  private static func gap(of count: Int) -> Range<Int> {
    let half = max(2, count / 6)
    return max(0, count / 2 - half)..<min(count, count / 2 + half + 1)
  }

  // MARK: - Where it runs

  /// The dots from shore to shore on the straightest way that crosses no other island.
  private func line(of cable: BubbleScene.Cable) -> [Dot] {
    let shapes = scene.layout.shapes
    let ends = (shapes[cable.from], shapes[cable.to])
    let others = shapes.indices.filter {
      shapes[$0].parent == nil && $0 != cable.from && $0 != cable.to
    }
    var best: (crossed: Int, dots: [Dot]) = (.max, [])
    for bend in Self.bends {
      let dots = line(from: ends.0, to: ends.1, bend: bend)
      let crossed = dots.count { dot in
        !isOnCanvas(dot) || others.contains { covers(shapes[$0], dot) }
          || isOnLabel(dot, of: ends.0) || isOnLabel(dot, of: ends.1)
      }
      if crossed < best.crossed { best = (crossed, dots) }
      if crossed == 0 { break }
    }
    return best.dots.filter { dot in !others.contains { covers(shapes[$0], dot) } }
  }

  private func isOnCanvas(_ dot: Dot) -> Bool {
    (0..<canvas.width).contains(dot.x) && (0..<canvas.height).contains(dot.y)
  }

  /// Whether the name on the upper shore of an island would hide the dot.
  private func isOnLabel(_ dot: Dot, of shape: BubbleLayout.Shape) -> Bool {
    let row = Int(((shape.y - shape.b) / 4).rounded(.down))
    return dot.y / 4 == row && abs(Double(dot.x) - shape.x) <= Double(displayWidth(shape.name) + 4)
  }

  private func covers(_ shape: BubbleLayout.Shape, _ dot: Dot) -> Bool {
    shape.contains(x: Double(dot.x) + 0.5, y: Double(dot.y) + 0.5)
  }

  /// A curve from middle to middle, without what lies on the two islands.
  private func line(
    from one: BubbleLayout.Shape, to other: BubbleLayout.Shape, bend: Double
  ) -> [Dot] {
    let (alongX, alongY) = (other.x - one.x, other.y - one.y)
    let length = max(1, (alongX * alongX + alongY * alongY).squareRoot())
    let control = (
      x: (one.x + other.x) / 2 - alongY / length * bend * 2,
      y: (one.y + other.y) / 2 + alongX / length * bend * 2
    )
    var dots: [Dot] = []
    let steps = Int(length * 2) + 2 * Int(abs(bend)) + 1
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let (near, far) = ((1 - share) * (1 - share), share * share)
      let middle = 2 * share * (1 - share)
      let dot = Dot(
        x: Int((near * one.x + middle * control.x + far * other.x).rounded(.down)),
        y: Int((near * one.y + middle * control.y + far * other.y).rounded(.down)))
      if dot != dots.last, !covers(one, dot), !covers(other, dot) { dots.append(dot) }
    }
    return dots
  }
}
