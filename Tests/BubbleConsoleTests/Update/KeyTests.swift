import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

/// What single keys do: the state after, and the commands.
@Suite struct KeyTests {
  @Test(arguments: [
    (Key.character("."), [ConsoleCommand.step]), (.character("q"), [.quit]),
    (.control("c"), [.quit]),
    (.character(" "), []), (.character("<"), []), (.character("+"), []),
    (.character("?"), []), (.character(":"), []), (.character("/"), []), (.character("m"), []),
  ])
  func `a key wants exactly this done`(key: Key, expected: [ConsoleCommand]) {
    var console = Console()
    #expect(console.press(key) == expected)
  }

  @Test(
    arguments: [
      (" ", Pace(isPaused: true)), (".", Pace(isPaused: true)), ("<", Pace(speed: 0.5)),
      (">", Pace(speed: 2)), ("-", Pace(beat: .milliseconds(200))),
      ("+", Pace(beat: .milliseconds(500))),
    ] as [(Character, Pace)])
  func `a key changes the pace to this`(key: Character, expected: Pace) {
    var console = Console()
    console.press(.character(key))
    #expect(console.model.pace == expected)
  }

  @Test func `space pauses and plays`() {
    var console = Console()
    console.press(.character(" "))
    #expect(console.model.pace.isPaused)
    #expect(console.row(0).contains("‖ paused"))
    console.press(.character(" "))
    #expect(!console.model.pace.isPaused)
  }

  @Test func `a step while paused only steps`() {
    var console = Console()
    console.press(.character(" "))
    #expect(console.press(.character(".")) == [.step])
  }

  @Test func `the number keys change the view and nothing else is lost`() {
    var console = Console()
    console.select("c2")
    for kind in ViewKind.allCases where kind != .lab {
      console.press(kind.key)
      #expect(console.model.view == kind)
      #expect(console.model.selectedNode?.name == "c2")
    }
  }

  @Test(arguments: ["7", "Q"])
  func `a key without a meaning says so`(letter: Character) {
    var console = Console()
    #expect(console.press(.character(letter)) == [])
    #expect(console.model.notice == "\(letter) does nothing here")
  }

  @Test func `start again asks for the beginning and lets it run`() {
    var console = Console(view: .table)
    console.press(.character(">"))
    console.press(.character(" "))
    #expect(console.press(.character("R")) == [.startAgain])
    #expect(!console.model.pace.isPaused)
    #expect(console.model.view == .table)
    #expect(console.model.pace.speed == 2)
  }

  @Test(
    arguments: [
      ("u", "nothing was done that can be undone"), ("U", "nothing was undone"),
      ("[", "nothing was killed and nothing crashed before"),
      ("]", "nothing was killed and nothing crashed after this, as far as is known"),
    ] as [(Character, String)])
  func `a way through time that leads nowhere says so`(letter: Character, notice: String) {
    var console = Console()
    #expect(console.press(.character(letter)) == [])
    #expect(console.model.notice == notice)
  }

  @Test(arguments: [
    ("goto #4", ConsoleCommand.seek(4)), ("goto 0s", .seekEnd), ("goto -9999s", .seekEnd),
  ])
  func `goto takes an instant or an event`(command: String, wanted: ConsoleCommand) {
    var console = Console()
    console.press(.character(":"))
    for letter in command { console.press(.character(letter)) }
    #expect(console.press(.enter).first == wanted)
  }

  @Test(arguments: [
    ("goto 9999s", "9999.000 is still to come: now is "),
    ("goto #99999", "there is no event #99999 yet: the last one is #"),
    ("goto soon", "'soon' is not an instant: write "), ("goto #x", "'#x' is not an event: write "),
  ])
  func `goto says why it goes nowhere`(command: String, reason: String) {
    var console = Console()
    #expect(console.run(command) == [])
    #expect(console.model.notice?.hasPrefix(reason) == true)
  }

  @Test(arguments: [
    ("start", "cron is running: only a stopped child can be started"),
    ("delete", "cron is running: only a stopped child can be deleted"),
  ])
  func `what is done to a stopped child is refused for a running one`(
    command: String, reason: String
  ) {
    var console = Console()
    console.select("cron")
    #expect(console.run(command) == [])
    #expect(console.model.notice == reason)
  }

  @Test func `r starts a stopped child`() {
    var console = Console()
    console.select("cron")
    let supervisor = console.story.pid("shop_sup")
    console.tell { story in
      let cause = story.tell(
        .requested(.child(of: supervisor, .named("cron"), .terminate)))
      story.stop(.worker("cron", .temporary), under: supervisor, cause: cause)
    }
    #expect(
      console.press(.character("r"))
        == [.request(.child(of: supervisor, .named("cron"), .restart), by: .key("r"))])
  }

  @Test func `z suspends a process`() {
    var console = Console()
    console.select("c1")
    let pid = console.story.pid("c1")
    #expect(console.press(.character("z")) == [.request(.process(pid, .suspend), by: .key("z"))])
    console.tell { $0.tell(.process(pid, .suspended)) }
    #expect(console.press(.character("z")) == [.request(.process(pid, .resume), by: .key("z"))])
  }

  @Test func `escape goes back one level at a time`() {
    var console = Console(view: .table)
    console.press(.character("/"))
    console.type("c1")
    console.press(.enter, .enter)
    #expect(console.model.focus == .panel)
    console.press(.escape)
    #expect(console.model.focus == .view)
    #expect(console.model.filter.isActive)
    console.press(.escape)
    #expect(!console.model.filter.isActive)
    console.press(.escape)
    #expect(console.model.notice == "this is the outermost level; q quits")
  }

  /// Those of a subject that goes on by itself, and never back.
  static let forwardOnly = Capabilities(
    except: [.looksBack: "nothing is kept", .undoes: "what was done is done"])

  @Test func `the key bar leaves out what the subject cannot do`() {
    var console = Console()
    #expect(console.row(-1).contains("undo"))
    console.send(.opened(Self.forwardOnly))
    #expect(!console.row(-1).contains("undo"))
    #expect(console.row(-1).contains(", . event"))
  }

  @Test(arguments: [
    ([Key.character("u")], "what was done is done"), ([.character(",")], "nothing is kept"),
    (
      [
        .character(":"), .character("u"), .character("n"), .character("d"), .character("o"), .enter,
      ],
      "what was done is done"
    ),
  ])
  func `a row whose needs the subject does not meet says why`(keys: [Key], reason: String) {
    var console = Console()
    console.send(.opened(Self.forwardOnly))
    for key in keys { console.press(key) }
    #expect(console.model.notice == reason)
  }

  @Test func `a key that needs nothing more than its row works where another one does not`() {
    var console = Console()
    console.send(.opened(Self.forwardOnly))
    #expect(console.press(.character(".")).contains(.step))
  }

  @Test func `a subject that cannot be looked into is not asked for it`() {
    var console = Console()
    let commands = console.send(.opened(Capabilities(except: [.inspects: "it is closed"])))
    #expect(commands == [])
    #expect(console.press(.down) == [])
  }
}
