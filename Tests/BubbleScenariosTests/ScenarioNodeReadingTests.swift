import BubbleEvents
@testable import BubbleScenarios
import BubbleScripts
import Testing

/// What a file says of nodes is what the scenario holds.
@Suite struct ScenarioNodeReadingTests {
  private static let three = """
    nodes: [a@shop, b@shop, {node: c@farm, hidden: true, starts: false}]
    tree:
      supervisor: top
      children:
        - {worker: desk}
        - {worker: clerk, calls: {to: desk}, casts: {to: b@shop/desk}, monitors: c/desk}
        - {supervisor: crowd, template: {worker: guest}, count: 2}

    """

  private func scenario(_ more: String = "") throws -> Scenario {
    try Scenario(yaml: Self.three + more, file: "x.yaml")
  }

  private func requests(_ steps: String) throws -> [ScriptedRequest] {
    try scenario("faults: [\(steps)]\n").faults.compactMap(\.request)
  }

  private func worker(_ properties: String, on node: Int = 0) throws -> Scenario.Worker {
    let yaml = """
      nodes: [a@x, b@x]
      tree: {supervisor: top, children: [{worker: other}, {worker: w, \(properties)}]}
      """
    let children = try Scenario(yaml: yaml, file: "x.yaml").nodes[node].root.listedChildren
    guard case .worker(let worker)? = children?[1].content else { throw ReadingFailure() }
    return worker
  }

  private struct ReadingFailure: Error {}

  @Test func `nodes have the tree of the file, and what is said of each`() throws {
    let nodes = try scenario().nodes
    #expect(nodes.map(\.name) == ["a@shop", "b@shop", "c@farm"])
    #expect(nodes.map(\.isHidden) == [false, false, true])
    #expect(nodes.map(\.starts) == [true, true, false])
    #expect(nodes.map(\.root.id) == ["top", "top", "top"])
    #expect(try scenario().network == Scenario.Network())
  }

  @Test func `a node may have a tree of its own, or applications`() throws {
    let yaml = """
      nodes:
        - {node: a@x, tree: {supervisor: sup, children: [{worker: w}]}}
        - {node: b@x, applications: [{application: shop, tree: {supervisor: s, children: [{worker: v}]}}]}
        - c@x
      tree: {supervisor: top, children: [{worker: u}]}
      faults: [{at: 1 s, stop_app: shop}, {at: 2 s, kill: b/shop/s/v}, {at: 3 s, kill: u}]
      """
    let scenario = try Scenario(yaml: yaml, file: "x.yaml")
    #expect(scenario.nodes.map(\.root.id) == ["sup", "application_controller", "top"])
    #expect(
      scenario.faults.map(\.request) == [
        .stopApplication("shop", of: ChildPath([.named("b@x")])),
        .kill(ChildPath([.named("b@x"), .named("shop"), .named("s"), .named("v")])),
        .kill(ChildPath([.named("c@x"), .named("u")])),
      ])
  }

  @Test func `a worker means who is on its own node, unless it says another`() throws {
    for node in try scenario().nodes {
      let children = try #require(node.root.listedChildren)
      guard case .worker(let clerk) = children[1].content else { throw ReadingFailure() }
      #expect(clerk.calls.map(\.target) == ["desk"])
      #expect(clerk.calls.map(\.route) == [.name])
      let isOwn = node.name == "b@shop"
      #expect(clerk.casts.map(\.route) == [isOwn ? .name : .remote(NodeID(2))])
      #expect(clerk.monitors.map(\.node) == [node.name == "c@farm" ? nil : NodeID(3)])
      #expect(children[0].registeredName == "desk")
    }
  }

  @Test func `steps name a process by its node, in full or in short`() throws {
    let desk = ChildPath([.named("b@shop"), .named("desk")])
    #expect(
      try requests(
        "{at: 0, kill: b@shop/desk}, {at: 0, kill: b/desk}, {at: 0, kill: b@shop/top/desk}")
        == [.kill(desk), .kill(desk), .kill(desk)])
    #expect(
      try requests("{at: 0, kill: c@farm}, {at: 0, kill: a/crowd/crowd#2}, {at: 0, start: a/crowd}")
        == [
          .kill(ChildPath([.named("c@farm")])),
          .kill(ChildPath([.named("a@shop"), .named("crowd"), .dynamic(1)])),
          .start(ChildPath([.named("a@shop"), .named("crowd")])),
        ])
  }

  @Test(arguments: [
    ("cut: b", ScriptedRequest.cut([["b@shop"], ["a@shop", "c@farm"]])),
    ("cut: [a, c@farm]", .cut([["a@shop"], ["c@farm"]])),
    ("heal: [[a, c], [b]]", .heal([["a@shop", "c@farm"], ["b@shop"]])),
    ("heal: all", .heal([["a@shop"], ["b@shop"], ["c@farm"]])),
    ("stop_node: b", .stopNode("b@shop")), ("start_node: c@farm", .startNode("c@farm")),
  ])
  func `a step is about nodes and cables`(step: String, request: ScriptedRequest) throws {
    #expect(try requests("{at: 0, \(step)}") == [request])
  }

  @Test func `the network is as it is written`() throws {
    let network = try scenario(
      """
      network:
        latency: 5 ms
        cables: {between: [a, c], latency: 80 ms}
        connect: signal
        prevent_overlapping_partitions: false
        net_ticktime: 4 s
        net_setuptime: 7 s
      """
    ).network
    #expect(network.latency == .milliseconds(5))
    #expect(network.cables == [.init([0, 2], latency: .milliseconds(80))])
    #expect(network.connect == .signal && !network.preventsOverlaps)
    #expect(network.tickTime == .seconds(4) && network.setUpTime == .seconds(7))
  }

  @Test func `a worker takes a global name, joins groups and sends on`() throws {
    let worker = try worker(
      "global: {name: king, resolver: notify_all_name, taken: follow, lost: stop}, "
        + "joins: [pool, \"{room, 7}\"], forwards: [b/other, {global: king}], remembers: 3")
    var naming = Scenario.Worker.GlobalNaming("king")
    naming.resolver = .notifyAll
    naming.taken = .follow
    naming.lost = .stop
    #expect(worker.global == naming)
    #expect(worker.groups == ["pool", .tuple(["room", 7])])
    #expect(worker.forwards.map(\.route) == [.remote(NodeID(2)), .global("king")])
    #expect(worker.remembers == 3)
    #expect(try self.worker("global: king").global == Scenario.Worker.GlobalNaming("king"))
  }

  @Test func `a call may be survived`() throws {
    let worker = try worker("calls: [{to: other, on_failure: work}, {to: {group: pool}}]")
    #expect(worker.calls.map(\.survivesFailure) == [true, false])
    #expect(worker.calls.map(\.route) == [.name, .group("pool")])
  }

  // MARK: - Scripts

  private static let desk = ChildPath([.named("b@shop"), .named("desk")])

  private static let conditions: [Script.ClusterCondition] = [
    .connected(["a@shop", "c@farm"]), .disconnected([["a@shop"], ["b@shop", "c@farm"]]),
    .nodeUp("b@shop"), .nodeDown("c@farm"), .globalName("king", [desk]),
    .globalName(.tuple(["room", 7]), []), .leader("crown", [desk, ChildPath([.named("a@shop")])]),
    .group("pool", [ChildPath([.named("a@shop"), .named("crowd"), .dynamic(1)])]),
  ]

  private func readBack(_ cue: Script.Cue) throws -> Script.Cue {
    let text = try scenario().text(Self.three, withScript: SavedScript([.cue(cue)]))
    var read = try #require(try Scenario(yaml: text, file: "x.yaml").script.cues.first, "\(text)")
    read.line = cue.line
    return read
  }

  @Test(arguments: conditions)
  func `what is true of nodes is read back as it was written`(
    condition: Script.ClusterCondition
  ) throws {
    var cue = Script.Cue(line: 1)
    cue.wait = .cluster(condition, within: .seconds(3))
    cue.expectations = [.cluster(condition)]
    #expect(try readBack(cue) == cue)
  }

  @Test func `several things that are true are read back as they were written`() throws {
    var cue = Script.Cue(line: 1)
    cue.expectations = [
      .cluster(.globalName("king", [Self.desk])), .cluster(.globalName("queen", [])),
      .cluster(.nodeUp("a@shop")), .cluster(.nodeUp("b@shop")),
    ]
    #expect(try readBack(cue) == cue)
  }

  @Test(arguments: [
    ScriptedRequest.cut([["a@shop", "b@shop"], ["c@farm"]]), .heal([["a@shop"], ["b@shop"]]),
    .stopNode("a@shop"), .startNode("c@farm"), .kill(desk), .kill(ChildPath([.named("a@shop")])),
  ])
  func `a step about nodes is read back as it was written`(request: ScriptedRequest) throws {
    var cue = Script.Cue(line: 1)
    cue.request = request
    #expect(try readBack(cue) == cue)
  }
}
