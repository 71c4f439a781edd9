import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// Waits with time limits, one after the other, in processes that reuse their timers.
struct WaitTimerTests {
  /// Waits again and again, each time as long as chance says; a nudge ends a wait early.
  private struct Waiter: ProcessBody {
    struct Nudge: Sendable {}

    var limits: [Int]
    var ends: [String] = []
    var behaviour: String { "waiter" }

    mutating func start(_ context: inout ProcessContext) throws { wait(&context) }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
    mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
      switch received {
      case .message: ends.append("nudged \(context.now)")
      case .timedOut: ends.append("timed out \(context.now)")
      }
      wait(&context)
    }

    private mutating func wait(_ context: inout ProcessContext) {
      guard let limit = limits.popLast() else { return }
      context.wait(for: .message { _ in true }, timeout: .milliseconds(limit))
    }

    func describeState() -> [ProcessInspection.Field] {
      ends.map { ProcessInspection.Field(name: "end", value: $0) }
    }
  }

  private func instant(_ milliseconds: Int) -> RuntimeInstant {
    RuntimeInstant(nanoseconds: Int64(milliseconds) * 1_000_000)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `every wait ends at its nudge or at its limit, whatever was waited for before`(
    seed: UInt64
  ) {
    var chance = SplitMix64(seed: seed)
    let limits = (0..<30).map { _ in Int.random(in: 1...40, using: &chance) }
    let nudges = Set((0..<25).map { _ in Int.random(in: 1...500, using: &chance) }).sorted()

    var expected: [String] = []
    var now = 0
    var left = nudges[...]
    for limit in limits {
      while let nudge = left.first, nudge <= now { left.removeFirst() }
      // A limit and a nudge at one instant: the timer fires before the outside sends.
      if let nudge = left.first, nudge < now + limit {
        now = nudge
        expected.append("nudged \(instant(now))")
      } else {
        now += limit
        expected.append("timed out \(instant(now))")
      }
    }

    var simulation = Simulation(seed: seed)
    let pid = simulation.spawn(Waiter(limits: limits.reversed()))
    simulation.run(until: .zero)
    for nudge in nudges {
      simulation.run(until: instant(nudge))
      let seen = simulation.inspect(pid)?.state.count ?? 0
      let isPending = seen < limits.count && lastEnd(simulation, pid) < nudge
      if isPending { simulation.send(Waiter.Nudge(), to: pid) }
      simulation.run(until: instant(nudge))
    }
    simulation.run(until: instant(5000))
    #expect(simulation.inspect(pid)?.state.map(\.value) == expected, "SEED=\(seed)")
    #expect(simulation.nextTimer == nil)
  }

  /// When the last wait ended, in milliseconds.
  private func lastEnd(_ simulation: Simulation, _ pid: PID) -> Int {
    let text = simulation.inspect(pid)?.state.last?.value.split(separator: " ").last ?? "0.000"
    let parts = text.split(separator: ".").compactMap { Int($0) }
    return parts.count == 2 ? parts[0] * 1000 + parts[1] : 0
  }
}
