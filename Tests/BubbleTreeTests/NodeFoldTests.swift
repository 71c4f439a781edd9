import BubbleEvents
import BubbleTestSupport
import Testing

@testable import BubbleTree

@Suite struct NodeFoldTests {
  private let names = ["a@shop", "b@shop", "c@shop"]

  private func tree(_ story: ClusterStory) -> ProcessTree {
    story.events.reduce(into: ProcessTree()) { tree, event in tree.fold(event) }
  }

  private func lines(_ story: ClusterStory) -> [String] {
    var tree = ProcessTree()
    var lines: [String] = []
    for event in story.events {
      tree.fold(event)
      guard let line = tree.narrate(event) else { continue }
      lines.append((line.spans + line.right).map(\.text).joined())
    }
    return lines
  }

  @Test func `each node is a root and its tree lies below`() throws {
    let tree = tree(ClusterStory(nodes: names))
    #expect(tree.roots.map { tree[$0].name } == names)
    let node = tree[tree.roots[1]]
    #expect(node.node == NodeID(2) && node.pid == NodeID(2).pid && node.state == .running)
    let root = tree[try #require(node.children.first)]
    #expect(root.children.map { tree[$0].name } == ["king", "desk", "till"])
    #expect(tree.slot(of: NodeID(2)) == node.id)
    #expect(tree.nodeSlot(around: root.children[0]) == node.id)
  }

  @Test func `a node is in no count`() {
    let tree = tree(ClusterStory(nodes: names))
    #expect(tree.count(of: .running) == 12)
    #expect(tree.aliveCount == 12)
    #expect(!tree.isOver)
  }

  @Test func `a stopped node takes its processes along and keeps their places`() throws {
    var story = ClusterStory(nodes: names)
    let before = tree(story)
    let king = try #require(before.slot(of: story.pid(0, "king")))
    let request = story.ask(.node(NodeID(1), .stop))
    story.stop(NodeID(1), because: request)
    let after = tree(story)
    #expect(after.aliveCount == 8)
    #expect(after[after.roots[0]].pid == nil && after[after.roots[0]].state == .stopped)
    #expect(after[king].pid == nil && after[king].state == .stopped)
    #expect(after[king].lives.last?.end == story.now && after[king].lives.last?.reason == nil)
    #expect(after.cluster[NodeID(1)]?.peers == [])
    #expect(!after.cluster.isConnected(NodeID(2), with: NodeID(1)))
    #expect(!after.isOver)

    story.start(NodeID(1), because: story.ask(.node(NodeID(1), .start)))
    let again = tree(story)
    #expect(again.aliveCount == 12)
    #expect(again[king].life == 2 && again[king].pid == story.pid(0, "king"))
    #expect(again[again.roots[0]].life == 2)
    #expect(again.placeCount == before.placeCount)
  }

  @Test func `cables and connections are known apart`() {
    var story = ClusterStory(nodes: names)
    let request = story.ask(.network(.cut([[NodeID(1)], [NodeID(2)]])))
    story.cut(NodeID(1), from: [NodeID(2)], by: request)
    var cluster = tree(story).cluster
    let cable = ClusterFacts.Cable(NodeID(2), NodeID(1))
    #expect(cluster.cuts == [cable])
    #expect(cluster[NodeID(1)]?.peers == [NodeID(3)])
    #expect(cluster[NodeID(2)]?.peers == [NodeID(3)])
    story.post(.node(NodeID(1), .cableHealed(NodeID(2))))
    cluster = tree(story).cluster
    #expect(cluster.cuts.isEmpty)
    #expect(!cluster.isConnected(NodeID(1), with: NodeID(2)))
  }

  @Test func `whoever holds a name or leads is crowned`() throws {
    var story = ClusterStory(nodes: names)
    let (one, two) = (story.pid(0, "king"), story.pid(1, "king"))
    story.post(.node(NodeID(1), .globalNameRegistered("leader", one)))
    story.post(.node(NodeID(2), .leaderElected("crown", two, fence: 3)))
    story.post(.node(NodeID(2), .groupJoined("desks", two)))
    var cluster = tree(story).cluster
    #expect(cluster.offices == [one: [.globalName("leader")], two: [.leads("crown", fence: 3)]])
    #expect(cluster.groups == [two: ["desks"]])

    story.post(.node(NodeID(2), .leaderSurrendered("crown", two, to: one)))
    story.post(.node(NodeID(2), .groupLeft("desks", two)))
    story.post(.process(one, .exited(.killed)))
    cluster = tree(story).cluster
    #expect(cluster.offices.isEmpty && cluster.groups.isEmpty)
  }

  @Test func `a conflict leaves the name with one`() {
    var story = ClusterStory(nodes: names)
    let (one, two) = (story.pid(0, "king"), story.pid(1, "king"))
    story.post(.node(NodeID(1), .globalNameRegistered("leader", one)))
    story.post(.node(NodeID(2), .globalNameRegistered("leader", two)))
    story.settle("leader", kept: one, lost: two, "king", because: nil)
    #expect(tree(story).cluster.offices == [one: [.globalName("leader")]])
  }

  @Test func `a child on another node outlives the node of its supervisor`() throws {
    var story = ClusterStory(nodes: names)
    let supervisor = story.pid(0, "sup")
    let child = ChildDescription(
      id: "remote", restart: .permanent, shutdown: .timeout(5000), kind: .worker,
      isSignificant: false)
    let pid = PID(77, node: NodeID(2))
    story.post(.supervisor(supervisor, .childSpecified(child, position: 3)))
    story.post(.child(of: supervisor, "remote", .starting))
    story.post(.process(pid, .spawned(parent: supervisor, behaviour: "gen_server")))
    story.post(.child(of: supervisor, "remote", .started(pid)))
    story.stop(NodeID(1), because: nil)
    let tree = tree(story)
    let slot = try #require(tree.slot(of: pid))
    #expect(tree.nodeSlot(around: slot) == tree.slot(of: NodeID(2)))
    #expect(tree.orphanCount == 1)
  }

  @Test func `words name the nodes`() {
    var story = ClusterStory(nodes: names)
    let told = lines(story).count
    let request = story.ask(.network(.cut([[NodeID(1)], [NodeID(2)]])))
    story.cut(NodeID(1), from: [NodeID(2)], by: request)
    let king = story.pid(1, "king")
    story.post(.node(NodeID(2), .leaderElected("crown", king, fence: 3)))
    #expect(
      Array(lines(story).dropFirst(told)) == [
        "you pressed x: cut between a@shop and b@shop",
        "the cable a@shop – b@shop is cut← you pressed x",
        "a@shop lost b@shop (cable cut)← the cable was cut",
        "b@shop lost a@shop (cable cut)← the cable was cut",
        "leader of crown is now b/king <2.2> with fencing number 3",
      ])
  }

  @Test func `causes go across nodes`() {
    var story = ClusterStory(nodes: ["b@shop", "e@shop"])
    let request = story.ask(.network(.heal([[NodeID(1)], [NodeID(2)]])))
    let healed = story.post(.node(NodeID(1), .cableHealed(NodeID(2))), because: request)
    let met = story.post(
      .node(NodeID(1), .connected(NodeID(2), isHidden: false)), because: healed)
    let told = lines(story).count
    story.settle(
      "leader", kept: story.pid(0, "king"), lost: story.pid(1, "king"), "king", because: met)
    #expect(
      Array(lines(story).dropFirst(told).prefix(2)) == [
        "two leader: b/king <1.2> keeps it, e/king <2.2> loses it← b@shop and e@shop connected",
        "e/king <2.2> exited: killed← two leader",
      ])
  }

  @Test func `a plan says who loses whom and who leads`() throws {
    var story = ClusterStory(nodes: names)
    let (one, two) = (story.pid(0, "king"), story.pid(1, "king"))
    story.post(.node(NodeID(1), .globalNameRegistered("leader", one)))
    let before = tree(story)
    let count = story.events.count
    let request = ControlRequest.network(.cut([[NodeID(1)], [NodeID(2), NodeID(3)]]))
    story.cut(NodeID(1), from: [NodeID(2), NodeID(3)], by: story.ask(request))
    story.post(.node(NodeID(2), .globalNameRegistered("leader", two)))
    let ahead = Array(story.events.dropFirst(count))
    var plan = Plan(tree: before, request: request, events: ahead)
    #expect(plan.target == before.slot(of: NodeID(1)))
    #expect(
      Set(plan.outcomes.map(\.outcome)) == [
        .lost(NodeID(1), NodeID(2)), .lost(NodeID(2), NodeID(1)), .lost(NodeID(1), NodeID(3)),
        .lost(NodeID(3), NodeID(1)),
        .office(title: "leader", before: ["a/king"], after: ["a/king", "b/king"]),
      ])
    #expect(plan.untouched == 12)
    var tree = before
    for event in ahead {
      #expect(!plan.isComplete)
      tree.fold(event)
      plan.fold(event, in: tree)
    }
    #expect(plan.isComplete)
  }

  @Test func `a plan counts those who are gone with their node`() {
    var story = ClusterStory(nodes: names)
    let before = tree(story)
    let count = story.events.count
    let request = ControlRequest.node(NodeID(2), .stop)
    story.stop(NodeID(2), because: story.ask(request))
    let plan = Plan(tree: before, request: request, events: Array(story.events.dropFirst(count)))
    #expect(
      plan.stops.map { before.fullName(of: $0.slot) } == ["b/Sup", "b/king", "b/desk", "b/till"])
    #expect(plan.untouched == 8)
    #expect(plan.targetReason == nil)
  }

  @Test func `the epilogue counts cuts and stops`() {
    var story = ClusterStory(nodes: names)
    var epilogue = Epilogue()
    story.cut(NodeID(1), from: [NodeID(2), NodeID(3)], by: story.ask(.network(.cut([]))))
    story.stop(NodeID(3), because: nil)
    var tree = ProcessTree()
    for event in story.events {
      tree.fold(event)
      epilogue.fold(event, in: tree)
    }
    #expect(
      epilogue.sentences(in: tree, at: story.now)
        == ["1 other action, 2 cables cut, 1 node stopped"])
  }

  @Test func `diagrams show nodes and cables`() {
    var story = ClusterStory(nodes: ["a@shop", "b@shop"], workers: ["king"])
    story.post(.node(NodeID(1), .globalNameRegistered("leader", story.pid(0, "king"))))
    story.cut(NodeID(1), from: [NodeID(2)], by: story.ask(.network(.cut([]))))
    let text = mermaid(of: tree(story), title: "shop")
    #expect(text.contains("p0[[\"a#64;shop<br/>node, running\"]]"))
    #expect(text.contains("global name leader"))
    #expect(text.contains("-.-|cut| "))
    let graph = graphviz(of: tree(story), title: "shop")
    #expect(graph.contains("shape=box3d"))
    #expect(graph.contains("[dir=none constraint=false label=\"cut\" color=\"#c62828\""))
  }
}
