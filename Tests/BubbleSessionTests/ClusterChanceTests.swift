import BubbleEvents
import BubbleKernel
@testable import BubbleSession
import BubbleSimulation
import Testing

/// What holds of every cluster, whatever is done to it by chance.
struct ClusterChanceTests {
  /// What is asked of a cluster one after the other, and how long it runs before.
  private struct Course {
    var steps: [(wait: Duration, request: ControlRequest)] = []

    init(seed: UInt64) {
      var chance = SplitMix64(seed: seed)
      let nodes = ClusterUnderTest.nodes
      for _ in 0..<Int.random(in: 3...12, using: &chance) {
        let one = nodes[Int.random(in: 0..<3, using: &chance)]
        let others = nodes.filter { $0 != one }
        let sides = Bool.random(using: &chance) ? [[one], others] : [[one], [others[0]]]
        let number = UInt32.random(in: 1...30, using: &chance)
        let requests: [ControlRequest] = [
          .network(.cut(sides)), .network(.heal(sides)), .node(one, .stop), .node(one, .start),
          .process(PID(number, node: one), .kill),
        ]
        let wait = Duration.milliseconds(Int.random(in: 0...400, using: &chance))
        steps.append((wait, requests[Int.random(in: 0..<requests.count, using: &chance)]))
      }
    }

    /// Takes a machine along it.
    func run(_ machine: inout SimulatedSubject) -> [Event] {
      func pass(_ span: Duration) {
        let end = machine.now + span
        while machine.advance(to: end) != .idle {}
      }
      for step in steps {
        pass(step.wait)
        machine.apply(step.request, by: .someone)
      }
      pass(.seconds(1))
      return machine.takeEvents()
    }
  }

  /// What the events so far say of nodes, checked at each.
  private struct Account {
    private var running: Set<NodeID> = []
    private var connected: Set<[NodeID]> = []
    private var cut: Set<[NodeID]> = []
    private(set) var alive: Set<PID> = []
    private(set) var faults: [String] = []

    private mutating func expect(_ isTrue: Bool, _ event: Event) {
      if !isTrue { faults.append("\(event)") }
    }

    mutating func follow(_ event: Event) {
      switch event.kind {
      case .node(let node, .started): expect(running.insert(node).inserted, event)
      case .node(let node, .stopped):
        expect(running.remove(node) != nil, event)
        alive = alive.filter { $0.node != node }
        connected = connected.filter { $0[0] != node }
      case .node(let node, .connected(let other, _)):
        expect(running.contains(node) && connected.insert([node, other]).inserted, event)
      case .node(let node, .disconnected(let other, _)):
        expect(running.contains(node) && connected.remove([node, other]) != nil, event)
      case .node(let node, .cableCut(let other)):
        expect(node < other && cut.insert([node, other]).inserted, event)
      case .node(let node, .cableHealed(let other)):
        expect(cut.remove([node, other]) != nil, event)
      case .process(let pid, .spawned): expect(alive.insert(pid).inserted, event)
      case .process(let pid, .exited): expect(alive.remove(pid) != nil, event)
      case .process(let pid, _): expect(alive.contains(pid), event)
      case .requested, .requestRefused, .signal, .supervisor, .child, .application, .release,
        .node, .reported, .message, .limitReached:
        break
      }
    }
  }

  private func machine(_ seed: UInt64) -> SimulatedSubject {
    let latency = Duration.milliseconds(seed % 3 * 20)
    return SimulatedSubject(ClusterUnderTest.machine(seed: seed, latency: latency))
  }

  @Test(arguments: UInt64(0)..<60)
  func `nodes, connections and processes come and go as they are told`(seed: UInt64) {
    var machine = machine(seed)
    var account = Account()
    let events = Course(seed: seed).run(&machine)
    for event in events { account.follow(event) }
    #expect(account.faults == [], "seed \(seed)")
    #expect(account.alive == Set(machine.machine.processes), "seed \(seed)")
    #expect(events.map(\.id) == Array(1...UInt64(events.count)), "seed \(seed)")
    #expect(
      events.allSatisfy { event in event.cause.map { $0 < event.id } ?? true }, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<60)
  func `a course that is run again from its journal gives the same events`(seed: UInt64) {
    var first = machine(seed)
    let events = Course(seed: seed).run(&first)
    var second = machine(seed)
    second = SimulatedSubject(
      second.machine, journal: Journal(ahead: Array(first.journal.done)))
    while second.advance(to: first.now) != .idle {}
    #expect(second.takeEvents() == events, "seed \(seed)")
    #expect(second.hasReached(first), "seed \(seed)")
  }
}
