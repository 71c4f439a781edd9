import BubbleCells

extension BubbleMotion {
  /// Whether there is room for the name: not while the ring is small.
  var showsName: Bool {
    switch self {
    case .pop(let frame): frame < 4
    case .stop(let frame): frame < 2
    case .blow(let frame): frame >= 3
    case .burst, .land, .shake: true
    }
  }
}

extension BubblePainter {
  /// A crash bursts outwards, an orderly stop shrinks inwards, a start is blown up.
  mutating func drawMoving(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, _ motion: BubbleMotion
  ) {
    switch motion {
    case .pop(let frame): drawPop(shape, frame)
    case .burst: drawPop(shape, 2)
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

  private mutating func drawPop(_ shape: BubbleLayout.Shape, _ frame: Int) {
    switch frame {
    case ...0: canvas.stroke(ring(shape).grown(by: 0.5), .crashed, depth: shape.depth)
    case 1: drawArcs(grown(shape, 1.1), shape.depth)
    case 2: drawArcs(grown(shape, 1.2), shape.depth)
    case 3: drawDrops(grown(shape, 1.35), count: 14, shape.depth)
    default: drawDrops(grown(shape, 1.5), count: 8, shape.depth)
    }
  }

  private mutating func drawArcs(_ ring: SuperellipseRing, _ depth: Int) {
    let dots = ring.dots()
    let period = max(3, dots.count / 10)
    canvas.stroke(
      ring, .crashed, depth: depth, dash: DashPattern(on: (period + 1) / 2, off: period / 2))
  }

  private mutating func drawDrops(_ ring: SuperellipseRing, count: Int, _ depth: Int) {
    let dots = ring.dots()
    guard !dots.isEmpty else { return }
    for drop in 0..<count {
      let dot = dots[(drop * dots.count + dots.count / 3) / count % dots.count]
      canvas.set(dot.x, dot.y, .fragment, depth: depth)
    }
  }
}
