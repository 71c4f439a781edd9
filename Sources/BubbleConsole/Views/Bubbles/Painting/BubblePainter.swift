import BubbleCells
import BubbleTree

/// Draws a scene: rings and what is in them as dots, names and signs as text above them.
struct BubblePainter {
  let scene: BubbleScene
  let glyphs: GlyphSet
  /// The text; dots are drawn only where it is untouched.
  var grid: CellGrid
  var canvas: DotCanvas

  /// Draws the scene with its upper left corner at `point`.
  static func draw(
    _ scene: BubbleScene, at point: Point, glyphs: GlyphSet, on grid: inout CellGrid
  ) {
    var painter = BubblePainter(scene, glyphs)
    painter.draw()
    grid.lay(painter.grid, at: point)
  }

  private init(_ scene: BubbleScene, _ glyphs: GlyphSet) {
    self.scene = scene
    self.glyphs = glyphs
    let size = Size(columns: scene.layout.columns, rows: scene.layout.rows)
    grid = CellGrid(size: size)
    canvas = DotCanvas(columns: size.columns, rows: size.rows)
  }

  private mutating func draw() {
    for (shape, bubble) in zip(scene.layout.shapes, scene.bubbles) {
      if let bubble { drawDots(shape, bubble) }
    }
    for cable in scene.cables { drawCable(cable) }
    for spark in scene.sparks { drawSpark(spark) }
    // The selection comes last, so that its name lies above all others.
    for isSelected in [false, true] {
      for index in scene.bubbles.indices {
        guard let bubble = scene.bubbles[index], bubble.isSelected == isSelected else { continue }
        writeText(scene.layout.shapes[index], bubble, index: index)
      }
    }
    canvas.draw(on: &grid, at: Point(column: 0, row: 0), marks: glyphs.marks)
  }

  /// Whether rings can be told by being thick.
  var showsThickRings: Bool { glyphs.marks == .braille }

  private mutating func drawDots(_ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble) {
    if let motion = bubble.motion {
      drawMoving(shape, bubble, motion)
    } else {
      drawRing(shape, bubble)
    }
    switch shape.detail {
    case .threeLines, .name:
      drawLiquid(shape, bubble)
      if bubble.motion == nil { drawGlint(shape, bubble) }
    case .crowd:
      if let crowd = bubble.crowd { drawCrowd(crowd, depth: shape.depth) }
    case .ring, .folded: return
    }
  }

  private mutating func writeText(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, index: Int
  ) {
    switch shape.detail {
    case .threeLines, .name: writeWorker(shape, bubble)
    case .ring: writeRing(shape, bubble, index: index)
    case .folded: writeFolded(shape, bubble)
    case .crowd:
      writeRing(shape, bubble, index: index)
      if let crowd = bubble.crowd { writeCrowd(crowd) }
    }
  }
}

// MARK: - Dots

extension BubblePainter {
  /// A shape's ring as dots; shapes measure to the dots' outer edges.
  func ring(_ shape: BubbleLayout.Shape, shift: Double = 0) -> SuperellipseRing {
    SuperellipseRing(
      centreX: shape.x - 0.5 + shift, centreY: shape.y - 0.5, halfWidth: shape.a - 0.5,
      halfHeight: shape.b - 0.5, exponent: shape.exponent)
  }

  mutating func drawRing(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, shift: Double = 0
  ) {
    let look = BubbleLook(bubble, isSupervisor: shape.isSupervisor, depth: shape.depth)
    canvas.stroke(
      ring(shape, shift: shift), look.ring, depth: shape.depth, dash: look.dash,
      isThick: look.isThick && showsThickRings)
  }

  /// Messages that wait, as liquid: ten doublings fill the bubble.
  private mutating func drawLiquid(_ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble) {
    guard bubble.mailboxLength > 0, bubble.isThere, bubble.mark != .untouched else { return }
    let ring = ring(shape)
    let doublings = logarithm2(1 + Double(bubble.mailboxLength))
    let inner = 2 * (shape.b - 1)
    let height = (min(1, doublings / 10) * inner).rounded(.up)
    canvas.fill(
      ring, from: Int((shape.y + shape.b - 1 - height).rounded()), .liquid, depth: shape.depth)
  }

  /// The reflection at the upper left that makes a ring a bubble.
  private mutating func drawGlint(_ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble) {
    guard glyphs.marks == .braille, bubble.state == .running else { return }
    guard case .plain = bubble.mark else { return }
    let isLarge = shape.b >= 9
    let arc = ring(shape).grown(by: isLarge ? -3 : -2.5).dots()
    let quarter = arc.count / 4
    let shown = isLarge ? quarter * 2 / 5..<quarter * 4 / 5 : quarter / 3..<quarter * 4 / 5
    canvas.set(arc[shown], .glint, depth: shape.depth)
  }

  /// Drops on the straight way out to the ring, where the first of them splashes.
  private mutating func drawSpark(_ spark: BubbleScene.Spark) {
    let from = scene.layout.shapes[spark.from]
    let to = scene.layout.shapes[spark.to]
    var stepX = from.x - to.x
    var stepY = from.y - to.y
    if abs(stepX) + abs(stepY) < 1 { (stepX, stepY) = (0, -1) }
    let reach =
      power(abs(stepX) / to.a, to.exponent) + power(abs(stepY) / to.b, to.exponent)
    let scale = 1 / power(reach, 1 / to.exponent)
    let endX = to.x + stepX * scale
    let endY = to.y + stepY * scale
    let length = ((endX - from.x) * (endX - from.x) + (endY - from.y) * (endY - from.y))
      .squareRoot()
    guard length > 0 else { return }
    let steps = BubbleMotions.sparkLength - BubbleMotions.sparkDelay
    let head = length * Double(spark.frame + 1) / Double(steps - 1)
    for (back, size) in [3, 2, 2, 1].enumerated() {
      let along = min(1, max(0, head - Double(3 * back)) / length)
      drawDrop(
        x: Int((from.x + (endX - from.x) * along).rounded(.down)) - size / 2,
        y: Int((from.y + (endY - from.y) * along).rounded(.down)) - size / 2, size: size,
        depth: 500)
    }
  }
}

extension BubbleLayout.Shape {
  /// Whether a supervisor is drawn here.
  var isSupervisor: Bool {
    switch detail {
    case .threeLines, .name: false
    case .ring, .folded, .crowd: true
    }
  }
}
