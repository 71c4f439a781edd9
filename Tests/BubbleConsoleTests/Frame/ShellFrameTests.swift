import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import BubbleTree
import Testing

/// Whole screens of the shop, kept as pictures, with what surrounds the view.
@Suite struct ShellFrameTests {
  @Test(arguments: [(80, 24), (120, 40), (60, 16), (40, 12)])
  func `the shell at rest`(columns: Int, rows: Int) {
    var console = Console(columns: columns, rows: rows, view: .bubbles)
    console.select("cache")
    expectSnapshot(of: console.shell, named: "shell-rest-\(columns)x\(rows)")
  }

  @Test(arguments: [(39, 11), (20, 5), (3, 1)])
  func `a screen that is too small says so`(columns: Int, rows: Int) {
    let console = Console(columns: columns, rows: rows)
    expectSnapshot(of: render(console.model), named: "shell-small-\(columns)x\(rows)")
  }

  @Test func `help names the keys of the table`() {
    let console = Console(in: .help, view: .bubbles)
    expectSnapshot(of: console.shell, named: "shell-help-80x24")
  }

  @Test func `the end of the machine is told`() {
    var console = Console(view: .bubbles)
    console.tell { story in
      story.wait(milliseconds: 41_200)
      story.endAll()
    }
    expectSnapshot(of: render(console.model), named: "shell-ended-80x24")
  }
}

extension Console {
  /// The screen without what the view draws, which has pictures of its own.
  var shell: CellGrid {
    var grid = render(model)
    guard model.overlay.isHelp == false else { return grid }
    grid.clear(Regions(model).body)
    return grid
  }
}

extension Overlay? {
  var isHelp: Bool {
    if case .help = self { return true }
    return false
  }
}
