import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleSimulation
import Testing

/// A machine of a session with faults by chance.
@Suite struct ChaosTests {
  static func shop() throws -> LiveMachine {
    let demo = try #require(Demo.named("shop"))
    return LiveMachine(simulation: try demo.scenario().simulation(seed: 7))
  }

  static func run(_ machine: inout LiveMachine, until seconds: Double) -> [Event] {
    let end = RuntimeInstant.zero + .seconds(seconds)
    while machine.advance(to: end) != .idle {}
    return machine.takeEvents()
  }

  static let plan = FaultPlan(rate: FaultRate(perHour: 60))

  static func kills(_ events: [Event]) -> Int {
    events.count { if case .requested(.kill) = $0.kind { true } else { false } }
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
    #expect(machine.journal.entries.count == 2)
    var again = LiveMachine(
      simulation: try #require(Demo.named("shop")).scenario().simulation(seed: 7),
      journal: Journal(ahead: machine.journal.entries))
    #expect(Self.run(&again, until: 120) == events)
    #expect(again.journal.next == nil)
  }
}
