import BubbleCells
@testable import BubbleConsole
import Testing

@Suite struct PackingTests {
  @Test func `a tree that is too deep for the canvas costs no more tries than one that is not`() {
    let (deep, deeper) = (BubbleForest.chain(of: 30), BubbleForest.chain(of: 250))
    for (columns, rows) in [(80, 20), (120, 36)] {
      let one = BubblePacker(forest: deep, columns: columns, rows: rows)
      let other = BubblePacker(forest: deeper, columns: columns, rows: rows)
      #expect(one.contents.count { $0 == .ring } == other.contents.count { $0 == .ring })
      let shapes = BubbleLayout(deeper, columns: columns, rows: rows).shapes
      #expect(shapes.count == BubbleLayout(deep, columns: columns, rows: rows).shapes.count)
    }
  }

  /// Forests of every kind, each on canvases of several sizes.
  static let forests: [Case] = [
    Case("shop", .shop), Case("letters", .letters), Case("chain", .chain(of: 10)),
    Case("flat 20", .flat(20)), Case("flat 50", .flat(50)),
    Case("one worker", BubbleForest([.worker("solo")])),
    Case("one supervisor", BubbleForest([.supervisor("only_sup", [])])),
    Case(
      "three roots",
      BubbleForest([
        .supervisor("a_sup", [.worker("x"), .worker("y")]), .supervisor("b_sup", [.worker("z")]),
        .worker("loose"),
      ])),
    Case(
      "swarm",
      BubbleForest([
        .supervisor(
          "swarm_sup",
          [.dynamic("workers", taken: 100_000), .worker("router"), .worker("stats")])
      ])),
    Case(
      "long names",
      BubbleForest([
        .supervisor(
          "a_supervisor_with_a_very_long_name",
          [.worker("a_worker_with_a_very_long_name"), .worker("ふじさん・さくら・すし"), .worker("b")])
      ])),
  ]

  /// A forest with a name to find it by in a report.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var forest: BubbleForest

    init(_ name: String, _ forest: BubbleForest) {
      testDescription = name
      self.forest = forest
    }
  }

  @Test(arguments: forests, [(51, 20), (40, 9), (82, 30)])
  func `bubbles stay apart and inside their rings`(
    sample: Case, size: (columns: Int, rows: Int)
  ) {
    let layout = BubbleLayout(sample.forest, columns: size.columns, rows: size.rows)
    expectSound(layout)
    #expect(!layout.shapes.isEmpty)
  }

  @Test(arguments: 1...12)
  func `bubbles of a random tree stay apart`(seed: Int) {
    expectSound(BubbleLayout(.random(seed: UInt64(seed)), columns: 51, rows: 20))
  }

  @Test func `the shop tree shows all twelve names whole at 80 by 24`() {
    let layout = BubbleLayout(.shop, columns: 51, rows: 20)
    #expect(layout.shapes.count == 12)
    for shape in layout.shapes {
      let cells = displayWidth(shape.name)
      switch shape.detail {
      case .name, .threeLines: #expect(shape.a > Double(cells) + 1)
      case .ring: #expect(shape.a > Double(cells + BubblePacker.budgetCells))
      case .folded, .crowd: Issue.record("\(shape) is not shown whole")
      }
    }
  }

  @Test func `names sit in whole cells`() {
    let layout = BubbleLayout(.shop, columns: 51, rows: 20)
    for shape in layout.shapes where !shape.isSupervisor {
      #expect(shape.y.truncatingRemainder(dividingBy: 4) == 2)
      let cells = displayWidth(shape.name)
      #expect(Int(shape.x) % 2 == cells % 2)
    }
  }

  @Test func `children read in start order`() {
    let layout = BubbleLayout(.shop, columns: 51, rows: 20)
    let tops = layout.shapes.filter { $0.parent == 0 }
    for (first, second) in zip(tops, tops.dropFirst()) {
      #expect(second.x > first.x || second.y - second.b >= first.y)
    }
  }

  @Test func `the same slots on the same canvas give the same layout`() {
    let first = BubbleLayout(.shop, columns: 60, rows: 20)
    let second = BubbleLayout(.shop, columns: 60, rows: 20)
    #expect(first == second)
  }

  @Test func `a tree that does not fit is folded from the inside`() {
    let layout = BubbleLayout(.shop, columns: 40, rows: 9)
    let folded = layout.shapes.filter { $0.detail == .folded }.map(\.name)
    #expect(folded == ["db_sup", "web_sup"])
  }

  @Test(arguments: [(0, 3), (3, 3), (4, 7), (19, 19), (20, 37), (61, 61), (62, 91), (91, 91)])
  func `room for dynamic children grows in steps`(count: Int, capacity: Int) {
    #expect(BubbleForest.capacity(for: count) == capacity)
  }

  @Test func `the innermost bubble is under the pointer`() throws {
    let layout = BubbleLayout(.shop, columns: 51, rows: 20)
    for index in layout.shapes.indices where !layout.shapes[index].isSupervisor {
      let shape = layout.shapes[index]
      #expect(layout.index(atX: shape.x, y: shape.y) == index)
    }
    #expect(layout.index(atX: 0, y: 0) == nil)
  }

  @Test func `a glide begins where the bubbles were and ends where they are`() {
    let from = BubbleLayout(.shop, columns: 51, rows: 20)
    let to = BubbleLayout(.shop, columns: 82, rows: 30)
    #expect(to.gliding(from: from, progress: 1).shapes == to.shapes)
    let start = to.gliding(from: from, progress: 0)
    #expect(start.shapes.map(\.x) == from.shapes.map(\.x))
  }

  /// No two siblings touch, and no child leaves its ring.
  private func expectSound(_ layout: BubbleLayout) {
    let outlines = layout.shapes.map { BubbleOutline(a: $0.a, b: $0.b, exponent: $0.exponent) }
    for (index, shape) in layout.shapes.enumerated() {
      for other in 0..<index where layout.shapes[other].parent == shape.parent {
        let gap = gap(layout.shapes[other], outlines[other], shape, outlines[index])
        #expect(gap >= BubblePacker.leastGap, "\(layout.shapes[other]) and \(shape)")
      }
      guard let parent = shape.parent else { continue }
      let around = layout.shapes[parent]
      for (direction, unit) in BubbleOutline.directions.enumerated() {
        let reach =
          abs(shape.x - around.x) * unit.x + abs(shape.y - around.y) * unit.y
          + outlines[index].reach[direction]
        #expect(reach < outlines[parent].reach[direction], "\(shape) in \(around)")
      }
    }
  }

  private func gap(
    _ first: BubbleLayout.Shape, _ firstOutline: BubbleOutline, _ second: BubbleLayout.Shape,
    _ secondOutline: BubbleOutline
  ) -> Double {
    BubbleOutline.directions.enumerated().map { direction, unit in
      abs(first.x - second.x) * unit.x + abs(first.y - second.y) * unit.y
        - firstOutline.reach[direction] - secondOutline.reach[direction]
    }.max() ?? 0
  }
}
