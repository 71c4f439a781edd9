import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScripts
import BubbleTree

/// The console under test, with a hand-told machine behind it instead of a session.
struct Console {
  private(set) var model: ConsoleModel
  /// What the last message wanted done.
  private(set) var commands: [ConsoleCommand] = []
  private(set) var story: ShopStory
  private var shown = 0

  init(
    columns: Int = 80, rows: Int = 24, view: ViewKind = .table, story: ShopStory = .started,
    options: ConsoleOptions = ConsoleOptions(motion: .none)
  ) {
    self.story = story
    model = ConsoleModel(
      scenario: "shop", seed: 7, size: Size(columns: columns, rows: rows), view: view,
      options: options)
    catchUp()
  }

  @discardableResult
  mutating func send(_ message: ConsoleMessage) -> [ConsoleCommand] {
    commands = update(&model, message)
    return commands
  }

  @discardableResult
  mutating func press(_ keys: Key...) -> [ConsoleCommand] {
    for key in keys { send(.key(key)) }
    return commands
  }

  @discardableResult
  mutating func type(_ text: String) -> [ConsoleCommand] {
    for character in text { send(.key(.character(character))) }
    return commands
  }

  /// Executes a command.
  @discardableResult
  mutating func run(_ command: String) -> [ConsoleCommand] {
    press(.character(":"))
    type(command)
    return press(.enter)
  }

  /// The machine goes on as `tell` says, and the console sees it.
  mutating func tell(_ tell: (inout ShopStory) -> Void) {
    tell(&story)
    catchUp()
  }

  private mutating func catchUp() {
    let fresh = story.events(since: shown)
    shown = story.events.count
    send(.events(fresh))
    send(.clock(story.now))
  }

  /// Selects the process called `name`.
  mutating func select(_ name: String) {
    send(.cue(view: nil, selection: model.tree.slot(of: story.pid(name))))
  }

  /// Answers the preview that is asked for by running a copy of the story ahead.
  mutating func preview(_ tell: (inout ShopStory) -> Void) {
    for case .preview(let request) in commands {
      var copy = story
      tell(&copy)
      let ahead = copy.events(since: story.events.count)
      send(.previewed(request, ahead, settled: true))
      return
    }
    preconditionFailure("no preview was asked for")
  }

  var screen: String { render(model).text() }

  /// One row of the screen, without the blanks at its end.
  func row(_ number: Int) -> String {
    render(model).rowText(number < 0 ? model.size.rows + number : number)
  }
}

extension Console {
  /// The console in one of its contexts, ready for a key.
  init(
    in context: KeyContext, view: ViewKind, columns: Int = 80, rows: Int = 24
  ) {
    self.init(columns: columns, rows: rows, view: view)
    select("acceptor")
    switch context {
    case .browse: break
    case .ended: tell { $0.endAll() }
    case .panel: press(.tab)
    case .preview: beginKill()
    case .running:
      beginKill()
      press(.character("x"))
    case .past:
      let end = end
      travel { $0.end = end }
    case .script:
      var script = ScriptStatus(count: 3)
      script.number = 2
      script.caption = "acceptor is killed, and conn_sup goes with it."
      send(.script(script))
    case .question:
      var script = ScriptStatus(count: 3)
      script.number = 2
      script.question = Script.Question(
        text: "acceptor is killed. What stops with it?", answers: ["nothing", "conn_sup"], right: 2)
      script.isAsking = true
      send(.script(script))
    case .filter: press(.character("/"))
    case .command: press(.character(":"))
    case .prompt: press(.character("X"))
    case .form: press(.character("E"))
    case .lab: openLab()
    case .help: press(.character("?"))
    case .small: send(.resize(Size(columns: 39, rows: 11)))
    }
    if context == .panel, model.focus == .view { press(.enter) }
  }

  /// The end of what has happened, when the present becomes it.
  var end: TimeTravelStatus.End {
    TimeTravelStatus.End(model.told, at: model.now)
  }

  /// The session tells where in time the console is.
  @discardableResult
  mutating func travel(_ change: (inout TimeTravelStatus) -> Void) -> [ConsoleCommand] {
    var status = model.travel
    change(&status)
    return send(.travel(status))
  }

  /// Opens the lab, as a session would whose copies do what they are asked.
  mutating func openLab() {
    for case .lab(.open(let setup)) in press(ViewKind.lab.key) {
      let events = setup.requests.map { requests in
        var copy = story
        for case .supervisor(let supervisor, .changeFlags(let flags)) in requests {
          copy.tell(.supervisor(supervisor, .configured(flags)))
        }
        return copy.events(since: story.events.count)
      }
      send(.lab(.opened(setup, events)))
    }
  }

  mutating func beginKill() {
    press(.character("x"))
    preview { $0.kill("acceptor", in: "web_sup") }
  }
}
