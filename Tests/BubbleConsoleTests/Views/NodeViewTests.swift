import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTestSupport
import BubbleTree
import Testing

/// A console that looks at a cluster.
private struct ClusterConsole {
  var model: ConsoleModel
  var story: ClusterStory
  private var shown = 0
  private(set) var commands: [ConsoleCommand] = []

  init(
    _ story: ClusterStory, columns: Int = 80, rows: Int = 24, view: ViewKind = .bubbles,
    options: ConsoleOptions = ConsoleOptions(motion: .none)
  ) {
    self.story = story
    model = ConsoleModel(
      scenario: "shop", seed: 7, size: Size(columns: columns, rows: rows), view: view,
      options: options)
    catchUp()
  }

  mutating func catchUp() {
    let fresh = Array(story.events.dropFirst(shown))
    shown = story.events.count
    send(.events(fresh))
    send(.clock(story.now))
  }

  mutating func send(_ message: ConsoleMessage) { commands = update(&model, message) }

  mutating func press(_ keys: Key...) { for key in keys { send(.key(key)) } }

  mutating func run(_ command: String) {
    press(.character(":"))
    for character in command { send(.key(.character(character))) }
    press(.enter)
  }

  mutating func tell(_ tell: (inout ClusterStory) -> Void) {
    tell(&story)
    catchUp()
  }

  /// Answers the preview that was asked for.
  mutating func preview(_ tell: (inout ClusterStory, Event.ID) -> Void) {
    for case .preview(let request) in commands {
      var copy = story
      let asked = copy.ask(request)
      tell(&copy, asked)
      send(.previewed(request, Array(copy.events.dropFirst(shown)), settled: true))
      return
    }
  }

  mutating func select(_ slot: SlotID?) { send(.cue(view: nil, selection: slot)) }

  var screen: String { render(model).text() }
}

@Suite struct NodeViewTests {
  private static let three = ["a@shop", "b@shop", "c@shop"]
  private static let five = ["a@shop", "b@shop", "c@shop", "d@shop", "e@shop"]

  /// Three nodes of which the first one has the crown, the cable between the other two is cut and
  /// the last one is stopped.
  private static func story(_ names: [String] = three) -> ClusterStory {
    var story = ClusterStory(nodes: names)
    story.post(.node(NodeID(1), .globalNameRegistered("leader", story.pid(0, "king"))))
    story.wait(.seconds(2))
    let request = story.ask(.network(.cut([[NodeID(2)], [NodeID(3)]])))
    story.cut(NodeID(2), from: [NodeID(3)], by: request)
    return story
  }

  @Test(arguments: [
    ("three-80x24", 3, 80, 24), ("three-120x40", 3, 120, 40), ("five-80x24", 5, 80, 24),
    ("five-120x40", 5, 120, 40),
  ])
  func nodesAreIslandsWithCablesBetweenThem(
    _ name: String, _ count: Int, _ columns: Int, _ rows: Int
  ) {
    let console = ClusterConsole(
      Self.story(Array(Self.five.prefix(count))), columns: columns, rows: rows)
    expectSnapshot(of: render(console.model), named: "nodes-bubbles-\(name)")
  }

  @Test(arguments: [ViewKind.tree, .table, .time, .log])
  func everyViewShowsNodes(_ view: ViewKind) {
    let console = ClusterConsole(Self.story(), view: view)
    expectSnapshot(of: render(console.model), named: "nodes-\(view.name)-80x24")
  }

  @Test func asciiShowsTheSame() {
    var options = ConsoleOptions(motion: .none)
    options.glyphs = .ascii
    var story = Self.story()
    story.stop(NodeID(3), because: nil)
    let console = ClusterConsole(story, options: options)
    expectSnapshot(of: render(console.model), named: "nodes-bubbles-ascii")
  }

  @Test func aCutIsShownBeforeItIsDone() {
    var console = ClusterConsole(ClusterStory(nodes: Self.three))
    console.run("cut a")
    console.preview { story, asked in
      story.cut(NodeID(1), from: [NodeID(2), NodeID(3)], by: asked)
      story.post(.node(NodeID(2), .globalNameRegistered("leader", story.pid(1, "king"))))
    }
    expectSnapshot(of: render(console.model), named: "nodes-preview-cut")
  }
}
