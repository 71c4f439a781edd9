import BubbleEvents
import BubbleKernel
import BubbleSimulation
import Testing

/// A machine is a value.
struct CopyTests {
  /// Sends itself messages for ever, at times of chance.
  private struct Clockwork: ProcessBody {
    var spawns = true
    var ticks = 0
    var peer: PID?

    var behaviour: String { "clockwork" }

    mutating func start(_ context: inout ProcessContext) throws {
      try tick(&context)
    }

    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
      ticks += 1
      if spawns, ticks % 7 == 0 { peer = context.spawnLink(Clockwork(spawns: false)) }
      if ticks % 11 == 0, let peer {
        context.unlink(peer)
        context.exit(peer, reason: .shutdown)
      }
      if !spawns, ticks % 13 == 0 { context.finish(.normal) }
      try tick(&context)
    }

    private func tick(_ context: inout ProcessContext) throws {
      let delay = Int.random(in: 1...50, using: &context.generator)
      _ = try context.sendAfter(.milliseconds(delay), Term.atom("tick"), to: .pid(context.pid))
    }
  }

  private func machine(seed: UInt64) -> Simulation {
    var simulation = Simulation(seed: seed)
    for _ in 0..<5 { _ = simulation.spawn(Clockwork()) }
    return simulation
  }

  private func seconds(_ count: Int64) -> RuntimeInstant {
    RuntimeInstant(nanoseconds: count * 1_000_000_000)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `running a copy changes nothing in the original, and both go on alike`(seed: UInt64) {
    var original = machine(seed: seed)
    original.run(until: seconds(1))
    _ = original.takeEvents()
    let before = original.kernel.processes.map { original.inspect($0) }

    var copy = original
    copy.run(until: seconds(3))
    copy.apply(.process(copy.kernel.processes.first ?? PID(1), .kill))
    #expect(original.now == seconds(1))
    #expect(original.kernel.processes.map { original.inspect($0) } == before)
    #expect(original.takeEvents().isEmpty)

    var again = original
    original.run(until: seconds(3))
    again.run(until: seconds(3))
    let events = original.takeEvents()
    #expect(events == again.takeEvents())
    #expect(!events.isEmpty)
  }

  @Test(arguments: [1, 7] as [UInt64])
  func `the same seed gives the same events, another seed others`(seed: UInt64) {
    var (first, second, other) = (
      machine(seed: seed), machine(seed: seed), machine(seed: seed + 1)
    )
    first.run(until: seconds(2))
    second.run(until: seconds(2))
    other.run(until: seconds(2))
    let events = first.takeEvents()
    #expect(events == second.takeEvents())
    #expect(events != other.takeEvents())
  }

  @Test func `events are numbered without gaps and only caused by earlier ones`() {
    var simulation = machine(seed: 5)
    simulation.run(until: seconds(2))
    for (index, event) in simulation.takeEvents().enumerated() {
      #expect(event.id == UInt64(index + 1))
      #expect(event.cause.map { $0 < event.id } ?? true)
    }
  }
}
