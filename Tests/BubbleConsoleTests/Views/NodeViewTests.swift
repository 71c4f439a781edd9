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
    ("five-120x40", 5, 120, 40), ("five-folded-40x12", 5, 40, 12),
  ])
  func `nodes are islands with cables between them`(
    _ name: String, _ count: Int, _ columns: Int, _ rows: Int
  ) {
    let console = ClusterConsole(
      Self.story(Array(Self.five.prefix(count))), columns: columns, rows: rows)
    expectSnapshot(of: render(console.model), named: "nodes-bubbles-\(name)")
  }

  @Test(arguments: [ViewKind.tree, .table, .time, .log])
  func `every view shows nodes`(_ view: ViewKind) {
    let console = ClusterConsole(Self.story(), view: view)
    expectSnapshot(of: render(console.model), named: "nodes-\(view.name)-80x24")
  }

  @Test func `ascii shows the same`() {
    var options = ConsoleOptions(motion: .none)
    options.glyphs = .ascii
    var story = Self.story()
    story.stop(NodeID(3), because: nil)
    let console = ClusterConsole(story, options: options)
    expectSnapshot(of: render(console.model), named: "nodes-bubbles-ascii")
  }

  @Test func `a cut is shown before it is done`() {
    var console = ClusterConsole(ClusterStory(nodes: Self.three))
    console.run("cut a")
    console.preview { story, asked in
      story.cut(NodeID(1), from: [NodeID(2), NodeID(3)], by: asked)
      story.post(.node(NodeID(2), .globalNameRegistered("leader", story.pid(1, "king"))))
    }
    expectSnapshot(of: render(console.model), named: "nodes-preview-cut")
  }

  // MARK: - Keys and commands

  private func preview(of console: ClusterConsole) -> ControlRequest? {
    for case .preview(let request) in console.commands { return request }
    return nil
  }

  @Test(arguments: [Key.character("x"), .character("d")])
  func `the keys that end a process stop a node`(_ key: Key) throws {
    var console = ClusterConsole(ClusterStory(nodes: Self.three), view: .table)
    console.select(console.model.tree.slot(of: NodeID(2)))
    console.press(key)
    #expect(preview(of: console) == .node(NodeID(2), .stop))
    console.preview { story, asked in story.stop(NodeID(2), because: asked) }
    #expect(console.screen.contains("if you stop b@shop"))
    #expect(console.screen.contains("a and b lose each other") == false)
    console.press(.character("x"))
    #expect(console.commands.contains(.request(.node(NodeID(2), .stop), by: .key(key.shown))))
  }

  @Test func `the key that starts children starts a node`() {
    var console = ClusterConsole(ClusterStory(nodes: Self.three), view: .table)
    console.select(console.model.tree.slot(of: NodeID(3)))
    console.press(.character("r"))
    #expect(console.model.notice == "c@shop is running: x stops it")
    console.tell { $0.stop(NodeID(3), because: nil) }
    console.press(.character("r"))
    #expect(preview(of: console) == .node(NodeID(3), .start))
  }

  @Test func `a node is not a process`() {
    var console = ClusterConsole(ClusterStory(nodes: Self.three), view: .table)
    console.select(console.model.tree.slot(of: NodeID(1)))
    console.press(.character("z"))
    #expect(console.model.notice == "a@shop is a node, not a process")
    console.run("exit boom")
    #expect(console.model.notice == "a@shop is a node, which ends without a reason: x stops it")
    #expect(console.commands.isEmpty)
  }

  @Test func `a cable is chosen among those of the node`() {
    var console = ClusterConsole(Self.story(), view: .table)
    console.select(console.model.tree.slot(of: NodeID(2)))
    console.press(.character("y"))
    #expect(console.screen.contains("► a@shop"))
    console.press(.enter)
    #expect(preview(of: console) == .network(.cut([[NodeID(2)], [NodeID(1)]])))
    console.press(.escape, .character("y"), .down, .enter)
    #expect(preview(of: console) == .network(.heal([[NodeID(2)], [NodeID(3)]])))
  }

  @Test func `the only cable is cut at once`() {
    var console = ClusterConsole(ClusterStory(nodes: ["a@shop", "b@shop"]), view: .table)
    console.press(.character("y"))
    #expect(preview(of: console) == .network(.cut([[NodeID(1)], [NodeID(2)]])))
  }

  @Test(
    arguments: [
      ("cut a b", ControlRequest.NetworkRequest.cut([[NodeID(1)], [NodeID(2)]])),
      ("cut b", .cut([[NodeID(2)], [NodeID(1), NodeID(3)]])),
      ("cut a@shop b | c", .cut([[NodeID(1), NodeID(2)], [NodeID(3)]])),
      ("heal c", .heal([[NodeID(3)], [NodeID(1), NodeID(2)]])),
      ("heal", .heal([[NodeID(1)], [NodeID(2), NodeID(3)]])),
    ])
  func `commands say sides`(_ command: String, _ expected: ControlRequest.NetworkRequest) {
    var console = ClusterConsole(ClusterStory(nodes: Self.three), view: .table)
    console.run(command)
    #expect(preview(of: console) == .network(expected))
  }

  @Test(
    arguments: [
      ("cut x", "there is no node 'x': a@shop, b@shop, c@shop"),
      ("cut a b c", "write :cut a b, :cut a for all its cables, or :cut a b | c"),
      ("heal a | a", "write :heal a b, :heal a for all its cables, or :heal a b | c"),
    ])
  func `commands say what is wrong`(_ command: String, _ notice: String) {
    var console = ClusterConsole(ClusterStory(nodes: Self.three), view: .table)
    console.run(command)
    #expect(console.model.notice == notice)
    #expect(console.commands.isEmpty)
  }

  @Test func `a machine of one node has no cables`() {
    var console = Console(view: .table)
    console.press(.character("y"))
    #expect(console.model.notice == "this machine is a single node: it has no cables")
    #expect(!console.screen.contains("cable…"))
  }

  @Test(arguments: [("a", "a@shop"), ("b/desk", "desk"), ("c@shop/Sup/till", "till")])
  func `names begin with the node`(_ text: String, _ name: String) {
    var console = ClusterConsole(ClusterStory(nodes: Self.three), view: .table)
    console.run("select \(text)")
    #expect(console.model.selection.map { console.model.tree[$0].name } == name)
  }

  @Test func `the inspector tells of cables and crowns`() {
    var console = ClusterConsole(Self.story())
    console.select(console.model.tree.slot(of: NodeID(2)))
    #expect(console.screen.contains("● a@shop        connected"))
    #expect(console.screen.contains("✗ c@shop              cut"))
    console.select(console.model.tree.slot(of: console.story.pid(0, "king")))
    #expect(console.screen.contains("♛ leader      global name"))
  }

  @Test func `a signal between nodes is a bead on its cable`() {
    let options = ConsoleOptions(motion: .full)
    var console = ClusterConsole(ClusterStory(nodes: Self.three), options: options)
    for _ in 0..<60 { console.send(.frame) }
    let still = render(console.model)
    console.tell { story in
      let (from, to) = (story.pid(0, "king"), story.pid(2, "desk"))
      story.post(.message(.sent(from: from, to: to, text: "hello")))
    }
    for _ in 0..<5 { console.send(.frame) }
    #expect(render(console.model) != still)
    for _ in 0..<60 { console.send(.frame) }
    #expect(!BubblesView.isMoving(console.model))
  }
}
