import BubbleEvents
import Testing

/// Who lives where, as the events tell it.
@Suite struct ResidentsTests {
  private static func told(_ kinds: [Event.Kind]) -> (Residents, [Residents.Change?]) {
    var residents = Residents()
    let changes = kinds.enumerated().map { index, kind in
      residents.follow(
        Event(id: UInt64(index) + 1, instant: .zero, cause: nil, kind: kind))
    }
    return (residents, changes)
  }

  private static let tree: [Event.Kind] = [
    .process(PID(1), .spawned(parent: nil, behaviour: "supervisor top")),
    .child(of: PID(1), .named("pool"), .starting),
    .process(PID(2), .spawned(parent: PID(1), behaviour: "supervisor pool")),
    .supervisor(PID(2), .configured(SupervisorFlags(strategy: .simpleOneForOne))),
    .child(of: PID(2), .dynamic(0), .starting),
    .process(PID(3), .spawned(parent: PID(2), behaviour: "gen_server worker")),
    .process(PID(4), .spawned(parent: PID(3), behaviour: "task")),
    .child(of: PID(2), .dynamic(0), .started(PID(3))),
    .child(of: PID(1), .named("pool"), .started(PID(2))),
  ]

  @Test func `a child has its place from its spawning on, before its supervisor has started`() {
    let (residents, changes) = Self.told(Self.tree)
    #expect(
      changes == [
        .settled(PID(1)), nil, .settled(PID(2)), nil, nil, .settled(PID(3)), nil,
        .started(PID(3)), .started(PID(2)),
      ])
    #expect(residents.path(of: PID(1)) == [])
    #expect(residents.path(of: PID(3)) == [.named("pool"), .dynamic(0)])
    #expect(residents.path(of: PID(4)) == nil, "a process outside supervision has no place")
    #expect(residents[PID(2)]?.isSupervisor == true)
    #expect(residents[PID(3)]?.isStarted == true)
  }

  @Test func `whoever ends leaves the place`() {
    let (residents, changes) = Self.told(
      Self.tree + [
        .process(PID(4), .exited(.normal)), .process(PID(3), .exited(.killed)),
        .process(PID(1), .exited(.shutdown)),
      ])
    #expect(changes.suffix(3) == [nil, .ended(PID(3)), .ended(PID(1))])
    #expect(residents[PID(3)] == nil)
    #expect(residents.roots.isEmpty)
    #expect(residents.path(of: PID(2)) == nil, "nobody is below a root that has ended")
  }

  @Test func `applications and the release handler live below the application controller`() {
    let (residents, changes) = Self.told([
      .process(PID(1), .spawned(parent: nil, behaviour: "application_controller")),
      .release(ReleaseEvent("1", handler: PID(5), .booting)),
      .process(PID(2), .spawned(parent: PID(1), behaviour: "application_master")),
      .application(ApplicationEvent("shop", master: PID(2), .starting(.permanent))),
      .process(PID(3), .spawned(parent: PID(2), behaviour: "supervisor shop_sup")),
      .application(ApplicationEvent("shop", master: PID(2), .started(top: PID(3)))),
    ])
    #expect(
      changes == [
        .settled(PID(1)), .settled(PID(5)), nil, .settled(PID(2)), .settled(PID(3)),
        .started(PID(3)),
      ])
    #expect(residents.path(of: PID(3)) == [.named("shop"), .named("shop_sup")])
    #expect(residents.path(of: PID(5)) == [.named("release_handler")])
  }

  @Test(arguments: [
    ("supervisor shop_sup", "supervisor", "shop_sup", "shop_sup"),
    ("supervisor the shop", "supervisor", "the shop", "the shop"),
    ("gen_server Cache", "gen_server", "Cache", nil), ("supervisor", "supervisor", nil, nil),
    ("", "", nil, nil),
  ])
  func `a behaviour is told from its module`(
    text: String, name: String, module: String?, supervisor: String?
  ) {
    let behaviour = Behaviour(text)
    #expect(behaviour.name == name)
    #expect(behaviour.module == module)
    #expect(behaviour.supervisorModule == supervisor)
  }

  // MARK: - Nodes

  /// The tree on two nodes, with the same numbers.
  private static let cluster: [Event.Kind] = [
    .node(NodeID(1), .started(name: "a@shop", isHidden: false)),
    .process(PID(1, node: NodeID(1)), .spawned(parent: nil, behaviour: "supervisor top")),
    .node(NodeID(2), .started(name: "b@shop", isHidden: false)),
    .process(PID(1, node: NodeID(2)), .spawned(parent: nil, behaviour: "supervisor top")),
    .child(of: PID(1, node: NodeID(1)), .named("desk"), .starting),
    .process(
      PID(2, node: NodeID(1)), .spawned(parent: PID(1, node: NodeID(1)), behaviour: "gen_server")),
    .child(of: PID(1, node: NodeID(1)), .named("far"), .starting),
    .process(
      PID(2, node: NodeID(2)), .spawned(parent: PID(1, node: NodeID(1)), behaviour: "gen_server")),
  ]

  @Test func `in a cluster a path begins with the node of its root`() {
    let (residents, _) = Self.told(Self.cluster)
    #expect(residents.path(of: PID(1, node: NodeID(2))) == [.named(.atom("b@shop"))])
    #expect(
      residents.path(of: PID(2, node: NodeID(1))) == [.named(.atom("a@shop")), .named("desk")])
    #expect(
      residents.path(of: PID(2, node: NodeID(2))) == [.named(.atom("a@shop")), .named("far")],
      "a child elsewhere has its place under its supervisor")
  }

  @Test func `everybody on a node that stops is gone, and a new life has a new root`() {
    let (residents, changes) = Self.told(
      Self.cluster + [
        .node(NodeID(1), .stopped), .node(NodeID(1), .started(name: "a@shop", isHidden: false)),
        .process(PID(7, node: NodeID(1)), .spawned(parent: nil, behaviour: "supervisor top")),
      ])
    #expect(changes.suffix(3) == [.stopped(NodeID(1)), nil, .settled(PID(7, node: NodeID(1)))])
    #expect(residents[PID(2, node: NodeID(1))] == nil)
    #expect(residents.path(of: PID(7, node: NodeID(1))) == [.named(.atom("a@shop"))])
    #expect(
      residents.path(of: PID(2, node: NodeID(2))) == nil, "nobody is above an orphan elsewhere")
  }
}
