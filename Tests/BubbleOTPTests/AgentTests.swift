import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Elixir's Agent (docs/SEMANTICS.md, AG).
struct AgentTests {
  private var test = Servers()
  private let agent: PID

  init() {
    guard case .ok(let pid, _)? = test.simulation.start(.genServer { Agent("total") { 1 } }) else {
      preconditionFailure("the agent did not start")
    }
    agent = pid
  }

  @Test func `an agent's value is read, replaced, and both`() throws {
    var copy = self
    #expect(
      try copy.test.simulation.call(
        AgentRequest<Int>.get { "\($0 + 1)" }, to: agent, returning: String.self) == "2")
    #expect(
      try copy.test.simulation.call(
        AgentRequest<Int>.update { $0 + 1 }, to: agent, returning: Term.self) == "ok")
    #expect(
      try copy.test.simulation.call(
        AgentRequest<Int>.getAndUpdate { ($0, $0 * 10) }, to: agent, returning: Int.self) == 2)
    copy.test.simulation.cast(AgentRequest<Int>.update { $0 + 1 }, to: agent)
    #expect(
      try copy.test.simulation.call(
        AgentRequest<Int>.get { $0 }, to: agent, returning: Int.self) == 21)
  }

  @Test func `an agent whose first value fails does not start`() {
    var copy = self
    for (error, reason) in [
      (RaisedError("x") as any Error & Sendable, "{x,STACK}"),
      (ProcessExit(.failure("boom")), "boom"),
    ] {
      #expect(
        copy.test.simulation.start(.genServer { Agent<Int> { throw error } })
          == .error(ExitReason(uncaught: error).term), "\(reason)")
      #expect("\(ExitReason(uncaught: error))" == reason)
    }
  }

  @Test func `a deed that fails ends the agent, and its caller`() throws {
    var copy = self
    let agent = agent
    let client = try copy.test.started()
    copy.test.cast(client) { context in
      .wait(
        try .calling(
          AgentRequest<Int>.update { _ in throw RaisedError("x") }, to: agent, &context
        ) { (_, _: Term, _) in .noReply })
    }
    #expect(!copy.test.isAlive(agent))
    #expect(
      copy.test.ends().last == "exit {{x,STACK},{gen_server,call,[\(agent),update]}}")
  }

  @Test func `an agent that is asked by somebody who does not wait long enough goes on`() throws {
    var copy = self
    let agent = agent
    copy.test.simulation.kernel.eventLevel = .lifecycle
    copy.test.simulation.apply(.process(agent, .suspend))
    let client = try copy.test.started()
    copy.test.cast(client) { context in
      .wait(
        try .calling(AgentRequest<Int>.get { $0 }, to: agent, timeout: .seconds(1), &context) {
          (_, _: Int, _) in .noReply
        })
    }
    #expect(copy.test.ends().last == "exit {timeout,{gen_server,call,[\(agent),get,1000]}}")
    copy.test.simulation.apply(.process(agent, .resume))
    copy.test.simulation.runUntilIdle()
    #expect(copy.test.isAlive(agent))
  }

  @Test func `an agent passes over messages that are no requests`() {
    var copy = self
    copy.test.simulation.send(Term.atom("stray"), to: agent)
    copy.test.simulation.runUntilIdle()
    #expect(copy.test.isAlive(agent))
    #expect(copy.test.ends().isEmpty)
  }

  @Test(arguments: [ExitReason.normal, .shutdown, .failure("enough")])
  func `a process is stopped from inside of another, for the reason given`(
    reason: ExitReason
  ) throws {
    var copy = self
    let agent = agent
    let client = try copy.test.started()
    copy.test.cast(client) { context in
      .wait(
        try .stopping(agent, reason: reason, &context) { diary, _ in
          diary.entries.append("stopped")
          return .noReply
        })
    }
    #expect(copy.test.ends().contains("exit \(reason)"))
    #expect(
      copy.test.simulation.inspect(client)?.state.first { $0.name == "entries" }?.value
        == #"["stopped"]"#)
  }

  @Test func `a stop fails when the process is not there, or takes too long`() throws {
    for (suspends, reason) in [(true, "timeout"), (false, "noproc")] {
      var copy = self
      let agent = agent
      if !suspends { copy.test.simulation.stop(agent) }
      let client = try copy.test.started()
      copy.test.simulation.runUntilIdle()
      copy.test.cast(client) { context in
        if suspends { context.cast(AgentRequest<Int>.update { $0 }, to: agent) }
        return .wait(
          try .stopping(agent, timeout: suspends ? .zero : .seconds(1), &context) { _, _ in .noReply
          })
      }
      let time = suspends ? "0" : "1000"
      #expect(
        copy.test.ends().contains("exit {\(reason),{GenServer,stop,[\(agent),normal,\(time)]}}"))
    }
  }

  @Test func `an agent shows its value, and takes another`() throws {
    var copy = self
    #expect(
      copy.test.simulation.inspect(agent)?.state == [
        ProcessInspection.Field(name: "state", value: "1")
      ])
    #expect(copy.test.simulation.inspect(agent)?.behaviour == "agent total")
    copy.test.simulation.apply(.process(agent, .replaceState(field: "state", 7)))
    copy.test.simulation.apply(.process(agent, .replaceState(field: "state", "seven")))
    copy.test.simulation.runUntilIdle()
    #expect(copy.test.simulation.inspect(agent)?.state.first?.value == "7")
  }
}
