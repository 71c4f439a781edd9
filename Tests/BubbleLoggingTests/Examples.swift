import BubbleEvents
import BubbleKernel
import BubbleLogging
import BubbleOTP
import BubbleSimulation
import Logging
import Testing

/// What the example of the doc comment of `ReportLogger` does, line by line; a test of the
/// repository holds the two together.
@Suite struct ExampleTests {
  @Test func `the reports of a simulation are logged`() {
    var machine = Simulation(seed: 1)
    machine.start(Supervisor("shop_sup", children: []).start)
    var reports = ReportLogger(Logger(label: "shop"))
    machine.run(until: .zero + .seconds(10))
    reports.log(machine.takeEvents())
    #expect(machine.now == .zero + .seconds(10))
    #expect(machine.takeEvents().isEmpty)
  }
}
