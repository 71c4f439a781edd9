import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// What a machine is to a process of another node that nobody can reach (docs/SEMANTICS.md, D).
struct UnreachableNodeTests {
  /// A process of another node, with the number of one that lives here.
  static let stranger = PID(1, node: NodeID(7))

  /// What a process may do to another one, and what of it is to be seen on a local process.
  static let deeds: [(String, Probe.Deed)] = [
    ("a message", { $0.send(Term.atom("hello"), to: stranger) }),
    ("a cast", { $0.cast(Term.atom("hello"), to: stranger) }),
    ("kill", { $0.kill(stranger) }),
    ("an exit signal", { $0.exit(stranger, reason: .failure("boom")) }),
    ("an answer", { $0.reply(to: Caller(pid: stranger, tag: Reference(1)), Term.atom("hello")) }),
    ("an unlinking", { $0.unlink(stranger) }),
  ]

  @Test(arguments: deeds)
  func `what is sent there vanishes, and does not hit the local process of the same number`(
    deed: (name: String, does: Probe.Deed)
  ) {
    var probes = Probes()
    let (local, sender) = (probes.spawn(), probes.spawn())
    #expect(local.number == Self.stranger.number)
    probes.order(sender, deed.does)
    #expect(probes.heard(local).isEmpty)
    #expect(probes.heard(sender).isEmpty)
    #expect(probes.end(local) == nil)
    #expect(probes.end(sender) == nil)
  }

  @Test func `linking to an unreachable process is answered by a signal noconnection`() {
    var probes = Probes()
    let (plain, trapping) = (probes.spawn(), probes.spawn(trapping: true))
    for pid in [plain, trapping] { probes.order(pid) { try $0.link(Self.stranger) } }
    #expect(probes.end(plain) == .noConnection)
    #expect(probes.heard(trapping) == ["EXIT <7.1> noconnection"])
    #expect(probes.simulation.inspect(trapping)?.links == [])
    #expect(
      probes.events.map(\.kind).contains(
        .signal(.exitSent(from: Self.stranger, to: plain, reason: .noConnection, isLink: true))))
  }

  @Test func `what the lost connection brings about is caused by the link`() throws {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      context.cause = context.post(.limitReached(pid: context.pid, limit: "a beginning"))
      try context.link(Self.stranger)
    }
    let beginning = try #require(
      probes.events.first { $0.kind == .limitReached(pid: pid, limit: "a beginning") })
    let linked = try #require(
      probes.events.first { $0.kind == .signal(.linked(pid, Self.stranger)) })
    let signal = try #require(
      probes.events.first {
        $0.kind
          == .signal(.exitSent(from: Self.stranger, to: pid, reason: .noConnection, isLink: true))
      })
    let end = try #require(
      probes.events.first { $0.kind == .process(pid, .exited(.noConnection)) })
    #expect(linked.cause == beginning.id)
    #expect(signal.cause == beginning.id)
    #expect(end.cause == signal.id)
  }

  @Test func `a monitor of an unreachable process fires with noconnection`() {
    var probes = Probes()
    let watcher = probes.spawn()
    probes.order(watcher) { context in
      _ = context.monitor(Self.stranger)
      _ = context.monitor(Self.stranger)
    }
    #expect(
      probes.heard(watcher) == ["DOWN <7.1> noconnection", "DOWN <7.1> noconnection"])
    #expect(probes.simulation.inspect(watcher)?.monitors == [])
  }

  @Test func `what is taken back in the same turn does not fire`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      try context.link(Self.stranger)
      context.unlink(Self.stranger)
      let mark = context.monitor(Self.stranger)
      let hadNotFired = context.demonitor(mark)
      context.send(hadNotFired, to: context.pid)
    }
    #expect(probes.heard(pid) == ["true"])
    #expect(probes.end(pid) == nil)
  }

  @Test func `a call to an unreachable process ends with noconnection`() {
    var probes = Probes()
    let caller = probes.spawn()
    probes.order(caller) { context in
      let mark = context.call(Term.atom("hello"), to: Self.stranger)
      context.wait(for: .reply(mark), timeout: .seconds(5))
    }
    #expect(probes.heard(caller) == ["awaited DOWN <7.1> noconnection"])
    #expect(probes.simulation.now == .zero)
  }

  @Test func `whoever has links across and ends leaves nothing behind`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      try context.link(Self.stranger)
      _ = context.monitor(Self.stranger)
      context.finish(.shutdown)
    }
    #expect(probes.end(pid) == .shutdown)
    #expect(probes.simulation.kernel.processCount == 0)
    #expect(!probes.simulation.kernel.hasDepartures)
  }

  @Test func `a timer cannot be set for a process of another node, nor a name given to it`() {
    var probes = Probes()
    let attempts: [Probe.Deed] = [
      { _ = try $0.sendAfter(.zero, Term.atom("hello"), to: .pid(Self.stranger)) },
      { _ = try $0.startTimer(.zero, Term.atom("hello"), to: .pid(Self.stranger)) },
      { try $0.register("somebody", Self.stranger) },
    ]
    for attempt in attempts {
      let pid = probes.spawn()
      probes.order(pid, attempt)
      #expect(probes.end(pid) == .raised("badarg"))
    }
  }

  static let requests: [ControlRequest] = [
    .process(stranger, .kill), .process(stranger, .exit(.shutdown)),
    .process(stranger, .suspend), .process(stranger, .resume), .process(stranger, .send("hello")),
    .process(stranger, .replaceState(field: "heard", "nothing")),
    .supervisor(stranger, .startChild([])),
    .child(of: stranger, .dynamic(0), .terminate),
  ]

  @Test(arguments: requests)
  func `a request about a process of another node does nothing to the local one of its number`(
    request: ControlRequest
  ) {
    var probes = Probes()
    let local = probes.spawn()
    probes.apply(request)
    #expect(probes.end(local) == nil)
    #expect(probes.heard(local).isEmpty)
    #expect(probes.simulation.inspect(local)?.isSuspended == false)
    #expect(probes.simulation.inspect(Self.stranger) == nil)
    #expect(probes.simulation.metrics(of: [Self.stranger]).isEmpty)
  }

  @Test func `a call from outside to a process of another node ends with noconnection`() {
    var probes = Probes()
    _ = probes.spawn()
    #expect(throws: CallFailure.ended(.noConnection)) {
      let _: Term = try probes.simulation.call(Term.atom("hello"), to: Self.stranger)
    }
  }

  @Test func `turns taken in one go end as turns taken one by one do`() {
    func events(inOneGo: Bool) -> [Event] {
      var simulation = Simulation(seed: 1)
      for trapping in [true, false, true] {
        let pid = simulation.spawn(Probe(trapsExits: trapping))
        for deed in Self.deeds { simulation.send(Probe.Order(deed: deed.1), to: pid) }
        simulation.send(Probe.Order { try $0.link(Self.stranger) }, to: pid)
        simulation.send(Probe.Order { _ = $0.monitor(Self.stranger) }, to: pid)
      }
      if inOneGo { simulation.runUntilIdle() } else { while simulation.takeTurn() {} }
      return simulation.takeEvents()
    }
    #expect(events(inOneGo: true) == events(inOneGo: false))
    #expect(events(inOneGo: true).contains { $0.kind.isExit(.noConnection) })
  }
}

extension Event.Kind {
  fileprivate func isExit(_ reason: ExitReason) -> Bool {
    if case .process(_, .exited(reason)) = self { true } else { false }
  }
}
