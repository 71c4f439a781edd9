import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Time-outs in a server's results and the system messages between (docs/SEMANTICS.md, GS5, GS25);
/// the times of the plain one are those of OTP 25.
struct ServerTimeoutTests {
  private static func at(_ milliseconds: Int) -> RuntimeInstant {
    .zero + .milliseconds(milliseconds)
  }

  /// What comes to a server whose time-out of 300 ms began at 0, and when.
  private static func heard(
    _ next: Next<Diary>, _ happenings: [(at: Int, what: (inout Servers, PID) -> Void)]
  ) throws -> String {
    var test = Servers()
    let pid = try test.started()
    test.simulation.cast({ _ in .noReplying(next) } as Diary.Cast, to: pid)
    test.simulation.run(until: at(0))
    for happening in happenings {
      test.simulation.run(until: at(happening.at))
      happening.what(&test, pid)
    }
    var heard: [String] = []
    for milliseconds in stride(from: 0, through: 2000, by: 10) {
      guard at(milliseconds) >= test.simulation.now else { continue }
      test.simulation.run(until: at(milliseconds))
      let value = test.simulation.inspect(pid)?.state.first { $0.name == "entries" }?.value
      if let value, value != "[]", heard.isEmpty { heard.append("\(value) at \(milliseconds)") }
    }
    return heard.first ?? "nothing"
  }

  private typealias Happening = (at: Int, what: (inout Servers, PID) -> Void)

  private static func suspend(at time: Int) -> Happening {
    (time, { $0.simulation.apply(.process($1, .suspend)) })
  }
  private static func resume(at time: Int) -> Happening {
    (time, { $0.simulation.apply(.process($1, .resume)) })
  }
  private static func replace(at time: Int) -> Happening {
    (time, { $0.simulation.apply(.process($1, .replaceState(field: "none", "x"))) })
  }
  private static func message(at time: Int) -> Happening {
    (time, { $0.simulation.send(Term.atom("hey"), to: $1) })
  }

  @Test func `a system message has a time-out begin anew, and a suspended server has none`() throws
  {
    func plain(_ happenings: Happening...) throws -> String {
      try Self.heard(.timeout(.milliseconds(300)), happenings)
    }
    #expect(try plain() == "[\"timeout\"] at 300")
    #expect(try plain(Self.replace(at: 150)) == "[\"timeout\"] at 450")
    #expect(try plain(Self.resume(at: 150)) == "[\"timeout\"] at 450")
    #expect(
      try plain(Self.suspend(at: 150), Self.resume(at: 500)) == "[\"timeout\"] at 800")
    #expect(
      try plain(Self.suspend(at: 150), Self.replace(at: 250), Self.resume(at: 350))
        == "[\"timeout\"] at 650")
    #expect(try plain(Self.message(at: 150)) == "[\"hey\"] at 150")
    #expect(
      try plain(Self.suspend(at: 150), Self.message(at: 200), Self.resume(at: 300))
        == "[\"hey\"] at 300")
  }

  @Test func `a system message leaves an event time-out alone, a message ends it`() throws {
    func event(_ happenings: Happening...) throws -> [String] {
      try [
        .eventTimeout(.milliseconds(300), Term.atom("late")),
        .eventTimeoutAt(Self.at(300), Term.atom("late")),
      ].map { try Self.heard($0, happenings) }
    }
    func both(_ text: String) -> [String] { [text, text] }
    #expect(try event() == both("[\"late\"] at 300"))
    #expect(try event(Self.replace(at: 150)) == both("[\"late\"] at 300"))
    #expect(
      try event(Self.suspend(at: 150), Self.resume(at: 250)) == both("[\"late\"] at 300"))
    #expect(
      try event(Self.suspend(at: 150), Self.resume(at: 500)) == both("[\"late\"] at 500"))
    #expect(
      try event(Self.suspend(at: 150), Self.message(at: 200), Self.resume(at: 500))
        == both("[\"hey\"] at 500"))
    #expect(try event(Self.message(at: 150)) == both("[\"hey\"] at 150"))
  }

  @Test(arguments: [
    (Next<Diary>.timeout(.zero), ["queued", "timeout"]),
    (.eventTimeout(.zero, Term.atom("late")), ["late", "queued"]),
    (.eventTimeoutAt(.zero, Term.atom("late")), ["late", "queued"]),
  ])
  func `an event time-out of no time comes before the mailbox, a plain one behind it`(
    next: Next<Diary>, heard: [String]
  ) throws {
    var test = Servers()
    let pid = try test.started()
    test.simulation.cast(
      { _ in .noReplying(next) } as Diary.Cast, to: pid)
    test.simulation.send(Term.atom("queued"), to: pid)
    test.simulation.runUntilIdle()
    test.cast(pid) { _ in .noReplying(.timeout(.zero)) }
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    let terms = try #require(entries.elements)
    #expect(Array(terms.map(\.description).prefix(2)) == heard)
  }

  /// Waits for something to come, at first for as long as it takes a message to come.
  private struct Waiter: GenServer {
    var heard: [String] = []

    mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Waiter> {
      _ = try context.sendAfter(.milliseconds(10), Term.atom("hey"), to: .pid(context.pid))
      return .running(.timeout(.milliseconds(10)))
    }

    mutating func handleInfo(
      _ message: Info, _ context: inout ProcessContext
    ) throws -> CastResult<Waiter> {
      heard.append("\(message)")
      return heard.count < 2 ? .noReplying(.timeout(.seconds(1))) : .noReply
    }
  }

  @Test func `a time-out that comes too late does not end the next one`() throws {
    var simulation = Simulation(seed: 1)
    simulation.start(.genServer { Waiter() })
    simulation.runUntilIdle()
    #expect(simulation.inspect(PID(1))?.state.first?.value == #"["hey","timeout"]"#)
  }
}
