import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

@Suite struct TableTests {
  /// The names in the rows of the table, top down.
  private func names(_ console: Console) -> [String] {
    console.model.table.index.rows.map { console.model.tree[$0.slot].name }
  }

  @Test(arguments: [
    ("", "shop_sup db_sup cache pool web_sup acceptor conn_sup c1 c2 c3 mailer cron"),
    ("c", "shop_sup db_sup cache web_sup acceptor conn_sup c1 c2 c3 cron"),
    ("C1", "shop_sup web_sup conn_sup c1"),
    ("_sup", "shop_sup db_sup web_sup conn_sup"),
    ("pool", "shop_sup db_sup pool"),
    ("nobody", ""),
  ])
  func `a filter keeps what it finds and the way there`(text: String, rows: String) {
    var console = Console(view: .table, story: ViewsStory.afterKill)
    console.press(.character("/"))
    console.type(text)
    #expect(names(console).joined(separator: " ") == rows)
  }

  @Test(arguments: [
    ("c", 1, "acceptor", 1..<2), ("CC", 1, "acceptor", 1..<3), ("r", 1, "acceptor", 7..<8),
    ("x", 0, "acceptor", 0..<0), ("名", 1, "a名b", 1..<3),
  ])
  func `the cells that match are found`(
    text: String, count: Int, name: String, cells: Range<Int>
  ) {
    var filter = Filter()
    filter.text = text
    #expect(filter.cells(in: name) == (count == 0 ? nil : cells))
  }

  @Test(arguments: [
    (TableOrder.name, "acceptor c1 c2 c3 cache"),
    (.pid, "shop_sup db_sup web_sup acceptor conn_sup"),
    (.restarts, "cache pool shop_sup db_sup web_sup"),
    (.uptime, "shop_sup db_sup web_sup mailer cron"),
    (.mailbox, "mailer cache shop_sup db_sup web_sup"),
  ])
  func `rows are sorted by a column`(order: TableOrder, first: String) {
    var console = Console(view: .table, story: ViewsStory.afterKill)
    console.run("order \(order.rawValue)")
    let cache = console.story.pid("cache")
    let mailer = console.story.pid("mailer")
    console.send(
      .metrics([
        ProcessMetrics(pid: cache, turns: 9, mailboxLength: 2),
        ProcessMetrics(pid: mailer, turns: 1, mailboxLength: 7),
      ]))
    #expect(names(console).prefix(5).joined(separator: " ") == first)
    #expect(names(console).count == 12)
  }

  @Test func `numbers at the end of names are sorted as numbers`() {
    var console = Console(view: .table, story: ViewsStory.wide)
    console.run("order name")
    #expect(names(console).filter { $0.hasPrefix("m1") }.prefix(3) == ["m1", "m10", "m11"])
    #expect(names(console).filter { $0.hasPrefix("m") && $0.count == 2 }.last == "m9")
  }

  @Test func `left folds and right unfolds`() {
    var console = Console(view: .table, story: ViewsStory.afterKill)
    console.select("web_sup")
    console.press(.left)
    #expect(!names(console).contains("acceptor"))
    #expect(console.screen.contains("▸ web_sup"))
    console.press(.right, .right)
    #expect(console.model.selectedNode?.name == "acceptor")
    console.press(.left)
    #expect(console.model.selectedNode?.name == "web_sup")
  }

  @Test func `ends and pages stay inside the table`() {
    var console = Console(view: .table, story: ViewsStory.wide)
    console.press(.character("g"))
    #expect(console.model.selectedNode?.name == "top_sup")
    console.press(.up, .pageUp)
    #expect(console.model.selectedNode?.name == "top_sup")
    console.press(.pageDown)
    #expect(console.model.selectedNode?.name == "m17")
    console.press(.character("G"), .down, .pageDown)
    #expect(console.model.selectedNode?.name == "other")
  }

  @Test func `a click selects the row under it`() {
    var console = Console(view: .table, story: ViewsStory.afterKill)
    console.send(.mouse(MouseEvent(.press(.left), at: Point(column: 10, row: 5))))
    #expect(console.model.selectedNode?.name == "pool")
  }

  @Test func `the least wide screens keep the names`() {
    for columns in [40, 50, 60, 70, 80, 100, 160] {
      let console = Console(columns: columns, rows: 20, view: .table, story: ViewsStory.afterKill)
      #expect(console.screen.contains("acceptor"), "\(columns) columns")
    }
  }

  @Test func `a place that a dynamic child left has no row`() throws {
    let events = ViewsStory.swarm(3)
    var model = ConsoleModel(scenario: "swarm", size: Size(columns: 80, rows: 24), view: .table)
    _ = update(&model, .events(events))
    #expect(model.table.index.rows.count == 5)
    let child = try #require(
      events.lazy.compactMap { event -> (supervisor: PID, pid: PID)? in
        guard case .child(let supervisor, .dynamic(1), .started(let pid)) = event.kind else {
          return nil
        }
        return (supervisor, pid)
      }.first)
    let kinds: [Event.Kind] = [
      .process(child.pid, .exited(.shutdown)),
      .supervisor(child.supervisor, .childForgotten(.dynamic(1))),
    ]
    let last = Event.ID(events.count)
    _ = update(
      &model,
      .events(
        kinds.enumerated().map { offset, kind in
          Event(id: last + 1 + Event.ID(offset), instant: .zero, cause: nil, kind: kind)
        }))
    #expect(model.table.index.rows.count == 4)
  }
}
