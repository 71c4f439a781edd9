import BubbleCells

extension BubblePainter {
  /// A crash bursts outwards, an orderly stop shrinks inwards, a start is blown up.
  mutating func drawMoving(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, _ motion: BubbleMotion
  ) {
    switch motion {
    case .pop(let frame): drawPop(shape, frame)
    case .burst: drawArcs(grown(shape, 1.2), shape.depth)
    case .stop(let frame):
      let size = [1, 1, 0.86, 0.66, 0.45, 0.2][min(max(frame, 0), 5)]
      canvas.stroke(
        ring(shape).scaled(by: size), .stopping, depth: shape.depth, dash: .dashed, phase: -frame)
    case .blow(let frame):
      let size = [0.3, 0.45, 0.62, 0.76, 0.9][min(max(frame, 0), 4)]
      canvas.stroke(
        ring(shape).scaled(by: size), .starting, depth: shape.depth, dash: .dotted)
    case .land(let frame):
      let role = shape.isSupervisor ? Role.supervisorRing(depth: shape.depth) : .workerRing
      canvas.stroke(grown(shape, frame == 0 ? 1.12 : 1), role, depth: shape.depth)
    case .shake(let frame):
      drawRing(shape, bubble, shift: [-1, 1, 0][min(max(frame, 0), 2)])
    }
  }

  /// The shape at `factor` times its size, but never far out of its own room.
  private func grown(_ shape: BubbleLayout.Shape, _ factor: Double) -> SuperellipseRing {
    ring(shape).grown(by: min(shape.b * (factor - 1), 4 * (factor - 1) / 0.5))
  }

  /// The ring reddens and tears, and its drops fly outwards, up to twice as far; a supervisor's
  /// burst fills the room that it held, too.
  private mutating func drawPop(_ shape: BubbleLayout.Shape, _ frame: Int) {
    switch frame {
    case ...0:
      canvas.stroke(
        ring(shape).grown(by: 0.5), .crashed, depth: shape.depth, isThick: showsThickRings)
    case 1: drawArcs(grown(shape, 1.1), shape.depth)
    case 2: drawArcs(grown(shape, 1.2), shape.depth)
    default: drawDrops(shape, step: frame - 3)
    }
    if shape.isSupervisor, frame > 0 { drawShock(shape, frame) }
  }

  private mutating func drawArcs(_ ring: SuperellipseRing, _ depth: Int) {
    let dots = ring.dots()
    let period = max(3, dots.count / 10)
    canvas.stroke(
      ring, .crashed, depth: depth, dash: DashPattern(on: (period + 1) / 2, off: period / 2),
      isThick: showsThickRings)
  }

  /// Every other drop is slower; all of them get smaller.
  private mutating func drawDrops(_ shape: BubbleLayout.Shape, step: Int) {
    let reach = min(shape.b, 20)
    for (part, speed) in [(0, 1.0), (1, 0.6)] {
      let distance = reach * speed * (0.4 + 0.13 * Double(step))
      drawDrops(
        ring(shape).grown(by: distance), from: part, count: dropCount(shape),
        size: step < 3 ? 2 : 1,
        shape.depth)
    }
  }

  /// Drops fly from the middle of a supervisor to its ring.
  private mutating func drawShock(_ shape: BubbleLayout.Shape, _ frame: Int) {
    let ring = ring(shape).scaled(by: min(0.95, 0.15 + 0.1 * Double(frame)))
    for part in 0..<2 {
      drawDrops(ring, from: part, count: dropCount(shape), size: frame < 7 ? 2 : 1, shape.depth)
    }
  }

  private func dropCount(_ shape: BubbleLayout.Shape) -> Int {
    min(20, max(8, Int(shape.b / 1.5)))
  }

  /// Drops at even distances along a ring; those of the second part lie between those of the first.
  private mutating func drawDrops(
    _ ring: SuperellipseRing, from part: Int, count: Int, size: Int, _ depth: Int
  ) {
    let dots = ring.dots()
    guard !dots.isEmpty else { return }
    for drop in 0..<count {
      let dot = dots[((2 * drop + part) * dots.count / (2 * count) + dots.count / 3) % dots.count]
      drawDrop(x: dot.x, y: dot.y, size: size, depth: depth)
    }
  }

  /// A drop of so many dots across.
  mutating func drawDrop(x: Int, y: Int, size: Int, depth: Int) {
    for column in 0..<size {
      for row in 0..<size { canvas.set(x + column, y + row, .fragment, depth: depth) }
    }
  }
}
