import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleText
import BubbleTree
import Testing

/// One message at a time: the model before, the message, the model after, the commands.
@Suite struct MessageTests {
  @Test func `the first worker is selected, observed and looked into at the start`() {
    let story = ShopStory.started
    var model = ConsoleModel(scenario: "shop", size: Size(columns: 80, rows: 24))
    let commands = update(&model, .events(story.events))
    #expect(model.selectedNode?.name == "cache")
    #expect(commands.contains(.inspect(story.pid("cache"))))
    #expect(
      commands.contains { command in
        if case .observe(let pids) = command { return pids.contains(story.pid("cache")) }
        return false
      })
  }

  @Test func `the selection follows a child through its restart`() {
    var console = Console()
    console.select("acceptor")
    let slot = console.model.selection
    let before = console.story.pid("acceptor")
    console.tell { $0.kill("acceptor", in: "web_sup") }
    #expect(console.model.selection == slot)
    #expect(console.model.selectedNode?.pid == console.story.pid("acceptor"))
    #expect(console.story.pid("acceptor") != before)
  }

  @Test func `a selection whose slot is forgotten goes to its supervisor`() {
    var console = Console()
    console.select("cron")
    console.tell { story in
      let supervisor = story.pid("shop_sup")
      story.tell(.process(story.pid("cron"), .exited(.normal)))
      story.tell(.supervisor(supervisor, .childForgotten(.named("cron"))))
    }
    #expect(console.model.selectedNode?.name == "shop_sup")
  }

  @Test func `an answer about another process is dropped`() {
    var console = Console()
    console.select("cache")
    console.send(.inspected(.sample(pid: console.story.pid("pool"))))
    #expect(console.model.inspection == nil)
    console.send(.inspected(.sample(pid: console.story.pid("cache"))))
    #expect(console.model.inspection?.pid == console.story.pid("cache"))
    console.send(.inspected(nil))
    #expect(console.model.inspection?.pid == console.story.pid("cache"))
  }

  @Test func `fresh numbers make the panel look again`() {
    var console = Console()
    console.select("cache")
    let pid = console.story.pid("cache")
    let commands = console.send(
      .metrics([ProcessMetrics(pid: pid, turns: 4, mailboxLength: 2)]))
    #expect(commands == [.inspect(pid)])
    #expect(console.model.metrics[pid]?.mailboxLength == 2)
  }

  @Test func `the clock never goes back`() {
    var console = Console()
    console.send(.clock(RuntimeInstant(nanoseconds: 5_000)))
    console.send(.clock(RuntimeInstant(nanoseconds: 4_000)))
    #expect(console.model.now == RuntimeInstant(nanoseconds: 5_000))
  }

  @Test func `a notice stays until the next key`() {
    var console = Console()
    console.send(.notice("saved shop.svg"))
    #expect(console.screen.contains("saved shop.svg"))
    console.press(.down)
    #expect(!console.screen.contains("saved shop.svg"))
  }

  @Test(arguments: KeyContext.allCases)
  func `a notice passes by itself, a long one later`(context: KeyContext) {
    var console = Console(in: context, view: .table)
    let long = String(repeating: "a sentence that takes its time to be read ", count: 4)
    for (text, seconds) in [("saved shop.svg", 3), (long, 10)] {
      console.send(.notice(text))
      console.send(.passed(.seconds(seconds)))
      #expect(console.model.notice == text)
      console.send(.passed(.seconds(2)))
      #expect(console.model.notice == nil)
    }
  }

  @Test func `frames are counted and want nothing done`() {
    var console = Console()
    #expect(console.send(.frame) == [])
    #expect(console.model.frame == 1)
  }

  @Test func `a resize is taken in at once`() {
    var console = Console()
    console.send(.resize(Size(columns: 120, rows: 40)))
    #expect(console.model.size == Size(columns: 120, rows: 40))
  }

  @Test func `a click on a tab changes the view`() throws {
    var console = Console()
    let tail = try #require(console.row(0).firstRange(of: "table"))
    let column = console.row(0)[..<tail.lowerBound].count
    console.send(.mouse(MouseEvent(.press(.left), at: Point(column: column, row: 0))))
    #expect(console.model.view == .table)
  }

  @Test(arguments: [999, 19_600, 1_234_567, 123_456_789], [(80, 24), (120, 40), (72, 12)])
  func `the panel shows the numbers of a mailbox whole`(
    count: Int, size: (columns: Int, rows: Int)
  ) {
    var console = Console(columns: size.columns, rows: size.rows, view: .table)
    console.select("cache")
    console.press(.enter)
    var inspection = ProcessInspection.sample(pid: console.story.pid("cache"))
    inspection.mailboxLength = count
    inspection.mailboxMaximum = count + 1
    console.send(.inspected(inspection))
    #expect(console.screen.contains(grouped(count)), "\(console.screen)")
    #expect(!console.screen.contains(",…"))
    if size.rows > 12 { #expect(console.screen.contains("max \(grouped(count + 1))")) }
  }

  @Test func `what has failed stays on the screen, in whatever it shows`() {
    for context in KeyContext.allCases where ![.command, .small].contains(context) {
      var console = Console(in: context, view: .table)
      console.send(.trouble("the recording is not whole: cannot write on to r.jsonl"))
      #expect(console.row(-1).contains("! not recorded"), "\(context): \(console.screen)")
    }
    var console = Console()
    console.send(.trouble("the film is not whole"))
    #expect(console.screen.contains("! the film is not whole"))
    console.send(.notice("something else"))
    #expect(!console.screen.contains("! the film is not whole"))
    console.press(.down)
    #expect(console.screen.contains("! the film is not whole"))
  }
}

extension ProcessInspection {
  /// A process about which everything is known.
  static func sample(pid: PID) -> ProcessInspection {
    ProcessInspection(
      pid: pid, name: "cache", behaviour: "gen_server Cache", parent: PID(2), trapsExits: false,
      isSuspended: false, waitingFor: nil, links: [PID(2)], monitors: [],
      monitoredBy: [PID(4)], mailboxLength: 2, mailboxMaximum: 3,
      mailbox: ["{get,1}", "{get,2}"], turns: 214, lastMessage: "get k:9",
      state: [Field(name: "hits", value: "12"), Field(name: "size", value: "40")])
  }
}
