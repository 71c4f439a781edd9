import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// What the examples of the doc comments of BubbleSimulation do, line by line; a test of the
/// repository holds the two together.
@Suite struct ExampleTests {
  private struct Idler: GenServer {}

  @Test func `faults arrive until the limit`() {
    var simulation = Simulation(seed: 1)
    var generator = FaultGenerator()
    let limit = RuntimeInstant.zero + .seconds(3600)
    let top = Supervisor(
      "top", flags: SupervisorFlags(intensity: RestartIntensity(1000, in: 1)),
      children: [ChildSpec(id: "worker", start: .genServer { Idler() })])
    simulation.start(top.start)
    for event in simulation.takeEvents() { generator.follow(event) }
    generator.start(FaultPlan(rate: FaultRate(perHour: 100)), seed: 7, at: simulation.now)
    while true {
      while simulation.takeTurn() {}  // restarts, too
      for event in simulation.takeEvents() { generator.follow(event) }
      let next = [simulation.nextTimer, generator.nextInstant].compactMap(\.self).min()
      guard let instant = next, instant <= limit else { break }
      simulation.advance(to: instant)
      while let request = generator.takeRequest(dueAt: instant) {
        simulation.apply(request, by: .chaos)
        for event in simulation.takeEvents() { generator.follow(event) }
      }
    }
    #expect((50...200).contains(generator.faultCount))
    #expect(simulation.kernel.processCount == 2)
  }
}
