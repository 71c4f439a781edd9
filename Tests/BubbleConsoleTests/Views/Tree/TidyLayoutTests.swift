import BubbleConsole
import BubbleTestSupport
import Testing

@Suite struct TidyLayoutTests {
  static let spacings = [
    TidyLayout.Spacing(gap: 2, interlocks: false), TidyLayout.Spacing(gap: 2, interlocks: true),
    TidyLayout.Spacing(gap: 1, interlocks: true),
  ]

  @Test(arguments: spacings, Array<UInt64>(1...40))
  func `boxes never touch and keep their order`(spacing: TidyLayout.Spacing, seed: UInt64) {
    let forest = randomForest(seed: seed)
    let layout = TidyLayout(forest, spacing: spacing)
    var ends: [Int] = []
    for index in inOrder(forest) {
      let depth = layout.depths[index]
      while ends.count <= depth { ends.append(-spacing.gap - 1) }
      #expect(layout.columns[index] > ends[depth] + spacing.gap, "SEED \(seed)")
      ends[depth] = layout.columns[index] + forest.boxes[index].width - 1
    }
  }

  @Test(arguments: spacings, Array<UInt64>(1...40))
  func `a parent stands above the middle of its children`(
    spacing: TidyLayout.Spacing, seed: UInt64
  ) {
    let forest = randomForest(seed: seed)
    let layout = TidyLayout(forest, spacing: spacing)
    for (index, box) in forest.boxes.enumerated() {
      guard let first = box.children.first, let last = box.children.last else { continue }
      let middles = [first, last, index].map {
        layout.columns[$0] + TidyLayout.middle(ofWidth: forest.boxes[$0].width)
      }
      #expect([0, 1].contains(middles[2] * 2 - middles[0] - middles[1]), "SEED \(seed)")
    }
  }

  @Test(arguments: spacings, Array<UInt64>(1...40))
  func `the picture is as wide as it says`(spacing: TidyLayout.Spacing, seed: UInt64) {
    let forest = randomForest(seed: seed)
    let layout = TidyLayout(forest, spacing: spacing)
    let ends = forest.boxes.indices.map { layout.columns[$0] + forest.boxes[$0].width }
    #expect(layout.columns.min() == 0)
    #expect(ends.max() == layout.width)
    #expect((layout.depths.max() ?? -1) + 1 == layout.levels)
  }

  @Test func `interlocked subtrees take less room`() {
    // A leaf beside a parent of three: the leaf's column is free below.
    let forest = TidyForest(
      boxes: [
        .init(width: 5, children: [1, 2]), .init(width: 5), .init(width: 5, children: [3, 4, 5]),
        .init(width: 5), .init(width: 5), .init(width: 5),
      ], roots: [0])
    #expect(TidyLayout(forest, spacing: Self.spacings[0]).width == 26)
    #expect(TidyLayout(forest, spacing: Self.spacings[1]).width == 19)
  }

  @Test func `small subtrees are spread between large ones`() {
    let large = [TidyForest.Box(width: 5), .init(width: 5), .init(width: 5)]
    let forest = TidyForest(
      boxes: [
        .init(width: 5, children: [1, 2, 3]), .init(width: 5, children: [4, 5, 6]),
        .init(width: 5), .init(width: 5, children: [7, 8, 9]),
      ] + large + large, roots: [0])
    let layout = TidyLayout(forest, spacing: Self.spacings[1])
    #expect(layout.columns[2] - layout.columns[1] == layout.columns[3] - layout.columns[2] - 1)
  }

  @Test func `no boxes take no room`() {
    let layout = TidyLayout(TidyForest(boxes: [], roots: []), spacing: Self.spacings[1])
    #expect(layout.width == 0)
    #expect(layout.levels == 0)
  }

  private func inOrder(_ forest: TidyForest) -> [Int] {
    var result: [Int] = []
    var next = Array(forest.roots.reversed())
    while let index = next.popLast() {
      result.append(index)
      next += forest.boxes[index].children.reversed()
    }
    return result
  }

  private func randomForest(seed: UInt64) -> TidyForest {
    var generator = SplitMix64(seed: seed)
    var boxes: [TidyForest.Box] = []
    var roots: [Int] = []
    for index in 0..<Int.random(in: 1...60, using: &generator) {
      boxes.append(.init(width: Int.random(in: 5...18, using: &generator)))
      if index == 0 || Int.random(in: 0..<30, using: &generator) == 0 {
        roots.append(index)
      } else {
        let parent = Int.random(in: max(0, index - 12)..<index, using: &generator)
        boxes[parent].children.append(index)
      }
    }
    return TidyForest(boxes: boxes, roots: roots)
  }
}
