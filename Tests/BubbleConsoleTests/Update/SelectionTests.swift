import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

/// One selection: what is looked for, followed, folded or clicked is what the keys act on.
@Suite struct SelectionTests {
  /// Whom `x` would kill.
  private func target(_ console: Console) -> String? {
    var console = console
    for case .preview(.process(let pid, .kill)) in console.press(.character("x")) {
      return console.model.tree.slot(of: pid).map { console.model.tree[$0].name }
    }
    return nil
  }

  @Test(arguments: ViewKind.allCases.filter { $0 != .lab }, [Key.enter, .escape])
  func `the first match of the filter is selected and stays`(view: ViewKind, end: Key) {
    var console = Console(view: view)
    console.select("acceptor")
    console.press(.character("/"))
    console.type("mail")
    console.press(end)
    #expect(console.model.selectedNode?.name == "mailer")
    #expect(target(console) == "mailer")
  }

  @Test func `a selection that is a match stays`() {
    var console = Console()
    console.select("c2")
    console.press(.character("/"))
    console.type("c")
    #expect(console.model.selectedNode?.name == "c2")
  }

  @Test func `the filter begins empty`() {
    var console = Console()
    console.press(.character("/"))
    console.type("mail")
    console.press(.enter, .character("/"))
    console.type("cron")
    console.press(.enter)
    #expect(console.model.filter.text == "cron")
    #expect(target(console) == "cron")
  }

  @Test(arguments: [("<", true), ("", true), ("<", false)])
  func `a PID is found by all of it or its number`(open: String, isClosed: Bool) {
    var console = Console()
    let pid = console.story.pid("mailer")
    let digits = pid.description.filter(\.isNumber)
    console.press(.character("/"))
    console.type(open + digits + (isClosed && !open.isEmpty ? ">" : ""))
    console.press(.enter)
    #expect(console.model.filter.matches.contains { console.model.tree[$0].name == "mailer" })
  }

  @Test func `a filter that finds nobody leaves nothing to act on`() {
    var console = Console()
    console.press(.character("/"))
    console.type("zzz")
    console.press(.enter)
    #expect(console.press(.character("x")) == [])
    #expect(console.model.notice == "nothing is selected")
  }

  @Test(arguments: ViewKind.allCases.filter { $0 != .lab })
  func `parentheses go from match to match and hide nobody`(view: ViewKind) {
    var console = Console(view: view)
    console.select("acceptor")
    console.press(.character("/"))
    console.type("sup")
    console.press(.escape)
    let all = console.model.names().filter { $0.contains("sup") }
    var found = [console.model.selection.map { console.model.tree[$0].name }]
    for _ in 1..<all.count {
      console.press(.character(")"))
      found.append(console.model.selection.map { console.model.tree[$0].name })
    }
    #expect(found == all)
    console.press(.character(")"))
    #expect(console.model.selection.map { console.model.tree[$0].name } == all.first)
    console.press(.character("("))
    #expect(console.model.selection.map { console.model.tree[$0].name } == all.last)
    #expect(!console.model.filter.isActive)
  }

  @Test func `parentheses before anything was looked for say so`() {
    var console = Console()
    console.press(.character(")"))
    #expect(console.model.notice == "nothing was looked for: / finds names, PIDs and numbers")
  }

  @Test func `who is folded away leaves the keys to the supervisor that is highlighted`() {
    var console = Console()
    console.select("c2")
    console.press(.character("c"))
    let highlighted = console.model.selectedNode?.name
    #expect(highlighted != "c2")
    #expect(target(console) == highlighted)
    console.press(.character("e"))
    #expect(target(console) == "c2")
  }

  @Test func `the log follows and still acts on the selection, which it names`() {
    var console = Console(view: .log, story: ViewsStory.afterKill)
    console.select("mailer")
    console.press(.character("G"))
    console.send(.cue(view: nil, selection: nil))
    console.tell { $0.kill("acceptor", in: "web_sup") }
    #expect(target(console) == console.model.selectedNode?.name)
  }

  @Test func `what is chosen by name is where the log goes`() {
    var console = Console(view: .log, story: ViewsStory.afterKill)
    console.press(.up, .up)
    console.run("select mailer")
    #expect(console.model.selectedNode?.name == "mailer")
    #expect(target(console) == "mailer")
  }

  @Test func `a number chooses the child that has it`() throws {
    var console = Console()
    #expect(console.run("select 99").isEmpty)
    #expect(console.model.notice == "there is no process '99'")
    let pid = console.story.pid("mailer")
    console.run("select \(pid.description.filter(\.isNumber))")
    #expect(console.model.selectedNode?.name == "mailer")
  }

  // MARK: - What a key says

  @Test(arguments: [
    (ViewKind.bubbles, "c", "c does nothing here; in tree, table and time: fold, unfold all"),
    (.bubbles, "o", "o does nothing here; in table: order of the rows"),
    (.table, "Q", "Q does nothing here"),
  ])
  func `a key of another view says what it does there`(
    view: ViewKind, key: Character, notice: String
  ) {
    var console = Console(view: view)
    console.press(.character(key))
    #expect(console.model.notice == notice)
  }

  @Test func `what is asked while time stands says how it goes on`() {
    var console = Console()
    console.select("acceptor")
    console.press(.character(" "))
    console.beginKill()
    #expect(console.model.notice == nil)
    console.press(.character("x"))
    #expect(console.model.notice == "paused: . steps, space plays")
  }

  @Test func `d shows a stop, and again does it`() {
    var console = Console()
    console.select("mailer")
    console.press(.character("d"))
    #expect(console.model.preview?.action == .stop)
    console.preview { $0.kill("mailer", in: "shop_sup") }
    let commands = console.press(.character("d"))
    #expect(commands.contains { if case .request = $0 { true } else { false } })
  }

  @Test func `d turns a kill that is shown into a stop`() {
    var console = Console()
    console.select("mailer")
    console.press(.character("x"), .character("d"))
    #expect(console.model.preview?.action == .stop)
    #expect(console.model.selectedNode?.name == "mailer")
  }

  @Test func `inspecting what the panel tells already says so`() {
    var console = Console(columns: 120, rows: 40, view: .bubbles)
    console.select("acceptor")
    console.press(.enter)
    #expect(console.model.notice == "the panel says all that is known of acceptor")
  }

  // MARK: - Paste, mouse and cursor

  @Test(arguments: ViewKind.allCases)
  func `what is pasted is no key`(view: ViewKind) {
    var console = Console(view: view)
    let before = console.model.tree.count(of: .running)
    #expect(console.send(.paste("exx\nq:q\r")) == [])
    #expect(console.model.overlay == nil && !console.model.isPreviewing)
    #expect(console.model.notice == "what is pasted does nothing here; / and : take it")
    #expect(console.model.tree.count(of: .running) == before)
  }

  @Test func `what is pasted into a line is one line of text`() {
    var console = Console()
    console.press(.character(":"))
    console.send(.paste(" select\n\tmailer\u{1B}\r\n"))
    #expect(console.row(-1).hasPrefix(" :select mailer"))
    console.press(.enter)
    #expect(console.model.selectedNode?.name == "mailer")
  }

  @Test func `the mouse can be left to the terminal`() {
    var console = Console()
    console.run("mouse off")
    #expect(!console.model.options.usesMouse)
    console.run("mouse")
    #expect(console.model.options.usesMouse)
    console.run("mouse maybe")
    #expect(console.model.notice == "mouse is on or off, not 'maybe'")
  }

  @Test(arguments: ViewKind.allCases.filter { $0 != .lab })
  func `the cursor stands at what is highlighted, and where text is typed`(view: ViewKind) throws {
    var console = Console(view: view)
    console.select("mailer")
    #expect(cursor(of: console.model, in: render(console.model)) == nil)
    console.run("cursor on")
    let grid = render(console.model)
    let place = try #require(cursor(of: console.model, in: grid))
    #expect(grid.rowText(place.row).contains("mailer"))
    console.press(.character("/"))
    console.type("m")
    let typed = render(console.model)
    let end = try #require(cursor(of: console.model, in: typed))
    #expect(typed.rowText(end.row).contains("/m"))
  }

  // MARK: - Help

  @Test(arguments: ViewKind.allCases)
  func `the help has three columns at 80 columns and tells every key that works`(view: ViewKind) {
    var console = Console(view: view)
    console.press(.character("?"))
    let lines = console.screen.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains("move") && $0.contains("act") && $0.contains("time") })
    let shown = lines.joined(separator: "\n")
    let rows = ActionTable.all.filter {
      $0.contexts.contains(.browse) && !$0.keys.isEmpty && $0.views?.contains(view) != false
        && !["help", "interrupt"].contains($0.id)
    }
    for row in rows {
      #expect(row.group != nil, "\(row.id) is not in the help")
      #expect(shown.contains(row.brief), "\(row.id)")
    }
    console.press(.end)
    let scrolled = console.screen
    console.press(.down)
    #expect(console.screen == scrolled)
    #expect(scrolled.contains("the supervisor that acts"))
  }
}
