import BubbleEvents
import BubbleTree
import Testing

/// How the steps of applications are told.
@Suite struct ApplicationEventTests {
  @Test(arguments: [
    (ApplicationEvent.Change.loaded(version: "1.2"), "1.2 is loaded"),
    (.loaded(version: ""), "is loaded"), (.unloaded, "is unloaded"),
    (.starting(.permanent), "is starting, permanent"), (.started(top: PID(7)), "started"),
    (.started(top: nil), "started, a library"), (.startFailed("sick"), "did not start: sick"),
    (.phase("open"), "starts phase open"), (.stopping, "is stopping"),
    (.stopped(.killed), "stopped: killed"), (.refused("busy"), "is refused: busy"),
    (.endsMachine(.transient, .shutdown), "is transient: the machine ends, shutdown"),
  ])
  func `a step is told in a line of the narration and of the trace`(
    change: ApplicationEvent.Change, words: String
  ) {
    let step = ApplicationEvent("shop", master: PID(3), change)
    let event = Event(id: 1, instant: .zero, cause: nil, kind: .application(step))
    var tree = ProcessTree()
    tree.fold(event)
    let line = tree.narrate(event)?.spans.map(\.text).joined()
    #expect(line == "application shop \(words)")
    var text = EventText()
    let row = text.line(for: event)
    #expect(row.contains("application") && row.contains("shop: \(words)") && row.contains("<3>"))
  }
}

/// Where applications are in the tree.
@Suite struct ApplicationPlaceTests {
  private var tree = ProcessTree()
  private var lastEvent: Event.ID = 0

  private mutating func fold(_ kinds: Event.Kind...) {
    for kind in kinds {
      lastEvent += 1
      tree.fold(Event(id: lastEvent, instant: .zero, cause: nil, kind: kind))
    }
  }

  private func step(_ master: UInt32, _ change: ApplicationEvent.Change) -> Event.Kind {
    .application(ApplicationEvent("shop", master: PID(master), change))
  }

  /// A master, its top supervisor and one child, in these processes.
  private mutating func start(_ master: UInt32) {
    let top = PID(master + 1)
    let child = ChildDescription(
      id: .named("till"), restart: .permanent, shutdown: .timeout(5000), kind: .worker,
      isSignificant: false)
    fold(
      .process(PID(master), .spawned(parent: PID(1), behaviour: "application_master shop")),
      step(master, .starting(.permanent)),
      .process(top, .spawned(parent: PID(master), behaviour: "supervisor shop_sup")),
      .process(top, .nameRegistered("shop_sup")),
      .supervisor(top, .configured(SupervisorFlags())),
      .supervisor(top, .childSpecified(child, position: 0)),
      .child(of: top, .named("till"), .starting),
      .process(PID(master + 2), .spawned(parent: top, behaviour: "gen_server Till")),
      .child(of: top, .named("till"), .started(PID(master + 2))),
      step(master, .started(top: top)))
  }

  /// The names from the root down, each with its state.
  private func outline() -> [String] {
    func lines(_ slot: SlotID, _ depth: Int) -> [String] {
      let node = tree[slot]
      let line = String(repeating: "  ", count: depth) + "\(node.name) \(node.state.word)"
      return [line] + node.children.flatMap { lines($0, depth + 1) }
    }
    return tree.roots.flatMap { lines($0, 0) }
  }

  @Test mutating func `an application is the vessel of its tree`() throws {
    fold(.process(PID(1), .spawned(parent: nil, behaviour: "application_controller")))
    start(2)
    #expect(
      outline() == [
        "application_controller running", "  shop running", "    shop_sup running",
        "      till running",
      ])
    let slot = try #require(tree.slot(of: PID(2)))
    #expect(tree[slot].kind == .supervisor && tree[slot].application == .permanent)
    #expect(tree[try #require(tree.slot(of: PID(1)))].kind == .supervisor)
    fold(step(2, .stopping))
    #expect(tree[slot].state == .stopping)
  }

  @Test mutating func `an application that starts again has its place again`() throws {
    fold(.process(PID(1), .spawned(parent: nil, behaviour: "application_controller")))
    start(2)
    let slot = try #require(tree.slot(of: PID(2)))
    for pid in [4, 3, 2] as [UInt32] { fold(.process(PID(pid), .exited(.shutdown))) }
    #expect(tree.aliveCount == 1)
    for round in 1...20 as ClosedRange<UInt32> {
      let master = round * 10
      start(master)
      #expect(tree.slot(of: PID(master)) == slot)
      #expect(tree[slot].life == Int(round) + 1)
      #expect(outline().count == 4 && tree.aliveCount == 4 && tree.orphanCount == 0)
      for pid in [master + 2, master + 1, master] {
        fold(.process(PID(pid), .exited(.killed)))
      }
    }
  }
}
