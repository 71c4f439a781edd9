import BubbleEvents
import BubbleKernel
import Testing

/// Two machines, each a node, and the signals between them.
struct NodeTests {
  /// Two nodes and what is on its way between them.
  private struct Pair {
    var nodes = [Kernel(seed: 1, node: NodeID(1)), Kernel(seed: 2, node: NodeID(2))]
    /// Whether somebody carries signals.
    var isCabled = true
    private(set) var events: [Event] = []

    mutating func spawn(on node: Int, trapping: Bool = false) -> PID {
      let pid = nodes[node - 1].spawn(Probe(trapsExits: trapping))
      run()
      return pid
    }

    mutating func order(_ pid: PID, _ deed: @escaping Probe.Deed) {
      nodes[Int(pid.node.number) - 1].send(Probe.Order(deed: deed), to: pid)
      run()
    }

    /// Takes turns and carries signals until nobody has anything to do.
    mutating func run() {
      var isBusy = true
      while isBusy {
        isBusy = false
        for index in nodes.indices {
          while nodes[index].runTurn() { isBusy = true }
          for departure in nodes[index].takeDepartures() {
            isBusy = true
            guard isCabled, case .signal(let signal) = departure.content else { continue }
            nodes[Int(signal.node.number) - 1].deliver(signal)
          }
          events += nodes[index].takeEvents()
        }
      }
    }

    /// Cuts the cable; each end takes note of it.
    mutating func cut() {
      isCabled = false
      nodes[0].disconnect(NodeID(2))
      nodes[1].disconnect(NodeID(1))
      run()
    }

    func heard(_ pid: PID) -> [String] {
      nodes[Int(pid.node.number) - 1].inspect(pid, mailboxLimit: 0)?.state.map(\.value) ?? []
    }

    func inspect(_ pid: PID) -> ProcessInspection? {
      nodes[Int(pid.node.number) - 1].inspect(pid, mailboxLimit: 0)
    }

    func end(_ pid: PID) -> ExitReason? {
      for event in events {
        if case .process(pid, .exited(let reason)) = event.kind { return reason }
      }
      return nil
    }
  }

  @Test func `a process knows its node, and is named with it`() {
    var pair = Pair()
    let pid = pair.spawn(on: 2)
    #expect(pid == PID(1, node: NodeID(2)))
    #expect(pid.description == "<2.1>")
    pair.order(pid) { $0.send($0.node, to: $0.pid) }
    #expect(pair.heard(pid) == ["node2"])
    #expect(pair.nodes[1].processes == [pid])
    #expect(pair.nodes[0].inspect(pid, mailboxLimit: 0) == nil)
  }

  @Test func `messages arrive in the order sent`() {
    var pair = Pair()
    let (sender, receiver) = (pair.spawn(on: 1), pair.spawn(on: 2))
    pair.order(sender) { context in
      for number in 1...3 { context.send(number, to: receiver) }
    }
    #expect(pair.heard(receiver) == ["1", "2", "3"])
  }

  @Test func `a call is answered, and its monitor is gone at both ends`() {
    var pair = Pair()
    let (caller, server) = (pair.spawn(on: 1), pair.spawn(on: 2))
    pair.order(caller) { context in
      let mark = context.call(Term.atom("hello"), to: server)
      context.send(Probe.Order { $0.reply(to: Caller(pid: caller, tag: mark), 42) }, to: server)
      context.wait(for: .reply(mark))
    }
    #expect(pair.heard(caller) == ["awaited reply 42"])
    #expect(pair.inspect(caller)?.monitors == [])
    #expect(pair.inspect(server)?.monitoredBy == [])
  }

  @Test func `an answer to a call that was given up is dropped`() {
    var pair = Pair()
    let (caller, server) = (pair.spawn(on: 1), pair.spawn(on: 2))
    pair.order(caller) { context in
      let mark = context.call(Term.atom("hello"), to: server)
      context.abandonCall(mark, to: server)
      context.send(Probe.Order { $0.reply(to: Caller(pid: caller, tag: mark), 42) }, to: server)
    }
    #expect(pair.heard(caller).isEmpty)
    #expect(pair.inspect(server)?.monitoredBy == [])
  }

  @Test(arguments: [ExitReason.normal, .shutdown, .failure("boom"), .kill])
  func `a link passes an end on in either direction`(reason: ExitReason) {
    for first in [1, 2] {
      var pair = Pair()
      let (one, other) = (pair.spawn(on: first), pair.spawn(on: 3 - first, trapping: true))
      pair.order(one) { try $0.link(other) }
      #expect(pair.inspect(other)?.links == [one])
      pair.order(one) { $0.finish(reason) }
      #expect(pair.heard(other) == ["EXIT \(one) \(reason)"])
      #expect(pair.inspect(other)?.links == [])
    }
  }

  @Test func `either end can unlink`() {
    var pair = Pair()
    let (one, other) = (pair.spawn(on: 1), pair.spawn(on: 2))
    pair.order(one) { try $0.link(other) }
    pair.order(other) { $0.unlink(one) }
    pair.order(one) { $0.finish(.failure("boom")) }
    #expect(pair.end(other) == nil)
  }

  @Test func `kill crosses and cannot be trapped`() {
    var pair = Pair()
    let (one, other) = (pair.spawn(on: 1), pair.spawn(on: 2, trapping: true))
    pair.order(one) { $0.kill(other) }
    #expect(pair.end(other) == .killed)
  }

  @Test func `a dead process of a node that is reached is noproc`() {
    var pair = Pair()
    let (one, dead) = (pair.spawn(on: 1, trapping: true), pair.spawn(on: 2))
    pair.order(dead) { $0.finish(.normal) }
    pair.order(one) { context in
      try context.link(dead)
      _ = context.monitor(dead)
      context.send(1, to: dead)
      context.kill(dead)
    }
    #expect(pair.heard(one) == ["EXIT \(dead) noproc", "DOWN \(dead) noproc"])
    #expect(pair.inspect(one)?.links == [])
    #expect(pair.inspect(one)?.monitors == [])
  }

  @Test func `monitors of both nodes fire once each, whatever their marks`() {
    var pair = Pair()
    let (here, there) = (pair.spawn(on: 1), pair.spawn(on: 2))
    let watched = pair.spawn(on: 2)
    // The marks are numbered by each node for itself, and are the same.
    pair.order(here) { _ = $0.monitor(watched) }
    pair.order(there) { _ = $0.monitor(watched) }
    #expect(pair.inspect(watched)?.monitoredBy == [here, there])
    pair.order(watched) { $0.finish(.shutdown) }
    #expect(pair.heard(here) == ["DOWN \(watched) shutdown"])
    #expect(pair.heard(there) == ["DOWN \(watched) shutdown"])
  }

  @Test func `a lost connection fires links and then monitors, at both ends, in the order set`() {
    var pair = Pair()
    let (one, other) = (pair.spawn(on: 1, trapping: true), pair.spawn(on: 2, trapping: true))
    let (third, fourth) = (pair.spawn(on: 2), pair.spawn(on: 1))
    pair.order(one) { context in
      _ = context.monitor(other)
      try context.link(third)
      try context.link(other)
    }
    pair.order(other) { _ = $0.monitor(fourth) }
    pair.cut()
    #expect(
      pair.heard(one) == [
        "EXIT \(third) noconnection", "EXIT \(other) noconnection", "DOWN \(other) noconnection",
      ])
    #expect(
      pair.heard(other) == ["EXIT \(one) noconnection", "DOWN \(fourth) noconnection"])
    #expect(pair.end(third) == .noConnection)
    #expect(pair.end(fourth) == nil)
    #expect(pair.inspect(fourth)?.monitoredBy == [])
    #expect(pair.inspect(one)?.links == [])
    #expect(pair.inspect(one)?.monitors == [])
  }

  @Test func `a message that no process can send does not come in`() {
    var pair = Pair()
    let (one, other) = (pair.spawn(on: 1), pair.spawn(on: 2))
    let forged: [Message] = [
      .exit(from: one, reason: .kill), .down(Reference(1), one, .normal),
      .timer(Reference(1), 1), .started(one, .ignore), .control(.process(other, .kill)),
      .reply(Reference(1), 1),
    ]
    for message in forged {
      pair.nodes[1].deliver(.message(from: one, to: .pid(other), message))
    }
    pair.run()
    #expect(pair.heard(other).isEmpty)
    #expect(pair.inspect(other)?.received == 0)
  }

  @Test func `nothing comes back by itself after a lost connection`() {
    var pair = Pair()
    let (one, other) = (pair.spawn(on: 1, trapping: true), pair.spawn(on: 2))
    pair.order(one) { context in
      try context.link(other)
      _ = context.monitor(other)
    }
    pair.isCabled = false
    pair.nodes[0].disconnect(NodeID(2))
    pair.nodes[0].disconnect(NodeID(2))
    pair.run()
    pair.isCabled = true
    pair.order(other) { $0.finish(.failure("boom")) }
    #expect(
      pair.heard(one) == ["EXIT \(other) noconnection", "DOWN \(other) noconnection"])
  }
}
