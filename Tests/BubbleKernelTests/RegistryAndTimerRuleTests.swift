import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// The finer rules of names and timers, one by one (docs/SEMANTICS.md, R and T).
struct RegistryAndTimerRuleTests {
  private func seconds(_ count: Int64) -> RuntimeInstant {
    RuntimeInstant(nanoseconds: count * 1_000_000_000)
  }

  @Test func `a name that is given up can be taken by another process`() {
    var probes = Probes()
    let (first, second) = (probes.spawn(), probes.spawn())
    probes.order(first) { context in
      try context.register("shop", first)
      #expect(context.name(of: first) == "shop")
      try context.unregister("shop")
      #expect(context.whereis("shop") == nil)
      try context.register("shop", second)
      #expect(context.whereis("shop") == second)
    }
    #expect(probes.end(first) == nil)
  }

  @Test func `a dead process cannot be given a name`() {
    var probes = Probes()
    let (dead, pid) = (probes.spawn(), probes.spawn())
    probes.apply(.process(dead, .kill))
    probes.order(pid) { context in
      #expect(throws: RaisedError.badArgument) { try context.register("ghost", dead) }
    }
    #expect(probes.end(pid) == nil)
  }

  @Test func `a timer sends the message itself, or marked as a time-out`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      _ = try context.sendAfter(.seconds(1), Term.atom("plain"), to: .pid(context.pid))
      _ = try context.startTimer(.seconds(2), Term.atom("marked"), to: .pid(context.pid))
    }
    probes.run(until: seconds(3))
    #expect(probes.heard(pid) == ["plain", "timeout marked"])
  }

  @Test func `a timer that has fired has no time left, and its message stays`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.apply(.process(pid, .suspend))
    probes.apply(.process(pid, .resume))
    probes.order(pid) { context in
      let mark = try context.sendAfter(.zero, Term.atom("fired"), to: .pid(context.pid))
      let check = Probe.Order { context in
        #expect(context.remainingTime(of: mark) == nil)
        let left = context.cancelTimer(mark)
        #expect(left == nil)
      }
      _ = try context.sendAfter(.seconds(1), check, to: .pid(context.pid))
    }
    probes.run(until: seconds(2))
    #expect(probes.heard(pid) == ["fired"])
    #expect(probes.end(pid) == nil)
  }

  @Test func `a timer is cancelled when the process that it was set for ends`() {
    var probes = Probes()
    let (target, pid) = (probes.spawn(), probes.spawn())
    probes.order(pid) { context in
      let mark = try context.sendAfter(.seconds(1), Term.atom("late"), to: .pid(target))
      #expect(context.remainingTime(of: mark) == .seconds(1))
      context.kill(target)
      #expect(context.remainingTime(of: mark) == nil)
      let left = context.cancelTimer(mark)
      #expect(left == nil)
    }
    #expect(probes.end(pid) == nil)
  }

  @Test func `a timer is never early`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      _ = try context.sendAfter(.seconds(5), Term.atom("ring"), to: .pid(context.pid))
    }
    probes.run(until: RuntimeInstant(nanoseconds: 4_999_999_999))
    #expect(probes.heard(pid).isEmpty)
    probes.run(until: seconds(5))
    #expect(probes.heard(pid) == ["ring"])
  }

  @Test func `time never goes back`() {
    var probes = Probes()
    probes.run(until: seconds(5))
    probes.simulation.advance(to: seconds(2))
    #expect(probes.simulation.now == seconds(5))
  }
}
