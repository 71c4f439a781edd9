import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Looking into a process and changing its state from outside (OTP: sys).
@Suite struct StateReplacementTests {
  /// A server one part of whose state can be replaced, by numbers of at least 0.
  private struct Safe: GenServer {
    var coins = 3
    var openings = 0

    mutating func handleCall(
      _ request: Term, from caller: Caller, _ context: inout ProcessContext
    ) throws -> CallResult<Safe> {
      openings += 1
      return .reply(.integer(coins))
    }

    mutating func replaceState(_ field: String, with value: Term) throws {
      openings = 100
      guard field == "coins", case .integer(let number) = value, number >= 0 else {
        throw RaisedError.badArgument
      }
      coins = number
      openings = 0
    }
  }

  private func safe() throws -> (Simulation, PID) {
    var simulation = Simulation(seed: 1)
    guard case .ok(let pid, _) = simulation.start(.genServer { Safe() }) else {
      throw CallFailure.timedOut
    }
    return (simulation, pid)
  }

  @Test func `a part of the state is replaced by its name, and a refusal leaves the state`() throws
  {
    var (simulation, pid) = try safe()
    let coins = SystemRequest.replaceState(field: "coins", value: 7)
    #expect(try simulation.system(coins, to: pid) == "ok")
    #expect(try simulation.call(Term.atom("look"), to: pid) as Term == 7)
    for (field, value) in [("coins", Term.integer(-1)), ("coins", "many"), ("lock", 1)] {
      let refused = SystemRequest.replaceState(field: field, value: value)
      guard case .tuple(let answer) = try simulation.system(refused, to: pid) else {
        Issue.record("no refusal of \(field) = \(value)")
        continue
      }
      #expect(answer.first == "error")
    }
    let state = simulation.inspect(pid)?.state.map { "\($0.name)=\($0.value)" }
    #expect(state == ["coins=7", "openings=1"])
  }

  @Test func `a suspended process gives its state another value, too`() throws {
    var (simulation, pid) = try safe()
    simulation.apply(.process(pid, .suspend))
    simulation.apply(.process(pid, .replaceState(field: "coins", 9)))
    simulation.apply(.process(pid, .resume))
    #expect(try simulation.call(Term.atom("look"), to: pid) as Term == 9)
  }

  /// A state machine whose state can be replaced, and which counts what enters its states.
  private struct Gate: GenStateMachine {
    enum State: String { case open, shut }
    var entered = 0
    var entersStates: Bool { true }

    mutating func initialize(_ context: inout ProcessContext) throws -> StateMachineStart<Gate> {
      .running(.shut)
    }

    mutating func handleEvent(
      _ event: StateEvent<Gate>, _ state: State, _ context: inout ProcessContext
    ) throws -> StateResult<Gate> {
      if case .enter = event { entered += 1 }
      if case .call(_, let caller) = event {
        return .keepState([.reply(caller, .atom(state.rawValue))])
      }
      return .keepState()
    }

    mutating func replaceState(
      _ field: String, with value: Term, _ state: State
    ) throws -> State {
      entered = 100
      guard field == "state", case .atom(let name) = value, let new = State(rawValue: name) else {
        throw RaisedError.badArgument
      }
      entered = 1
      return new
    }
  }

  @Test func `a state machine is put into another state without entering it`() throws {
    var simulation = Simulation(seed: 1)
    guard case .ok(let pid, _) = simulation.start(.genStateMachine { Gate() }) else {
      throw CallFailure.timedOut
    }
    let open = SystemRequest.replaceState(field: "state", value: "open")
    #expect(try simulation.system(open, to: pid) == "ok")
    #expect(try simulation.call(Term.atom("look"), to: pid) as Term == "open")
    let ajar = SystemRequest.replaceState(field: "state", value: "ajar")
    guard case .tuple(let answer) = try simulation.system(ajar, to: pid) else {
      Issue.record("there is no such state")
      return
    }
    #expect(answer.first == "error")
    #expect(simulation.inspect(pid)?.state.first { $0.name == "entered" }?.value == "1")
  }

  @Test func `messages that come and go are counted from the start`() throws {
    var (simulation, pid) = try safe()
    for _ in 0..<3 { _ = try simulation.call(Term.atom("look"), to: pid) as Term }
    simulation.apply(.process(pid, .send("hello")))
    simulation.runUntilIdle()
    let inspection = try #require(simulation.inspect(pid))
    #expect(inspection.received == 4 && inspection.sent == 3)
  }

  @Test func `messages are told on request, with their senders`() throws {
    var (simulation, pid) = try safe()
    _ = simulation.takeEvents()
    _ = try simulation.call(Term.atom("look"), to: pid) as Term
    #expect(simulation.takeEvents().isEmpty)
    simulation.kernel.eventLevel = .messages
    simulation.apply(.process(pid, .send("hello")))
    simulation.runUntilIdle()
    let told = simulation.takeEvents().compactMap { event -> String? in
      switch event.kind {
      case .message(.sent(let from, let to, let text)):
        "\(from?.description ?? "outside") to \(to): \(text)"
      case .message(.handled(let pid, let text)): "\(pid) handled \(text)"
      default: nil
      }
    }
    #expect(told.count == 2)
    #expect(told.first?.hasSuffix("to \(pid): hello") == true)
    #expect(told.last == "\(pid) handled hello")
  }
}
