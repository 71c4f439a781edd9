import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

struct RegistryTests {
  @Test func `a name is bound to one live process that has no other`() {
    var probes = Probes()
    let (first, second) = (probes.spawn(), probes.spawn())
    probes.order(first) { context in
      try context.register("shop", context.pid)
      #expect(context.whereis("shop") == first)
      #expect(throws: RaisedError.badArgument) { try context.register("shop", second) }
      #expect(throws: RaisedError.badArgument) { try context.register("other", first) }
      #expect(throws: RaisedError.badArgument) { try context.register("undefined", second) }
      #expect(throws: RaisedError.badArgument) { try context.unregister("nobody") }
    }
    #expect(probes.end(first) == nil)
  }

  @Test func `a name is free before anybody hears of its owner's end`() {
    var probes = Probes()
    let (owner, watcher) = (probes.spawn(), probes.spawn())
    probes.order(owner) { try $0.register("shop", $0.pid) }
    probes.order(watcher) { context in
      _ = context.monitor(owner)
      context.kill(owner)
      #expect(context.whereis("shop") == nil)
    }
    let ends = probes.events.map(\.kind)
    let released = ends.firstIndex(of: .process(owner, .nameReleased("shop")))
    let exited = ends.firstIndex(of: .process(owner, .exited(.killed)))
    #expect(released.map { $0 + 1 } == exited)
  }

  @Test func `sending to a name nobody has raises badarg, to a dead process does nothing`() {
    var probes = Probes()
    let (dead, pid) = (probes.spawn(), probes.spawn())
    probes.apply(.process(dead, .kill))
    probes.order(pid) { context in
      context.send(Term.atom("hello"), to: dead)
      try context.send(Term.atom("hello"), to: "nobody")
    }
    #expect(probes.end(pid) == .raised("badarg"))
  }

  @Test func `a start under a taken name fails and runs nothing`() {
    var probes = Probes()
    let owner = probes.spawn()
    probes.order(owner) { try $0.register("shop", $0.pid) }
    let result = probes.simulation.start(
      ProcessStart { context, _ in context.startProcess(Probe(), name: "shop") })
    #expect(result == .error(.tuple(["already_started", .pid(owner)])))
    #expect(probes.simulation.kernel.processCount == 1)
  }
}

struct TimerTests {
  private func milliseconds(_ count: Int64) -> RuntimeInstant {
    RuntimeInstant(nanoseconds: count * 1_000_000)
  }

  @Test func `timers fire in the order of their instants, equal ones as they were set`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      for (delay, word) in [(20, "late"), (10, "first"), (10, "second"), (0, "now")] {
        _ = try context.sendAfter(
          .milliseconds(delay), Term.atom(word), to: .pid(context.pid))
      }
    }
    probes.run(until: milliseconds(9))
    #expect(probes.heard(pid) == ["now"])
    probes.run(until: milliseconds(20))
    #expect(probes.heard(pid) == ["now", "first", "second", "late"])
  }

  @Test func `cancelling returns the time left, or nil when there is none`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      let mark = try context.sendAfter(.seconds(2), Term.atom("x"), to: .pid(context.pid))
      #expect(context.remainingTime(of: mark) == .seconds(2))
      #expect(context.cancelTimer(mark) == .seconds(2))
      #expect(context.cancelTimer(mark) == nil)
      #expect(throws: RaisedError.badArgument) {
        try context.startTimer(.seconds(-1), Term.atom("x"), to: .pid(pid))
      }
    }
    probes.run(until: milliseconds(3000))
    #expect(probes.heard(pid).isEmpty)
    #expect(probes.end(pid) == nil)
  }

  @Test func `a name is looked up when the timer fires`() {
    var probes = Probes()
    let (first, second) = (probes.spawn(), probes.spawn())
    probes.order(first) { context in
      try context.register("post", first)
      _ = try context.sendAfter(.seconds(1), Term.atom("letter"), to: .name("post"))
      try context.unregister("post")
      try context.register("post", second)
    }
    probes.run(until: milliseconds(1000))
    #expect(probes.heard(first).isEmpty)
    #expect(probes.heard(second) == ["letter"])
  }

  @Test func `two processes that never stop talking cannot freeze time`() {
    var simulation = Simulation(seed: 1)
    simulation.turnsPerInstant = 1000
    let (first, second) = (simulation.spawn(Echo()), simulation.spawn(Echo()))
    simulation.send(Echo.Ball(from: first), to: second)
    simulation.run(until: milliseconds(1))
    let limits = simulation.takeEvents().filter {
      if case .limitReached = $0.kind { true } else { false }
    }
    #expect(limits.count >= 1)
    #expect(simulation.now >= milliseconds(1))
  }
}

/// Sends every ball back.
private struct Echo: ProcessBody {
  struct Ball: Sendable {
    var from: PID
  }

  var behaviour: String { "echo" }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    if case .plain(let ball as Ball) = message {
      context.send(Ball(from: context.pid), to: ball.from)
    }
  }
}
