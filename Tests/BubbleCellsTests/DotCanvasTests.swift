import BubbleCells
import BubbleTestSupport
import Testing

@Suite struct DotCanvasTests {
  func drawn(_ canvas: DotCanvas, _ marks: Marks = .braille) -> CellGrid {
    var grid = CellGrid(size: Size(columns: canvas.columns, rows: canvas.rows))
    canvas.draw(on: &grid, at: Point(column: 0, row: 0), marks: marks)
    return grid
  }

  @Test func `each dot has its place in braille`() {
    var text = ""
    for (x, y) in [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)] {
      var canvas = DotCanvas(columns: 1, rows: 1)
      canvas.set(x, y, .workerRing)
      text += drawn(canvas).text()
    }
    #expect(text == "⠁⠂⠄⡀⠈⠐⠠⢀")
  }

  @Test func `a cell without dots is left as it is and never a blank braille cell`() {
    let grid = drawn(DotCanvas(columns: 3, rows: 2))
    #expect(grid == CellGrid(size: Size(columns: 3, rows: 2)))
  }

  @Test(arguments: [
    ([Role.workerRing, .selectionRing], Role.selectionRing), ([.target, .stopping], .target),
    ([.planned, .workerRing], .planned), ([.ghost, .workerRing], .workerRing),
    ([.liquid, .ghost], .ghost), ([.supervisorRingEven, .liquid], .liquid),
    ([.fragment, .supervisorRingOdd], .supervisorRingOdd), ([.workerRing, .glint], .workerRing),
  ])
  func `where dots meet the higher role gives the colour`(roles: [Role], winner: Role) {
    for order in [roles, roles.reversed()] where winner != .workerRing || order == roles {
      var canvas = DotCanvas(columns: 1, rows: 1)
      for (x, role) in order.enumerated() { canvas.set(x, 0, role) }
      #expect(canvas.role(column: 0, row: 0) == winner)
    }
  }

  @Test func `an inner ring wins over an outer one`() {
    for depths in [[1, 2], [2, 1]] {
      var canvas = DotCanvas(columns: 1, rows: 1)
      for depth in depths { canvas.set(depth % 2, 0, .supervisorRing(depth: depth), depth: depth) }
      #expect(canvas.role(column: 0, row: 0) == .supervisorRingEven)
    }
  }

  @Test func `dots leave text alone, and its blanks`() {
    var canvas = DotCanvas(columns: 6, rows: 1)
    for x in 0..<12 { canvas.set(x, 1, .workerRing) }
    var grid = CellGrid(size: Size(columns: 6, rows: 1))
    grid.put(" c作", at: Point(column: 1, row: 0), role: .processName)
    var over = grid
    canvas.draw(on: &grid, at: Point(column: 0, row: 0), marks: .braille)
    #expect(grid.text() == "⠒ c作⠒")
    canvas.draw(on: &over, at: Point(column: 0, row: 0), marks: .braille, keepingText: false)
    #expect(over.text() == "⠒⠒⠒⠒⠒⠒")
  }

  @Test func `dots outside are cut off`() {
    var canvas = DotCanvas(columns: 1, rows: 1)
    for (x, y) in [(-1, 0), (0, -1), (2, 0), (0, 4)] { canvas.set(x, y, .workerRing) }
    #expect(canvas == DotCanvas(columns: 1, rows: 1))
  }

  /// A picture of everything the canvas draws.
  func shapes() -> DotCanvas {
    var canvas = DotCanvas(columns: 48, rows: 11)
    func ring(_ x: Double, _ y: Double) -> SuperellipseRing {
      SuperellipseRing(centreX: x, centreY: y, halfWidth: 10, halfHeight: 8.5, exponent: 2.1)
    }
    canvas.stroke(
      SuperellipseRing(
        centreX: 47.5, centreY: 21.5, halfWidth: 47.4, halfHeight: 21.4, exponent: 3.6),
      .supervisorRingEven)
    canvas.stroke(ring(16.5, 13.5), .selectionRing, depth: 1, isThick: true)
    canvas.stroke(ring(42.5, 13.5), .workerRing, depth: 1)
    canvas.fill(ring(42.5, 13.5), from: 15, .liquid, depth: 1)
    let dashes: [(DashPattern, Role)] = [
      (.dotted, .starting), (.dashed, .stopping), (.sparse, .ghost),
    ]
    for (index, (dash, role)) in dashes.enumerated() {
      canvas.stroke(ring(24.5 + 24 * Double(index), 31.5), role, depth: 1, dash: dash)
    }
    return canvas
  }

  @Test(arguments: Marks.allCases)
  func `rings, liquid and dashes`(marks: Marks) {
    expectSnapshot(of: drawn(shapes(), marks), named: "shapes-\(marks.rawValue)")
  }

  @Test func `a phase moves the dashes along and a redraw does not`() {
    let shown = (0..<16).map { DashPattern.dashed.shows($0, of: 16) ? "o" : "." }.joined()
    #expect(shown == "ooooo...ooooo...")
    #expect(
      (0..<16).map { DashPattern.dashed.shows($0, of: 16, phase: 1) ? "o" : "." }.joined()
        == ".ooooo...ooooo..")
    #expect(
      (0..<8).map { DashPattern.dashed.shows($0, of: 8, phase: -1) ? "o" : "." }.joined()
        == "oooo...o")
    #expect(shapes() == shapes())
  }
}
