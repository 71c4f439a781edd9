import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import BubbleTree
import Testing

/// The views in the states that matter, as whole screens.
@Suite struct ViewPictureTests {
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]
  static let views: [ViewKind] = [.bubbles, .tree, .table, .log]

  private func console(
    _ view: ViewKind, _ size: Size, story: ShopStory = ViewsStory.afterKill,
    glyphs: GlyphSet = .unicode
  ) -> Console {
    var console = Console(
      columns: size.columns, rows: size.rows, view: view, story: story,
      options: ConsoleOptions(glyphs: glyphs, motion: .none))
    console.send(
      .metrics(
        (1...14).map {
          ProcessMetrics(pid: PID($0), turns: Int($0) * 3, mailboxLength: $0 == 14 ? 240 : 0)
        }))
    return console
  }

  @Test(arguments: views, sizes)
  func `the shop after a kill`(view: ViewKind, size: Size) {
    var console = console(view, size)
    console.select("cache")
    expectSnapshot(of: render(console.model), named: "views-\(view.name)-\(size)")
  }

  @Test(arguments: views)
  func `the shop without Unicode`(view: ViewKind) {
    var console = console(view, Self.sizes[0], glyphs: .ascii)
    console.select("cache")
    let grid = render(console.model)
    expectSnapshot(of: grid, named: "views-\(view.name)-ascii")
    #expect(grid.text().unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test(arguments: views)
  func `every state is told`(view: ViewKind) {
    let console = console(view, Self.sizes[0], story: ViewsStory.everyState)
    expectSnapshot(of: render(console.model), named: "views-\(view.name)-states")
  }

  @Test(arguments: [ViewKind.bubbles, .tree, .table])
  func `a kill that is only shown`(view: ViewKind) {
    var console = console(view, Self.sizes[0])
    console.select("acceptor")
    console.press(.character("x"))
    console.preview { $0.kill("acceptor", in: "web_sup") }
    expectSnapshot(of: render(console.model), named: "views-\(view.name)-preview")
  }

  @Test(arguments: [ViewKind.tree, .table])
  func `a filter keeps the ancestors and dims them`(view: ViewKind) {
    var console = console(view, Self.sizes[0])
    console.press(.character("/"))
    console.type("c")
    expectSnapshot(of: render(console.model), named: "views-\(view.name)-filter")
  }

  @Test func `letters stand for names as on the slide`() {
    var console = console(.tree, Self.sizes[0], story: ViewsStory.slide)
    console.press(.character("a"))
    expectSnapshot(of: render(console.model), named: "views-tree-letters")
  }

  @Test func `a wide subtree is folded, and opened on request`() {
    var console = console(.tree, Self.sizes[0], story: ViewsStory.wide)
    console.select("m7")
    expectSnapshot(of: render(console.model), named: "views-tree-folded")
    console.press(.left, .enter)
    expectSnapshot(of: render(console.model), named: "views-tree-opened")
    console.press(.escape)
    #expect(console.screen.contains("●40"))
  }

  @Test func `the log folds what an event has caused`() {
    var console = console(.log, Self.sizes[0])
    console.press(.up, .up, .left)
    expectSnapshot(of: render(console.model), named: "views-log-folded")
    console.press(.right, .down, .down)
    #expect(console.screen.contains("why did cache start?"))
  }

  @Test func `the signs are explained by drawing them`() {
    for (glyphs, name) in [(GlyphSet.unicode, "unicode"), (.ascii, "ascii")] {
      var console = console(.tree, Self.sizes[1], glyphs: glyphs)
      console.press(.character("?"))
      expectSnapshot(of: render(console.model), named: "views-help-\(name)")
    }
  }
}
