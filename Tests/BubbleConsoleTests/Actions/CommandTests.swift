import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

/// The command line.
@Suite struct CommandTests {
  @Test(arguments: [
    ("pause", []), ("step", [ConsoleCommand.step]), ("quit", [.quit]), ("view table", []),
    ("filter c1", []),
    ("mark", []), ("theme contrast", []), ("motion reduced", []), ("follow", []),
    ("  pause  ", []), ("", []),
  ])
  func `a command does the same as its key`(line: String, expected: [ConsoleCommand]) {
    var console = Console()
    let commands = console.run(line).filter { command in
      if case .observe = command { return false }
      if case .inspect = command { return false }
      return true
    }
    #expect(commands == expected)
    #expect(console.model.overlay == nil)
  }

  @Test(arguments: [
    ("nonsense", "there is no command 'nonsense'; tab after : shows them all"),
    ("pause now", "'pause' takes nothing behind it, not 'now'"),
    ("speed fast", "'fast' is not a speed: write 1/64 to 16, such as 1/4 or 2"),
    ("speed 1/0", "'1/0' is not a speed: write 1/64 to 16, such as 1/4 or 2"),
    ("speed nan", "'nan' is not a speed: write 1/64 to 16, such as 1/4 or 2"),
    ("beat soon", "'soon' is not a beat: write 300ms or 1s, 0 for none"),
    (
      "chaos often",
      "'often' is not a rate: write a rate such as 12/min or '6/h together', or seed=7, "
        + "target=cache, reason=badarg, slow=10%, fail=10%, refuse=10%, supervisors"
    ),
    ("chaos seed=x", "'x' is not a seed: write a whole number"),
    ("chaos reason=kill:0", "'kill:0' is not a reason: write kill, badarg or kill:3"),
    ("chaos target=a//b", "'a//b' is not a target: write an id, or ids between slashes"),
    ("chaos slow=2", "'2' is not a chance: write 10% or 0.1"), ("chaos off", "there is no chaos"),
    ("beat 99s", "a beat lasts 10 s at most"),
    ("view lap", "there is no view 'lap': bubbles, tree, table, time, lab, log"),
    ("theme pink", "there is no theme 'pink': dark, light, contrast, mono"),
    ("select nobody", "there is no process 'nobody'"),
    ("select <99>", "there is no process <99>"),
    ("select c", "'c' begins the names of 6 processes"),
    ("kill nobody", "there is no process 'nobody'"),
    ("strategy best", "there is no strategy 'best': one_for_one, rest_for_one, one_for_all"),
    (
      "intensity many",
      "'many' is not an intensity: write 3 in 5 s, with whole seconds, both up to a million"
    ),
    ("save", "a file name is missing, such as shop.svg"),
    ("save shop.png", "'shop.png' says no format by its ending: .txt .svg .mmd .dot"),
    ("save shop", "'shop' says no format by its ending: .txt .svg .mmd .dot"),
    ("add", "write :add NAME, the id of the new child of db_sup"),
  ])
  func `a command that cannot be done says why in one line`(line: String, reason: String) {
    var console = Console()
    console.select("cache")
    #expect(console.run(line) == [])
    #expect(console.model.notice == reason)
  }

  @Test func `a command names its process`() {
    var console = Console()
    let pid = console.story.pid("mailer")
    let commands = console.run("kill mailer")
    #expect(commands.contains(.preview(.process(pid, .kill))))
    #expect(console.model.selectedNode?.name == "mailer")
  }

  @Test func `a message is sent as a term`() {
    var console = Console()
    console.select("cache")
    #expect(
      console.run("send {get,[1,\"a b\",<3>]}") == [
        .request(
          .process(
            console.story.pid("cache"),
            .send(.tuple(["get", .list([1, .text("a b"), .pid(PID(3))])]))),
          by: .command("send"))
      ])
  }

  @Test func `statistics say what the selection has done`() {
    var console = Console()
    console.select("cache")
    console.press(.character(":"))
    console.type("statistics")
    console.press(.enter)
    #expect(console.model.notice == "cache is being looked into; ask again")
    var inspection = ProcessInspection.sample(pid: console.story.pid("cache"))
    inspection.received = 1234
    inspection.sent = 7
    console.send(.inspected(inspection))
    console.press(.character(":"))
    console.type("statistics")
    console.press(.enter)
    #expect(
      console.model.notice?.hasPrefix("cache: 1,234 messages in, 7 out, 214 turns in ") == true)
  }

  @Test func `tab completes as far as it is certain`() {
    var console = Console()
    console.press(.character(":"))
    console.type("st")
    console.press(.tab)
    #expect(console.model.notice == "start  statistics  step  stop  strategy")
    console.type("r")
    console.press(.tab)
    console.type("re")
    console.press(.tab)
    #expect(console.row(-1).hasPrefix(" :strategy rest_for_one"))
  }

  @Test func `up and down go through what was typed before`() {
    var console = Console()
    console.run("pause")
    console.run("mark")
    console.press(.character(":"))
    console.type("dr")
    console.press(.up, .up)
    #expect(console.row(-1).hasPrefix(" :pause"))
    console.press(.down, .down)
    #expect(console.row(-1).hasPrefix(" :dr"))
  }

  @Test func `every command is documented`() {
    let page = keysDocument()
    for command in ActionTable.commands { #expect(page.contains("`:\(command)")) }
  }

  @Test(arguments: [
    ("shop.txt", "▐3 table▌"), ("shop.svg", "<svg "), ("my shop.SVG", "<svg "),
    ("a.b/shop.mmd", "flowchart TB"), ("shop.dot", "digraph \"shop at"),
  ])
  func `a file's ending says what is saved`(name: String, content: String) throws {
    var console = Console()
    let format = try #require(ExportFormat(fileName: name))
    #expect(console.run("save \(name)").first == .save(name: name, as: format))
    let text = export(console.model, as: format)
    #expect(text.contains(content))
    #expect(text.hasSuffix("\n"))
  }

  @Test func `the screen is recorded until it is said again`() {
    var console = Console()
    #expect(console.run("cast shop.cast").first == .file(.cast(name: "shop.cast")))
    #expect(console.run("cast").first == .file(.endCast))
  }

  @Test func `the epilogue tells what happened`() {
    var console = Console()
    #expect(console.run("epilogue").isEmpty)
    #expect(console.model.notice == "nothing has happened yet")
    console.tell { $0.kill("cache", in: "db_sup") }
    console.run("epilogue")
    #expect(console.model.notice == "1 kill, 1 process crashed, 2 restarts")
  }
}
