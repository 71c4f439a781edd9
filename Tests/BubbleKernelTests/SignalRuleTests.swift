import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// The finer rules of signals, links and monitors, one by one (docs/SEMANTICS.md, P).
struct SignalRuleTests {
  @Test func `a trapping process hears its own normal signal`() {
    var probes = Probes()
    let pid = probes.spawn(trapping: true)
    probes.order(pid) { $0.exit($0.pid, reason: .normal) }
    #expect(probes.end(pid) == nil)
    #expect(probes.heard(pid) == ["EXIT \(pid) normal"])
  }

  @Test func `an abnormal end ends linked processes with the same reason`() {
    var probes = Probes()
    let (first, second) = (probes.spawn(), probes.spawn())
    probes.order(first) { try $0.link(second) }
    probes.order(first) { $0.finish(.failure(.tuple(["a", 1]))) }
    #expect(probes.end(second) == .failure(.tuple(["a", 1])))
  }

  @Test func `after unlinking no exit message comes`() {
    var probes = Probes()
    let (victim, trapping) = (probes.spawn(), probes.spawn(trapping: true))
    probes.order(trapping) { context in
      try context.link(victim)
      context.unlink(victim)
      context.kill(victim)
    }
    #expect(probes.heard(trapping).isEmpty)
  }

  @Test func `a monitor tells the watched process nothing`() {
    var probes = Probes()
    let (target, watcher) = (probes.spawn(trapping: true), probes.spawn())
    probes.order(watcher) { _ = $0.monitor(target) }
    probes.apply(.process(watcher, .kill))
    #expect(probes.heard(target).isEmpty)
    #expect(probes.end(target) == nil)
  }

  @Test func `demonitoring leaves a report that is in the mailbox already`() {
    var probes = Probes()
    let (target, watcher) = (probes.spawn(), probes.spawn())
    probes.order(watcher) { context in
      let mark = context.monitor(target)
      context.kill(target)
      let hadNotFired = context.demonitor(mark)
      #expect(!hadNotFired)
    }
    #expect(probes.heard(watcher) == ["DOWN \(target) killed"])
  }

  @Test func `demonitoring says whether there was a monitor`() {
    var probes = Probes()
    let (target, watcher) = (probes.spawn(), probes.spawn())
    probes.order(watcher) { context in
      let mark = context.monitor(target)
      let first = context.demonitor(mark)
      let second = context.demonitor(mark)
      #expect(first)
      #expect(!second)
    }
    probes.apply(.process(target, .kill))
    #expect(probes.heard(watcher).isEmpty)
  }

  @Test func `monitoring oneself is allowed and never fires`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { _ = $0.monitor($0.pid) }
    #expect(probes.heard(pid).isEmpty)
    probes.order(pid) { $0.finish(.failure("boom")) }
    #expect(probes.end(pid) == .failure("boom"))
  }

  @Test func `signals from one process to another arrive in the order sent`() {
    var probes = Probes()
    let (sender, receiver) = (probes.spawn(), probes.spawn(trapping: true))
    probes.order(sender) { context in
      for number in 1...3 { context.send(Term.integer(number), to: receiver) }
      context.exit(receiver, reason: .failure("middle"))
      for number in 4...5 { context.send(Term.integer(number), to: receiver) }
    }
    #expect(probes.heard(receiver) == ["1", "2", "3", "EXIT \(sender) middle", "4", "5"])
  }

  @Test func `the first of two deadly signals wins`() {
    var probes = Probes()
    let (sender, victim) = (probes.spawn(), probes.spawn())
    probes.order(sender) { context in
      context.exit(victim, reason: .failure("first"))
      context.kill(victim)
    }
    #expect(probes.end(victim) == .failure("first"))
  }

  @Test func `a message sent before a death arrives before the news of it`() {
    var probes = Probes()
    let (speaker, listener) = (probes.spawn(), probes.spawn())
    probes.order(listener) { _ = $0.monitor(speaker) }
    probes.order(speaker) { context in
      context.send(Term.atom("last words"), to: listener)
      context.finish(.failure("x"))
    }
    #expect(probes.heard(listener) == ["last words", "DOWN \(speaker) x"])
  }

  @Test func `switching off trapping does not touch messages that are there`() {
    var probes = Probes()
    let pid = probes.spawn(trapping: true)
    probes.order(pid) { context in
      context.trapsExits = true
      let child = context.spawnLink(Probe())
      context.send(Term.atom("before"), to: context.pid)
      context.exit(child, reason: .failure("b"))
      context.trapsExits = false
      context.send(Term.atom("after"), to: context.pid)
    }
    #expect(probes.heard(pid) == ["before", "EXIT <2> b", "after"])
  }

  static let reasons: [Term] = [
    7, [1, ["a"]], .tuple(["any", ["term"], .text("text")]), .tuple(["shutdown", "x", "y"]),
    .tuple(["kill"]),
  ]

  @Test(arguments: reasons)
  func `an exit reason may be any term and passes unchanged`(reason: Term) {
    var probes = Probes()
    let (pid, watcher) = (probes.spawn(), probes.spawn())
    probes.order(watcher) { _ = $0.monitor(pid) }
    probes.apply(.process(pid, .exit(ExitReason(reason))))
    #expect(probes.end(pid)?.term == reason)
    #expect(probes.heard(watcher) == ["DOWN \(pid) \(reason)"])
  }

  @Test func `a killed process runs nothing more`() {
    var probes = Probes()
    let (victim, witness) = (probes.spawn(trapping: true), probes.spawn())
    probes.apply(.process(victim, .suspend))
    probes.order(witness) { context in
      context.send(
        Probe.Order { $0.send(Term.atom("alive"), to: witness) }, to: victim)
      context.kill(victim)
    }
    probes.apply(.process(victim, .resume))
    #expect(probes.heard(witness).isEmpty)
  }

  @Test func `a process knows who spawned it`() {
    var probes = Probes()
    let (parent, witness) = (probes.spawn(), probes.spawn())
    let tell: Probe.Deed = { context in
      let spawner = context.parent.map { Term.pid($0) } ?? "nobody"
      context.send(Term.tuple([.pid(context.pid), spawner]), to: witness)
    }
    let child = PID(witness.number + 1)
    probes.order(parent) { context in
      context.send(Probe.Order(deed: tell), to: context.spawn(Probe()))
    }
    probes.order(parent, tell)
    #expect(probes.heard(witness) == ["{\(child),\(parent)}", "{\(parent),nobody}"])
  }
}
