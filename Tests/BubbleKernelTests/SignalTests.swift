import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// OTP-like exit signals, links and monitors.
struct SignalTests {
  static let reasons: [ExitReason] = [
    .normal, .shutdown, .shutdownBecause("later"), .killed, .noProcess, .noConnection,
    .failure("boom"),
  ]

  @Test(arguments: reasons)
  func `a signal ends a process that does not trap exits, unless it is normal`(
    reason: ExitReason
  ) {
    var probes = Probes()
    let pid = probes.spawn()
    probes.apply(.process(pid, .exit(reason)))
    #expect(probes.end(pid) == (reason == .normal ? nil : reason))
  }

  @Test(arguments: reasons)
  func `a signal is a message to a process that traps exits, whatever the reason`(
    reason: ExitReason
  ) {
    var probes = Probes()
    let (sender, trapping) = (probes.spawn(), probes.spawn(trapping: true))
    probes.order(sender) { $0.exit(trapping, reason: reason) }
    #expect(probes.end(trapping) == nil)
    #expect(probes.heard(trapping) == ["EXIT \(sender) \(reason)"])
  }

  @Test(arguments: [false, true])
  func `kill cannot be trapped and is seen as killed`(trapping: Bool) {
    var probes = Probes()
    let (victim, witness) = (probes.spawn(trapping: trapping), probes.spawn(trapping: true))
    probes.order(witness) { context in
      try context.link(victim)
      _ = context.monitor(victim)
    }
    probes.apply(.process(victim, .kill))
    #expect(probes.end(victim) == .killed)
    // In which order the link and the monitor tell is not defined.
    #expect(probes.heard(witness).sorted() == ["DOWN \(victim) killed", "EXIT \(victim) killed"])
  }

  @Test func `kill that arrives through a link is an ordinary reason`() {
    var probes = Probes()
    let (first, second, third) = (probes.spawn(), probes.spawn(), probes.spawn(trapping: true))
    probes.order(second) { context in
      try context.link(first)
      try context.link(third)
    }
    probes.order(first) { $0.finish(.kill) }
    #expect(probes.end(second) == .kill)
    #expect(probes.heard(third) == ["EXIT \(second) kill"])
  }

  @Test func `a normal end does not harm linked processes`() {
    var probes = Probes()
    let (first, second) = (probes.spawn(), probes.spawn())
    probes.order(first) { try $0.link(second) }
    probes.order(first) { $0.finish(.normal) }
    #expect(probes.end(first) == .normal)
    #expect(probes.end(second) == nil)
  }

  @Test func `a process can end itself with a normal signal`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { $0.exit($0.pid, reason: .normal) }
    #expect(probes.end(pid) == .normal)
  }

  @Test func `an exit signal that only others heed ends nobody when it is normal`() {
    for traps in [false, true] {
      var probes = Probes()
      let (pid, other) = (probes.spawn(), probes.spawn())
      probes.order(pid) { context in
        context.trapsExits = traps
        context.exitSignal(context.pid, reason: .normal)
        context.exitSignal(other, reason: .shutdown)
      }
      #expect(probes.end(pid) == nil)
      #expect(probes.end(other) == .shutdown)
      probes.order(pid) { $0.exitSignal($0.pid, reason: .kill) }
      #expect(probes.end(pid) == .killed)
    }
  }

  @Test func `whoever is linked and watches hears of the exit first`() {
    for killsBoth in [false, true] {
      var probes = Probes()
      let (watcher, dying, third) = (probes.spawn(), probes.spawn(), probes.spawn())
      probes.order(watcher) { context in
        context.trapsExits = true
        _ = context.monitor(dying)
        try context.link(dying)
      }
      probes.order(dying) { try $0.link(third) }
      // Also when the end is itself brought about by a link.
      probes.apply(.process(killsBoth ? third : dying, .kill))
      #expect(probes.heard(watcher).map { $0.prefix { $0 != " " } } == ["EXIT", "DOWN"])
    }
  }

  @Test func `links are not counted`() {
    var probes = Probes()
    let (first, second) = (probes.spawn(), probes.spawn())
    probes.order(first) { context in
      try context.link(second)
      try context.link(second)
      context.unlink(second)
    }
    probes.apply(.process(first, .kill))
    #expect(probes.end(second) == nil)
  }

  @Test func `linking to a dead process raises noproc, or is a message when exits are trapped`() {
    var probes = Probes()
    let (dead, plain, trapping) = (probes.spawn(), probes.spawn(), probes.spawn(trapping: true))
    probes.apply(.process(dead, .kill))
    probes.order(plain) { try $0.link(dead) }
    probes.order(trapping) { try $0.link(dead) }
    #expect(probes.end(plain) == .raised("noproc"))
    #expect(probes.heard(trapping) == ["EXIT \(dead) noproc"])
  }

  @Test func `an exit message that is in the mailbox already stays after unlinking`() {
    var probes = Probes()
    let (victim, trapping) = (probes.spawn(), probes.spawn(trapping: true))
    probes.order(trapping) { context in
      try context.link(victim)
      context.kill(victim)
      context.unlink(victim)
    }
    #expect(probes.heard(trapping) == ["EXIT \(victim) killed"])
  }

  @Test func `monitors stack and each fires once`() {
    var probes = Probes()
    let (target, watcher) = (probes.spawn(), probes.spawn())
    probes.order(watcher) { context in
      _ = context.monitor(target)
      _ = context.monitor(target)
      context.demonitor(context.monitor(target))
    }
    probes.apply(.process(target, .kill))
    #expect(probes.heard(watcher) == ["DOWN \(target) killed", "DOWN \(target) killed"])
  }

  @Test func `a monitor on a dead process fires at once with noproc`() {
    var probes = Probes()
    let (target, watcher) = (probes.spawn(), probes.spawn())
    probes.apply(.process(target, .kill))
    probes.order(watcher) { _ = $0.monitor(target) }
    #expect(probes.heard(watcher) == ["DOWN \(target) noproc"])
  }

  @Test func `demonitoring with flush takes a report out of the mailbox`() {
    var probes = Probes()
    let (target, watcher) = (probes.spawn(), probes.spawn())
    probes.order(watcher) { context in
      let mark = context.monitor(target)
      context.kill(target)
      let hadNotFired = context.demonitor(mark, flush: true)
      #expect(!hadNotFired)
    }
    #expect(probes.heard(watcher).isEmpty)
  }

  @Test func `a process is dead in the line after it was sent kill`() {
    var probes = Probes()
    let (target, killer) = (probes.spawn(trapping: true), probes.spawn())
    probes.order(killer) { context in
      #expect(context.isAlive(target))
      context.kill(target)
      #expect(!context.isAlive(target))
    }
  }

  @Test func `what a process throws is its exit reason`() {
    var probes = Probes()
    let (exits, raises) = (probes.spawn(), probes.spawn())
    probes.order(exits) { _ in throw ProcessExit(.failure("gone")) }
    probes.order(raises) { _ in throw RaisedError("badarith") }
    #expect(probes.end(exits) == .failure("gone"))
    #expect(probes.end(raises) == .failure(.tuple(["badarith", .stack])))
  }

  @Test func `a child that dies at once is reported with its real reason`() {
    var probes = Probes()
    let parent = probes.spawn(trapping: true)
    probes.order(parent) { context in
      let child = context.spawnLink(Probe())
      let (other, _) = context.spawnMonitor(Probe())
      context.exit(child, reason: .failure("early"))
      context.exit(other, reason: .failure("early"))
    }
    #expect(probes.heard(parent) == ["EXIT <2> early", "DOWN <3> early"])
  }

  @Test func `a death reaches a long chain of links without growing the stack`() {
    var probes = Probes()
    var last = probes.spawn()
    let first = last
    for _ in 0..<20_000 {
      let (previous, next) = (last, probes.spawn())
      probes.order(next) { try $0.link(previous) }
      last = next
    }
    probes.apply(.process(first, .exit(.failure("boom"))))
    #expect(probes.end(last) == .failure("boom"))
    #expect(probes.simulation.kernel.processCount == 0)
  }
}
