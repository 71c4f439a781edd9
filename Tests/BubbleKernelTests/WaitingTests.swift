import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

struct WaitingTests {
  private static func isWord(_ word: String) -> Awaited {
    .message { message in
      if case .plain(let term as Term) = message { term == .atom(word) } else { false }
    }
  }

  @Test func `a wait takes the first message that fits and leaves the others in order`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { $0.wait(for: Self.isWord("c")) }
    for word in ["a", "b", "c", "d"] { probes.apply(.process(pid, .send(.atom(word)))) }
    #expect(probes.heard(pid) == ["awaited c", "a", "b", "d"])
  }

  @Test func `a wait finds a message that was there before it`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.order(pid) { context in
      context.send(Term.atom("a"), to: context.pid)
      context.send(Term.atom("b"), to: context.pid)
      context.wait(for: Self.isWord("b"), timeout: .zero)
    }
    #expect(probes.heard(pid) == ["awaited b", "a"])
  }

  @Test func `a wait without time ends at once, one with time when it has passed`() {
    var probes = Probes()
    let (hasty, patient) = (probes.spawn(), probes.spawn())
    probes.order(hasty) { $0.wait(for: .nothing, timeout: .zero) }
    probes.order(patient) { $0.wait(for: .nothing, timeout: .seconds(1)) }
    #expect(probes.heard(hasty) == ["timed out"])
    #expect(probes.heard(patient).isEmpty)
    probes.run(until: RuntimeInstant(nanoseconds: 1_000_000_000))
    #expect(probes.heard(patient) == ["timed out"])
  }

  @Test func `a late answer to a call is dropped`() {
    var probes = Probes()
    let (server, client) = (probes.spawn(), probes.spawn())
    probes.order(client) { context in
      let mark = context.call(Term.atom("question"), to: server)
      context.abandonCall(mark, to: server)
      context.reply(to: Caller(pid: client, tag: mark), Term.atom("late"))
    }
    #expect(probes.heard(client).isEmpty)
    #expect(probes.heard(server) == ["call question"])
  }

  @Test func `a call ends with the answer or with the end of the server, never with both`() {
    var probes = Probes()
    let (server, client) = (probes.spawn(), probes.spawn())
    probes.order(client) { context in
      let first = context.call(Term.atom("one"), to: server)
      let second = context.call(Term.atom("two"), to: server)
      context.reply(to: Caller(pid: client, tag: first), Term.integer(1))
      context.kill(server)
      context.wait(for: .reply(second))
    }
    #expect(probes.heard(client) == ["awaited DOWN \(server) killed", "reply 1"])
  }

  @Test func `a suspended process handles system messages only and keeps the rest in order`() {
    var probes = Probes()
    let pid = probes.spawn()
    probes.apply(.process(pid, .suspend))
    for word in ["a", "b"] { probes.apply(.process(pid, .send(.atom(word)))) }
    #expect(probes.heard(pid).isEmpty)
    #expect(probes.simulation.inspect(pid)?.isSuspended == true)
    probes.apply(.process(pid, .resume))
    #expect(probes.heard(pid) == ["a", "b"])
  }

  @Test func `a kill reaches a suspended and a waiting process`() {
    var probes = Probes()
    let (suspended, waiting) = (probes.spawn(), probes.spawn())
    probes.apply(.process(suspended, .suspend))
    probes.order(waiting) { $0.wait(for: .nothing) }
    probes.apply(.process(suspended, .kill))
    probes.apply(.process(waiting, .kill))
    #expect(probes.end(suspended) == .killed)
    #expect(probes.end(waiting) == .killed)
  }
}
