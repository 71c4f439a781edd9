import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// What no oracle can show of a cluster: time on cables, loss under way, copies and equal runs.
struct ClusterTests {
  static let (a, b, c) = (NodeID(1), NodeID(2), NodeID(3))

  /// A process that does what it is sent, and keeps what else it hears and when.
  struct Listener: ProcessBody {
    struct Order: Sendable {
      var deed: @Sendable (inout ProcessContext) throws -> Void
    }

    var heard: [String] = []

    var behaviour: String { "listener" }

    mutating func start(_ context: inout ProcessContext) throws {
      context.trapsExits = true
    }

    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
      if let order = message.plain(as: Order.self) { return try order.deed(&context) }
      let time = Int((context.now - .zero) / .milliseconds(1))
      heard.append("\(time) \(message)")
    }

    func describeState() -> [ProcessInspection.Field] {
      heard.map { ProcessInspection.Field(name: "heard", value: $0) }
    }
  }

  /// Three nodes with a listener each.
  struct Three {
    var cluster: Cluster
    var pids: [PID] = []

    init(seed: UInt64 = 1, _ change: (inout ClusterOptions) -> Void = { _ in }) {
      var options = ClusterOptions()
      change(&options)
      cluster = Cluster(
        seed: seed, nodes: [NodeSpec("a"), NodeSpec("b"), NodeSpec("c")], options: options)
      pids = [a, b, c].compactMap { node in cluster.update(node) { $0.spawn(Listener()) } }
      cluster.runUntilQuiet()
    }

    mutating func order(
      _ pid: PID, _ deed: @escaping @Sendable (inout ProcessContext) throws -> Void
    ) {
      _ = cluster.update(pid.node) { $0.send(Listener.Order(deed: deed), to: pid) }
      cluster.runUntilQuiet()
    }

    func heard(_ pid: PID) -> [String] {
      cluster.kernel(pid.node)?.inspect(pid, mailboxLimit: 0)?.state.map(\.value) ?? []
    }
  }

  @Test func `a signal takes as long as its cable, and none overtakes when that gets faster`() {
    var three = Three { $0.latency = .milliseconds(10) }
    let (one, other) = (three.pids[0], three.pids[1])
    three.order(one) { $0.send(Term.atom("one"), to: other) }
    three.cluster.run(until: three.cluster.now + .milliseconds(25))
    three.order(one) { $0.send(Term.atom("two"), to: other) }
    three.cluster.setLatency(.zero, between: Self.a, and: Self.b)
    three.order(one) { $0.send(Term.atom("three"), to: other) }
    three.cluster.run(until: three.cluster.now + .seconds(1))
    #expect(three.heard(other) == ["30 one", "35 two", "35 three"])
  }

  @Test func `a large signal holds up what is sent after it that way, and nothing else`() {
    var three = Three { $0.bandwidth = 1000 }
    let (one, other, third) = (three.pids[0], three.pids[1], three.pids[2])
    for pid in [other, third] { three.order(one) { $0.send(Term.atom("hello"), to: pid) } }
    three.cluster.runUntilIdle()
    let start = three.cluster.now + .seconds(1)
    three.cluster.run(until: start)
    let time = Int((start - .zero) / .milliseconds(1))
    three.order(one) { context in
      context.send(Term.atom(String(repeating: "x", count: 984)), to: other)
      context.send(Term.atom("four"), to: other)
      context.send(Term.atom("four"), to: third)
    }
    three.order(other) { $0.send(Term.atom("back"), to: one) }
    three.cluster.run(until: start + .seconds(5))
    #expect(three.heard(other).last == "\(time + 1020) four")
    #expect(three.heard(other).dropLast().last?.hasPrefix("\(time + 1000) xxx") == true)
    #expect(three.heard(third).last == "\(time + 20) four")
    #expect(three.heard(one).last == "\(time + 20) back")
  }

  @Test func `a cut loses what is under way, and what comes is what was sent first`() {
    var three = Three { $0.latency = .milliseconds(10) }
    let (one, other) = (three.pids[0], three.pids[1])
    three.order(one) { $0.send(Term.atom("one"), to: other) }
    three.cluster.run(until: three.cluster.now + .seconds(1))
    three.order(one) { $0.send(Term.atom("two"), to: other) }
    three.cluster.cut([[Self.a], [Self.b]])
    three.cluster.heal([[Self.a], [Self.b]])
    three.order(one) { $0.send(Term.atom("three"), to: other) }
    three.cluster.run(until: three.cluster.now + .seconds(1))
    #expect(three.heard(other) == ["30 one", "1030 three"])
  }

  @Test func `what was sent before a disconnection still arrives, and the other end notices`() {
    var three = Three { $0.latency = .milliseconds(10) }
    let (one, other) = (three.pids[0], three.pids[1])
    three.order(other) { $0.monitorNodes(NodeMonitorOptions(tellsReason: true)) }
    three.order(one) { _ = $0.connect(to: Self.b) }
    three.cluster.run(until: three.cluster.now + .milliseconds(100))
    three.order(one) { context in
      context.send(Term.atom("last"), to: other)
      context.disconnect(from: Self.b)
    }
    #expect(three.cluster.kernel(Self.a)?.nodes() == [])
    #expect(three.cluster.kernel(Self.b)?.nodes() == [Self.a])
    three.cluster.run(until: three.cluster.now + .seconds(1))
    #expect(
      three.heard(other) == [
        "20 {nodeup,a,[]}", "110 last",
        "110 {nodedown,a,[{nodedown_reason,connection_closed}]}",
      ])
  }

  @Test func `silence is noticed by each end for itself, and sends are lost until then`() {
    var three = Three { $0.noticing = .ticks(.seconds(60)) }
    let (one, other) = (three.pids[0], three.pids[1])
    for pid in [one, other] {
      three.order(pid) { $0.monitorNodes(NodeMonitorOptions(tellsReason: true)) }
    }
    three.order(one) { _ = $0.connect(to: Self.b) }
    three.cluster.cut([[Self.a], [Self.b]])
    three.order(one) { $0.send(Term.atom("lost"), to: other) }
    three.cluster.runUntilIdle()
    let ends = [one, other].map { three.heard($0).last ?? "" }
    #expect(ends.allSatisfy { $0.hasSuffix("[{nodedown_reason,net_tick_timeout}]}") })
    let times = ends.compactMap { Int($0.prefix { $0 != " " }) }
    #expect(times.allSatisfy { (45_000...75_000).contains($0) })
    #expect(Set(times).count == 2)
    #expect(!three.heard(other).contains { $0.hasSuffix("lost") })
  }

  @Test func `who connects anew finds an end that has not noticed, which then loses the old one`() {
    var three = Three { $0.noticing = .ticks(.seconds(60)) }
    let (one, other) = (three.pids[0], three.pids[1])
    three.order(other) { context in
      context.monitorNodes()
      try context.link(one)
    }
    three.cluster.cut([[Self.a], [Self.b]])
    three.cluster.run(until: three.cluster.now + .milliseconds(1))
    three.cluster.heal([[Self.a], [Self.b]])
    three.order(one) { $0.disconnect(from: Self.b) }
    three.order(one) { $0.send(Term.atom("new"), to: other) }
    #expect(
      three.heard(other) == [
        "0 {nodeup,a}", "1 EXIT \(one) noconnection", "1 {nodedown,a}", "1 {nodeup,a}", "1 new",
      ])
  }

  @Test func `a node behind a cut cable is given up after the time to set up`() {
    var three = Three { $0.setUpTime = .seconds(7) }
    let (one, other) = (three.pids[0], three.pids[1])
    three.cluster.cut([[Self.a], [Self.b]])
    three.order(one) { _ = $0.monitor(other) }
    #expect(three.heard(one).isEmpty)
    three.cluster.runUntilIdle()
    #expect(three.heard(one) == ["7000 DOWN \(other) noconnection"])
  }

  @Test func `after a loss nobody connects by a signal where once is said`() {
    var three = Three { $0.autoConnect = .once }
    let (one, other) = (three.pids[0], three.pids[1])
    three.order(one) { $0.send(Term.atom("one"), to: other) }
    three.order(one) { $0.disconnect(from: Self.b) }
    three.order(one) { $0.send(Term.atom("two"), to: other) }
    #expect(three.heard(other) == ["0 one"])
    three.order(one) { _ = $0.connect(to: Self.b) }
    three.order(one) { $0.send(Term.atom("three"), to: other) }
    #expect(three.heard(other) == ["0 one", "0 three"])
  }

  @Test func `the processes of an earlier life of a node are nobody's`() {
    var three = Three()
    let (one, old) = (three.pids[0], three.pids[1])
    three.order(one) { _ = $0.monitor(old) }
    three.cluster.stop(Self.b)
    three.cluster.runUntilQuiet()
    three.cluster.start(Self.b)
    let new = three.cluster.update(Self.b) { $0.spawn(Listener()) }
    three.order(one) { context in
      _ = context.monitor(old)
      context.send(Term.atom("to the old one"), to: old)
    }
    #expect(new.map(three.heard) == [])
    #expect(three.heard(one) == ["0 DOWN \(old) noconnection", "0 DOWN \(old) noproc"])
  }

  @Test func `the same seed gives the same events, and a copy changes nothing of the original`() {
    func run(_ three: inout Three) -> [String] {
      let pids = three.pids
      for (index, pid) in pids.enumerated() {
        three.order(pid) { try $0.link(pids[(index + 1) % 3]) }
      }
      three.cluster.cut([[Self.a], [Self.b, Self.c]])
      three.cluster.runUntilIdle()
      three.cluster.stop(Self.c)
      three.cluster.runUntilIdle()
      return three.cluster.takeEvents().map { "\($0)" }
    }
    var (first, second) = (
      Three(seed: 7) { $0.noticing = .ticks(.seconds(60)) },
      Three(seed: 7) { $0.noticing = .ticks(.seconds(60)) }
    )
    var copy = first
    let events = run(&first)
    #expect(events == run(&second))
    #expect(events == run(&copy))
    #expect(first.cluster.running == [Self.a, Self.b])
  }

  @Test func `an event has a number of its own, and names its cause on another node`() throws {
    var three = Three()
    let (one, other) = (three.pids[0], three.pids[1])
    three.order(one) { $0.kill(other) }
    let events = three.cluster.takeEvents()
    #expect(Set(events.map(\.id)).count == events.count)
    let death = try #require(events.first { $0.kind == .process(other, .exited(.killed)) })
    var chain: [Event.ID] = []
    var next = death.cause
    while let id = next {
      chain.append(id)
      next = events.first { $0.id == id }?.cause
    }
    let sent = try #require(
      events.first {
        $0.kind == .signal(.exitSent(from: one, to: other, reason: .kill, isLink: false))
      })
    #expect(chain.contains(sent.id))
  }
}
