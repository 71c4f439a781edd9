import BubbleCells
@testable import BubbleConsole
import BubbleTestSupport
import BubbleTree
import Testing

/// One bubble in the middle of a small canvas, in every state and every motion.
@Suite struct BubblesPictureTests {
  static let layout = BubbleLayout(
    BubbleForest([.worker("c1")]), columns: 13, rows: 6)

  private func picture(
    _ glyphs: GlyphSet = .unicode, _ change: (inout BubbleScene.Bubble) -> Void
  ) -> CellGrid {
    var bubble = BubbleScene.Bubble(state: .running)
    change(&bubble)
    let layout = Self.layout
    var grid = CellGrid(size: Size(columns: layout.columns, rows: layout.rows))
    BubblePainter.draw(
      BubbleScene(layout: layout, bubbles: [bubble]), at: Point(column: 0, row: 0),
      glyphs: glyphs, on: &grid)
    return grid
  }

  @Test(arguments: [GlyphSet.unicode, .ascii, GlyphSet(marks: .half, isASCII: false)])
  func `every state looks different without colour`(glyphs: GlyphSet) {
    var pictures = ProcessState.allCases.filter { $0 != .restarting }.map { state in
      picture(glyphs) { $0.state = state }.text()
    }
    pictures.append(picture(glyphs) { $0.isSelected = true }.text())
    pictures.append(picture(glyphs) { $0.mark = .target }.text())
    pictures.append(picture(glyphs) { $0.mark = .planned(order: 3) }.text())
    pictures.append(picture(glyphs) { $0.mailboxLength = 9 }.text())
    #expect(Set(pictures).count == pictures.count)
  }

  @Test func `a supervisor that acts has a thick ring`() {
    #expect(
      BubbleLook(BubbleScene.Bubble(state: .restarting), isSupervisor: true, depth: 0).isThick)
  }

  @Test(arguments: [
    (ProcessState.running, DashPattern.solid, Sign?.none), (.starting, .dotted, .starting),
    (.stopping, .dashed, .stopping), (.stopped, .sparse, .stopped), (.crashed, .sparse, .crashed),
    (.restarting, .solid, nil), (.gaveUp, .cracked, .gaveUp), (.suspended, .slits, .suspended),
  ])
  func `a state is told by its ring and its sign`(
    state: ProcessState, dash: DashPattern, sign: Sign?
  ) {
    let look = BubbleLook(BubbleScene.Bubble(state: state), isSupervisor: false, depth: 1)
    #expect(look.dash == dash)
    #expect(look.sign == sign)
  }

  @Test(arguments: [
    ("pop", BubbleMotion.pop(frame: 0), ProcessState.crashed),
    ("stop", .stop(frame: 0), .stopped), ("blow", .blow(frame: 0), .starting),
    ("land", .land(frame: 0), .running),
  ])
  func `a motion is drawn frame by frame until the bubble rests`(
    name: String, motion: BubbleMotion, state: ProcessState
  ) {
    let frames = (0...motion.length).map { frame in
      picture {
        $0.state = state
        $0.motion = motion.after(frame)
      }
    }
    #expect(frames.last == picture { $0.state = state })
    var film = CellGrid(size: Size(columns: 13 * frames.count, rows: 6))
    for (index, frame) in frames.enumerated() {
      film.lay(frame, at: Point(column: 13 * index, row: 0))
    }
    expectSnapshot(of: film, named: "bubbles-\(name)")
  }

  @Test func `a mailbox fills the bubble from below`() {
    let levels = [0, 1, 10, 100, 1000, 100_000].map { waiting in
      let grid = picture { $0.mailboxLength = waiting }
      return (0..<6).reduce(0) { sum, row in
        sum + (0..<13).count { grid[$0, row].role == .liquid }
      }
    }
    #expect(levels[0] == 0)
    #expect(levels == levels.sorted())
    #expect(levels[5] > levels[2])
  }

  @Test func `names of foreign scripts and control characters stay in their cells`() {
    let forest = BubbleForest([
      .supervisor("上司", [.worker("ふじさん"), .worker("a\u{1B}[31mred"), .worker("e\u{301}te\u{301}")])
    ])
    let layout = BubbleLayout(forest, columns: 40, rows: 12)
    var grid = CellGrid(size: Size(columns: 40, rows: 12))
    let bubbles = layout.shapes.map { _ in BubbleScene.Bubble(state: .running) }
    BubblePainter.draw(
      BubbleScene(layout: layout, bubbles: bubbles), at: Point(column: 0, row: 0),
      glyphs: .unicode, on: &grid)
    let text = grid.text()
    #expect(text.contains("ふじさん"))
    #expect(text.contains("上司"))
    #expect(!text.contains("\u{1B}"))
  }
}
