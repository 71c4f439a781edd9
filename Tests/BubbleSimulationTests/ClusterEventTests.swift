import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// What a cluster tells of its nodes, and what it does when it is asked.
struct ClusterEventTests {
  private static let (a, b, c) = (Country.a, Country.b, Country.c)

  @Test func `each node tells once that it has started, and with whom it is connected`() {
    #expect(
      Country().told().sorted() == [
        "a@shop connected b@shop", "a@shop connected c@shop", "a@shop started",
        "b@shop connected a@shop", "b@shop connected c@shop", "b@shop started",
        "c@shop connected a@shop", "c@shop connected b@shop", "c@shop started",
      ])
  }

  @Test func `a start comes before anything else of its node, and its processes follow from it`() {
    let events = Country().events
    #expect(events.first?.kind == .node(Self.a, .started(name: "a@shop", isHidden: false)))
    for node in [Self.a, Self.b, Self.c] {
      let first = events.first { $0.kind.pid?.node == node }
      #expect(first?.kind.name == "node_started")
    }
  }

  @Test func `nothing is told of name servers, groups and the server of remote calls`() {
    let country = Country { $0.registeringGlobally("king", $0.pid) }
    let pids = country.events.compactMap { event -> PID? in
      if case .node = event.kind { nil } else { event.kind.pid }
    }
    #expect(!pids.isEmpty)
    #expect(Set(pids).isSubset(of: country.citizens))
  }

  @Test func `messages of the system are not told either`() {
    var country = Country()
    country.cluster.eventLevel = .messages
    let count = country.events.count
    country.order(Self.a) { $0.registeringGlobally("king", $0.pid) }
    let told = country.events[count...].map(\.kind)
    #expect(told.contains { $0.name == "message_handled" })
    #expect(
      told.allSatisfy { kind in
        guard case .message(let event) = kind else { return true }
        return country.citizens.contains(event.pid)
      })
  }

  @Test func `a cut is told once for each cable, and each loss leads back to it`() throws {
    var country = Country()
    let count = country.events.count
    country.ask(.network(.cut([[Self.c], [Self.a, Self.b]])))
    #expect(
      country.told(since: count) == [
        "cut a@shop|c@shop", "cut b@shop|c@shop",
        "a@shop lost c@shop: connection_closed", "b@shop lost c@shop: connection_closed",
        "c@shop lost a@shop: connection_closed", "c@shop lost b@shop: connection_closed",
      ])
    for event in country.events[count...] where event.kind.name == "node_disconnected" {
      #expect(country.chain(from: event) == ["node_disconnected", "cable_cut", "requested"])
    }
  }

  @Test func `a loss that is noticed late leads back to the cut, too`() throws {
    var country = Country(noticing: .ticks(.seconds(60)))
    let count = country.events.count
    country.ask(.network(.cut([[Self.a], [Self.b]])))
    #expect(country.told(since: count) == ["cut a@shop|b@shop"])
    country.cluster.runUntilIdle()
    country.settle()
    let losses = country.events[count...].filter { $0.kind.name == "node_disconnected" }
    #expect(losses.count == 2)
    for loss in losses {
      #expect(country.chain(from: loss) == ["node_disconnected", "cable_cut", "requested"])
    }
  }

  @Test func `whom the protection against overlaps isolates leads back to the cut`() {
    var country = Country(preventsOverlaps: true)
    let count = country.events.count
    country.ask(.network(.cut([[Self.a], [Self.b]])))
    let losses = country.events[count...].filter { $0.kind.name == "node_disconnected" }
    #expect(losses.count == 6)
    for loss in losses {
      #expect(country.chain(from: loss).suffix(2) == ["cable_cut", "requested"])
    }
  }

  @Test func `a node that stops is told, its processes are not, and who loses it knows why`() {
    var country = Country()
    let count = country.events.count
    country.ask(.node(Self.b, .stop))
    #expect(
      country.told(since: count) == [
        "b@shop stopped", "a@shop lost b@shop: connection_closed",
        "c@shop lost b@shop: connection_closed",
      ])
    #expect(!country.events[count...].contains { $0.kind.name == "process_exited" })
    for event in country.events[count...] where event.kind.name == "node_disconnected" {
      #expect(country.chain(from: event) == ["node_disconnected", "node_stopped", "requested"])
    }
  }

  @Test func `a node that is started again leads back to who asked for it`() throws {
    var cluster = Cluster(seed: 1, nodes: [NodeSpec("a@shop"), NodeSpec("b@shop")]) { kernel in
      GlobalNameServer.start(on: &kernel)
      _ = kernel.spawn(Citizen { _ in .value(true) })
    }
    cluster.runUntilQuiet()
    let first = cluster.takeEvents().map(\.kind.name)
    #expect(first == ["node_started", "process_spawned", "node_started", "process_spawned"])
    cluster.apply(.node(Self.b, .stop))
    cluster.apply(.node(Self.b, .start))
    cluster.runUntilQuiet()
    let events = cluster.takeEvents()
    #expect(
      events.map(\.kind.name)
        == ["requested", "node_stopped", "requested", "node_started", "process_spawned"])
    #expect(events[4].cause == events[3].id)
    #expect(events[3].cause == events[2].id)
  }

  static let refusals: [([ControlRequest], String)] = [
    ([.node(b, .start)], "already_started"),
    ([.node(b, .stop), .node(b, .stop)], "nodedown"),
    ([.node(NodeID(9), .stop)], "no_such_node"),
    ([.node(b, .stop), .process(PID(4, node: b), .kill)], "nodedown"),
    ([.process(PID(4, node: NodeID(9)), .kill)], "no_such_node"),
    ([.process(PID(99, node: b), .kill)], "noproc"),
    ([.network(.heal([[a], [b]]))], "not_cut"),
    ([.network(.cut([[a], [b]])), .network(.cut([[b], [a]]))], "already_cut"),
    ([.network(.cut([[a, b]]))], "no_cable"),
    ([.network(.cut([[a], [NodeID(9)]]))], "no_such_node"),
  ]

  @Test(arguments: refusals)
  func `what cannot be done is told as refused, and why`(
    requests: [ControlRequest], reason: String
  ) throws {
    var country = Country()
    for request in requests { country.ask(request) }
    let refused = try #require(country.events.last { $0.kind.name == "request_refused" })
    let request = try #require(requests.last)
    #expect(refused.kind == .requestRefused(by: request.pid, reason: .atom(reason)))
    #expect(country.chain(from: refused) == ["request_refused", "requested"])
  }

  @Test func `a global name is told where its process lives, once, and a conflict by who decides`()
  {
    var country = Country()
    country.ask(.network(.cut([[Self.a], [Self.b, Self.c]])))
    let count = country.events.count
    for node in [Self.a, Self.c] {
      country.order(node) { $0.registeringGlobally("king", $0.pid) }
    }
    let (one, other) = (country.citizens[0], country.citizens[2])
    #expect(country.told(since: count) == ["\(one) is king", "\(other) is king"])
    country.ask(.network(.heal([[Self.a], [Self.b, Self.c]])))
    let healed = country.events.count
    country.order(Self.a) { $0.connecting(to: Self.c) }
    let told = country.told(since: healed).filter { $0.contains("king") }
    #expect(
      told == ["a@shop: king stays with \(one), not \(other)", "\(other) is not king"])
    let death = country.events.last { $0.kind == .process(other, .exited(.killed)) }
    #expect(
      death.map(country.chain)?.prefix(4) == [
        "process_exited", "exit_signal_sent", "exit_signal_sent", "global_name_conflict",
      ])
  }

  @Test func `a name is released when its process unregisters it or ends`() {
    var country = Country { $0.registeringGlobally(.pid($0.pid), $0.pid) }
    let count = country.events.count
    let (one, other) = (country.citizens[0], country.citizens[1])
    country.order(Self.a) { $0.unregisteringGlobally(.pid($0.pid)) }
    country.ask(.process(other, .kill))
    #expect(
      country.told(since: count) == ["\(one) is not \(one)", "\(other) is not \(other)"])
  }

  @Test func `members of groups are told where they live, once for each time`() throws {
    var country = Country()
    let count = country.events.count
    let (one, other) = (country.citizens[0], country.citizens[1])
    for _ in 1...2 { country.order(Self.a) { try $0.joining("choir", [$0.pid]).map { _ in true } } }
    country.order(Self.b) { try $0.joining("choir", [$0.pid]).map { _ in true } }
    country.order(Self.a) { try $0.leaving("choir", [$0.pid]) }
    country.ask(.process(other, .kill))
    #expect(
      country.told(since: count) == [
        "\(one) joined choir", "\(one) joined choir", "\(other) joined choir", "\(one) left choir",
        "\(other) left choir",
      ])
  }
}
