import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import Testing

/// Workers on several nodes do what their file says.
@Suite struct ScenarioClusterTests {
  // MARK: - Messages

  @Test func `what is sent over a cut cable is lost, and nothing is sent again`() throws {
    let run = try ClusterRun(
      a: "{worker: writer, forwards: b/reader}", b: "{worker: reader, remembers: 5}",
      network: "{latency: 10 ms}",
      faults: """
        [{at: 1 s, send: a/writer, message: one}, {at: 2 s, cut: [a, b]},
         {at: 3 s, send: a/writer, message: two}, {at: 4 s, heal: all},
         {at: 5 s, send: a/writer, message: three}]
        """, seconds: 6)
    #expect(run.field("received", of: "reader", on: 2) == "one, three")
    #expect(run.exits(of: "writer", on: 1).isEmpty)
  }

  @Test func `a worker remembers as many messages as it says`() throws {
    let run = try ClusterRun(
      a: "{worker: w, casts: {to: b/reader, every: 100 ms, message: m}}",
      b: "{worker: reader, remembers: 2}", seconds: 1.05)
    #expect(run.field("received", of: "reader", on: 2) == "{m,9}, {m,10}")
  }

  @Test(arguments: [
    ("stop", ["{{nodedown,b@x},{gen_server,call,[{desk,b@x},{request,2}]}}"], String?.none),
    ("work", [], "{{nodedown,b@x},{gen_server,call,[{desk,b@x},{request,2},5000]}}"),
  ])
  func `a call over a cut cable ends its caller, unless that says otherwise`(
    onFailure: String, exits: [String], failure: String?
  ) throws {
    let run = try ClusterRun(
      a: "{worker: clerk, calls: {to: b/desk, every: 1 s, on_failure: \(onFailure)}}",
      b: "{worker: desk}", faults: "[{at: 1500 ms, cut: all}]", seconds: 2.2)
    #expect(run.exits(of: "clerk", on: 1) == exits)
    #expect(run.field("last failed call", of: "clerk", on: 1) == failure)
  }

  @Test func `a call to a group reaches its members by chance, a cast to all of it everybody`()
    throws
  {
    let member = "{worker: m1, joins: pool}, {worker: m2, joins: [pool, \"{room, 7}\"]}"
    let run = try ClusterRun(
      a: member + ", {worker: c, calls: {to: {group: pool}, every: 20 ms}, joins: pool}",
      b: member + ", {worker: d, casts: {to: {all_of: \"{room, 7}\"}, every: 500 ms}}", seconds: 4)
    for (id, node) in [("m1", 1), ("m2", 1), ("m1", 2), ("m2", 2)] as [(String, UInt32)] {
      let count = try #require(run.field("messages", of: id, on: node).flatMap { Int($0) })
      #expect((20...80).contains(count), "\(id) of \(node)")
    }
    #expect(run.exits(of: "c", on: 1).isEmpty)
  }

  // MARK: - Links and monitors

  @Test func `a link and a monitor to another node fire when the cable is cut`() throws {
    let run = try ClusterRun(
      a: """
        {worker: linked, traps_exits: true, links: {process: b/desk, on_exit: stop}},
        {worker: watcher, monitors: {process: b/desk, on_down: stop}}
        """, b: "{worker: desk}, {worker: late, links: a/linked}", network: "{latency: 5 ms}",
      faults: "[{at: 1 s, cut: all}]", seconds: 1.5)
    #expect(run.exits(of: "watcher", on: 1).first == "noconnection")
    #expect(run.exits(of: "linked", on: 1).first == "noconnection")
    #expect(run.exits(of: "desk", on: 2).first == "noconnection")
  }

  @Test func `the link with a process that is not there fires`() throws {
    let run = try ClusterRun(
      a: "{worker: linked, restart: temporary, links: b/desk}",
      b: "{worker: desk, start: {ignores: always}}", seconds: 1)
    #expect(run.exits(of: "linked", on: 1) == ["noproc"])
  }

  // MARK: - Global names

  @Test func `a global name that is taken fails the start`() throws {
    let king = "{worker: king, restart: temporary, global: king}"
    let run = try ClusterRun(a: king, b: king, seconds: 1)
    #expect(run.failedStarts(of: "king", on: 1).isEmpty)
    let owner = try #require(run.pids(of: "king", on: 1).first)
    #expect(run.failedStarts(of: "king", on: 2) == ["{already_started,\(owner)}"])
  }

  @Test func `whoever follows takes the name when its owner is gone`() throws {
    let king = "{worker: king, global: {name: king, taken: follow}}"
    let run = try ClusterRun(a: king, b: king, faults: "[{at: 1 s, terminate: a/king}]", seconds: 2)
    #expect(run.field("global name", of: "king", on: 2) == "king, held")
  }

  @Test(arguments: [
    ("random_exit_name", "work", "king, held", "king, waited for", ["killed"]),
    ("random_notify_name", "work", "king, held", "king, lost", []),
    ("random_notify_name", "follow", "king, held", "king, waited for", []),
    (
      "random_notify_name", "stop", "king, held", "king, waited for",
      ["{global_name_conflict,king}"]
    ),
    ("notify_all_name", "work", "king, lost", "king, lost", []),
  ])
  func `a name that two have is decided when their nodes meet`(
    resolver: String, lost: String, first: String, second: String, exits: [String]
  ) throws {
    let king = """
      {worker: king, global: {name: king, resolver: \(resolver), taken: follow, lost: \(lost)}}
      """
    let run = try ClusterRun(
      a: king + ", {worker: herald, forwards: b/box}", b: king + ", {worker: box}",
      faults: "[{at: 1 s, cut: all}, {at: 2 s, heal: all}, {at: 3 s, send: herald}]", seconds: 4)
    #expect(run.field("global name", of: "king", on: 1) == first)
    #expect(run.field("global name", of: "king", on: 2) == second)
    #expect(run.exits(of: "king", on: 1).isEmpty)
    #expect(run.exits(of: "king", on: 2) == exits)
    let conflicts = run.nodeEvents.filter {
      if case .globalNameConflict = $0 { true } else { false }
    }
    #expect(conflicts.count == 1)
  }

  // MARK: - Leaders

  @Test(arguments: [("false", "1"), ("true", "100")])
  func `after a partition the smallest leads, or the majority where it must`(
    majority: String, number: String
  ) throws {
    let run = try ClusterRun(
      yaml: """
        nodes: [a@x, b@x, c@x]
        tree:
          supervisor: top
          children: [{worker: counter, leads: {heartbeat: 1 s, majority: \(majority)}}]
        faults:
          - {at: 2 s, cut: a}
          - {at: 4 s, send: a/counter, message: 1}
          - {at: 5 s, send: c/counter, message: 100}
          - {at: 6 s, heal: all}
        """, seconds: 20)
    for node in UInt32(1)...3 {
      #expect(run.field("number", of: "counter", on: node) == number)
    }
  }

  @Test func `an order to the leader goes through the own node, and all take over its number`()
    throws
  {
    let counter = "{worker: counter, leads: true}"
    let run = try ClusterRun(
      a: counter,
      b: counter + """
        , {worker: c, calls: {to: {leader: counter}, every: 1 s}}
        , {worker: d, casts: {to: {leader: counter}, every: 1 s}}
        """, seconds: 10.5)
    #expect(run.field("number", of: "counter", on: 1) == "20")
    #expect(run.field("number", of: "counter", on: 2) == "20")
  }

  // MARK: - Nodes

  @Test func `a node that is stopped is gone, and comes back with its tree`() throws {
    var run = try ClusterRun(
      a: "{worker: w}", b: "{worker: w, state: {seen: +1}}",
      faults: "[{at: 1 s, stop_node: b}, {at: 2 s, kill: b/w}, {at: 3 s, start_node: b}]",
      seconds: 2.5)
    #expect(run.machine.processes.allSatisfy { $0.node == NodeID(1) })
    #expect(run.captions == ["the script found nobody at b@x/w"])
    run.run(until: 4)
    #expect(run.pids(of: "w", on: 2).count == 2)
    #expect(run.exits(of: "w", on: 2).isEmpty)
    let pid = try #require(run.pids(of: "w", on: 2).last)
    #expect(run.machine.inspect(pid) != nil)
    run.run(until: 5)
    #expect(run.nodeEvents.filter { $0 == .connected(NodeID(2), isHidden: false) }.count == 2)
  }

  @Test(arguments: [("start", 1), ("signal", 0)])
  func `nodes connect when they start, or by the first signal`(when: String, count: Int) throws {
    var run = try ClusterRun(
      a: "{worker: w, casts: {to: b/v, every: 2 s}}", b: "{worker: v}",
      network: "{connect: \(when)}", seconds: 1)
    let connected = NodeEvent.connected(NodeID(2), isHidden: false)
    #expect(run.nodeEvents.filter { $0 == connected }.count == count)
    run.run(until: 3)
    #expect(run.nodeEvents.filter { $0 == connected }.count == 1)
  }

  @Test(arguments: [("true", 2), ("false", 1)])
  func `a node that has lost one connection is left by all, if that is so`(
    protected: String, count: Int
  ) throws {
    let run = try ClusterRun(
      yaml: """
        nodes: [a@x, b@x, c@x]
        tree: {supervisor: top, children: [{worker: w}]}
        network: {prevent_overlapping_partitions: \(protected)}
        faults: [{at: 1 s, cut: [a, b]}]
        """, seconds: 2)
    let losses = run.events.filter { event in
      if case .node(NodeID(1), .disconnected) = event.kind { true } else { false }
    }
    #expect(losses.count == count)
  }

  @Test func `a cut is noticed by ticks, at each end for itself`() throws {
    let run = try ClusterRun(
      a: "{worker: w}", b: "{worker: w}", network: "{net_ticktime: 4 s}",
      faults: "[{at: 1 s, cut: all}]", seconds: 10)
    let losses = run.events.compactMap { event -> Double? in
      guard case .node(_, .disconnected) = event.kind else { return nil }
      return Double(event.instant.nanoseconds) / 1e9
    }
    #expect(losses.count == 2)
    #expect(losses.allSatisfy { (4.0...6.0).contains($0) })
    #expect(Set(losses).count == 2)
  }

  @Test func `a node may be hidden, or start later`() throws {
    let run = try ClusterRun(
      yaml: """
        nodes: [a@x, {node: b@x, hidden: true}, {node: c@x, starts: false}]
        tree: {supervisor: top, children: [{worker: w}]}
        faults: [{at: 1 s, start_node: c}]
        """, seconds: 2)
    #expect(run.pids(of: "w", on: 3).count == 1)
    #expect(run.nodeEvents.contains(.started(name: "b@x", isHidden: true)))
    let hidden = run.nodeEvents.filter { $0 == .connected(NodeID(2), isHidden: true) }
    #expect(hidden.isEmpty)
  }

  @Test func `a node may have applications, which are started and stopped there`() throws {
    let run = try ClusterRun(
      yaml: """
        nodes: [a@x, b@x]
        applications:
          - {application: shop, restart: temporary, tree: {supervisor: sup, children: [{worker: w}]}}
        faults: [{at: 1 s, stop_app: b/shop}]
        """, seconds: 2)
    #expect(run.exits(of: "w", on: 1).isEmpty)
    #expect(run.exits(of: "w", on: 2) == ["shutdown"])
  }
}
