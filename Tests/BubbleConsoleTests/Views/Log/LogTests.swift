import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

@Suite struct LogTests {
  /// Each row as its depth and the name it is about.
  private func outline(_ book: LogBook, _ tree: ProcessTree) -> [String] {
    book.rows.map { row in
      String(repeating: ".", count: Int(row.depth)) + (row.slot.map { tree[$0].name } ?? "-")
    }
  }

  @Test func `rows hang below what caused them`() {
    let story = ViewsStory.afterKill
    var told = Told()
    told.fold(story.events)
    let book = told.log
    #expect(
      outline(book, told.tree) == [
        "shop_sup", ".db_sup", ".web_sup", ".mailer", ".cron", "cache", ".cache", "..db_sup",
        "...pool", "...cache", "...pool",
      ])
    #expect(book.rows[7].note == .budget(used: 1, allowed: 3))
    #expect(book.rows[9].note == .life(2))
  }

  @Test func `what the ring has forgotten leaves the log`() {
    var limits = ProcessTree.Limits()
    limits.events = 16
    var tree = ProcessTree(limits: limits)
    var book = LogBook()
    let story = ViewsStory.afterKill
    for event in story.events {
      tree.fold(event)
      book.fold(event, in: tree)
    }
    #expect(book.droppedCount > 0)
    for (index, row) in book.rows.enumerated() {
      #expect(row.parent < Int32(index))
      #expect(row.lastChild < Int32(book.rows.count))
    }
  }

  @Test func `the cursor leaves the end and comes back to it`() {
    var console = Console(view: .log, story: ViewsStory.afterKill)
    #expect(console.model.log.isFollowing)
    console.press(.up)
    #expect(!console.model.log.isFollowing)
    #expect(console.model.selectedNode?.name == "pool")
    console.tell { $0.kill("acceptor", in: "web_sup") }
    #expect(console.model.selectedNode?.name == "pool")
    console.press(.character("G"))
    #expect(console.model.log.isFollowing)
  }

  @Test func `braces go to the other rows of a process`() {
    var console = Console(view: .log, story: ViewsStory.afterKill)
    let rows = [9, 6, 5].map { console.model.told.log.rows[$0].event }
    console.press(.character("{"))
    #expect(console.model.log.cursor == rows[1])
    console.press(.character("{"))
    #expect(console.model.log.cursor == rows[2])
    console.press(.character("}"), .character("}"))
    #expect(console.model.log.cursor == rows[0])
    console.press(.character("}"))
    #expect(console.model.notice != nil)
  }

  @Test func `messages are shown on request`() {
    var story = ViewsStory.afterKill
    story.tell(.message(.sent(from: nil, to: story.pid("cache"), text: "get k")))
    var console = Console(view: .log, story: story)
    let count = console.model.log.shown.count
    console.press(.character("v"))
    #expect(console.model.log.shown.count == count + 1)
    #expect(console.screen.contains("outside → cache <13>: get k"))
  }

  @Test func `a filter leaves the rows of what it finds`() {
    var console = Console(view: .log, story: ViewsStory.afterKill)
    console.press(.character("/"))
    console.type("pool")
    #expect(console.model.log.shown.count == 2)
  }

  @Test func `the causes are read backwards`() {
    var console = Console(view: .log, story: ViewsStory.afterKill)
    console.press(.up)
    let screen = console.screen.split(separator: "\n").map(String.init)
    let row = screen.firstIndex { $0.contains("why did pool stop?") }
    #expect(
      row.map { screen[$0 + 1] }
        == " pool stopped (shutdown) ← db_sup decided one_for_all ← cache exited (killed)")
    #expect(row.map { screen[$0 + 2] } == "   ← you pressed x")
  }
}
