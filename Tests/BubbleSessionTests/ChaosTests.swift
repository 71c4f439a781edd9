import BubbleCells
@testable import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleSimulation
import BubbleTree
import Testing

/// A machine of a session with faults by chance.
@Suite struct ChaosTests {
  static func shop() throws -> SimulatedSubject {
    let demo = try #require(Demo.named("shop"))
    return SimulatedSubject(simulation: try demo.scenario().simulation(seed: 7))
  }

  static func run(_ machine: inout SimulatedSubject, until seconds: Double) -> [Event] {
    let end = RuntimeInstant.zero + .seconds(seconds)
    while machine.advance(to: end) != .idle {}
    return machine.takeEvents()
  }

  static let plan = FaultPlan(rate: FaultRate(perHour: 60))

  static func kills(_ events: [Event]) -> Int {
    events.count {
      if case .requested(.process(_, .kill), .chaos) = $0.kind { true } else { false }
    }
  }

  @Test func `chaos begun in the middle hits those who live`() throws {
    var machine = try Self.shop()
    #expect(Self.kills(Self.run(&machine, until: 10)) == 0)
    machine.startChaos(Self.plan, seed: 3)
    #expect(Self.kills(Self.run(&machine, until: 130)) > 5)
    machine.stopChaos()
    #expect(Self.kills(Self.run(&machine, until: 300)) == 0)
  }

  @Test func `a copy that runs ahead sees the faults to come`() throws {
    var machine = try Self.shop()
    machine.startChaos(Self.plan, seed: 3)
    _ = Self.run(&machine, until: 10)
    var copy = machine
    let ahead = Self.run(&copy, until: 100)
    #expect(Self.kills(ahead) > 2)
    #expect(Self.run(&machine, until: 100) == ahead)
  }

  @Test func `the machine wakes for the next fault`() throws {
    var machine = try Self.shop()
    machine.startChaos(Self.plan, seed: 1)
    _ = Self.run(&machine, until: 1)
    let due = try #require(machine.chaos.nextInstant)
    let next = try #require(machine.nextInstant)
    #expect(next <= due)
  }

  @Test func `a run with chaos is run again from its journal`() throws {
    var machine = try Self.shop()
    var events = Self.run(&machine, until: 10)
    machine.startChaos(Self.plan, seed: 3)
    events += Self.run(&machine, until: 90)
    machine.stopChaos()
    events += Self.run(&machine, until: 120)
    #expect(machine.journal.acts.count == 2)
    var again = SimulatedSubject(
      simulation: try #require(Demo.named("shop")).scenario().simulation(seed: 7),
      journal: Journal(ahead: machine.journal.acts))
    #expect(Self.run(&again, until: 120) == events)
    #expect(again.journal.next == nil)
  }

  // MARK: - In the console

  static func console() throws -> SessionUnderTest {
    var session = try SessionUnderTest(demo: "shop", seed: 7)
    session.run(.seconds(1))
    return session
  }

  @Test func `a key begins it and ends it, and its seed is on the screen`() throws {
    var session = try Self.console()
    session.press("C")
    #expect(render(session.session.model).text().contains("chaos seed 7"))
    #expect(session.session.model.notice?.hasPrefix("chaos: 12/min together, seed 7") == true)
    session.run(.seconds(30))
    #expect(Self.kills(session.session.model.tree.events(after: 0)) > 2)
    session.press("C")
    #expect(session.session.model.notice?.hasPrefix("no more chaos; it struck ") == true)
    #expect(!render(session.session.model).text().contains("chaos seed"))
    session.press("C")
    #expect(session.session.model.chaos?.seed == 8, "another time, other faults")
  }

  @Test func `what was asked for is what happens`() throws {
    var session = try Self.console()
    session.command(
      "chaos 6/min together seed=3 target=cache reason=badarg:2 reason=kill slow=20% fail=0.1 "
        + "refuse=30% supervisors")
    let chaos = try #require(session.session.model.chaos)
    #expect(chaos.seed == 3)
    #expect(chaos.plan.rate == FaultRate(perHour: 360, scope: .together))
    #expect(chaos.plan.targets == [FaultTarget("cache")].compactMap(\.self))
    #expect(chaos.plan.reasons.map(\.weight) == [2, 1])
    #expect(chaos.plan.consequences.slowStart == 0.2)
    #expect(chaos.plan.consequences.failedStart == 0.1)
    #expect(chaos.plan.consequences.refusedShutdown == 0.3)
    #expect(chaos.plan.includesSupervisors)
  }

  @Test func `chaos is undone as if it had not been`() throws {
    var session = try Self.console()
    var other = session
    session.press("C")
    session.run(.seconds(20))
    session.press("u")
    #expect(session.session.model.chaos == nil)
    session.run(.seconds(20))
    other.run(.seconds(20))
    #expect(difference(session.account, other.account) == nil)
    session.press("U")
    #expect(session.session.model.chaos?.seed == 7)
  }

  @Test func `the log tells chance from the user`() throws {
    var session = try Self.console()
    session.command("chaos 1/s together seed=1")
    session.run(.seconds(5))
    let told = session.session.model.tree.events(after: 0).compactMap { event in
      session.session.model.tree.narrate(event)?.spans.map(\.text).joined()
    }
    #expect(told.contains { $0.hasPrefix("chaos struck: kill ") })
    #expect(!told.contains { $0.hasPrefix("you pressed") })
  }
}
