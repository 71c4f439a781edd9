import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Whatever happens to a tree of chance, some things always hold.
struct PropertyTests {
  /// Builds a tree of chance, three levels deep at most.
  private struct Forester {
    var generator: BubbleKernel.SplitMix64
    private var count = 0

    init(seed: UInt64) {
      generator = BubbleKernel.SplitMix64(seed: seed)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &generator)]
    }

    mutating func supervisor(depth: Int) -> Supervisor {
      let flags = SupervisorFlags(
        strategy: pick([.oneForOne, .oneForAll, .restForOne]),
        intensity: RestartIntensity(pick([0, 1, 3, 20]), in: 5))
      let size = Int.random(in: 1...4, using: &generator)
      let children = (0..<size).map { _ in child(depth: depth) }
      count += 1
      return Supervisor("s\(count)", flags: flags, children: children)
    }

    private mutating func child(depth: Int) -> ChildSpec {
      count += 1
      let id = Term.atom("c\(count)")
      let restart = pick(ChildRestart.allCases)
      if depth > 0, Bool.random(using: &generator) {
        return .supervisor(id: id, supervisor(depth: depth - 1), restart: restart)
      }
      let clerk = Clerk(
        name: "c\(count)", trapsExits: Bool.random(using: &generator),
        failingStarts: pick([nil, nil, 2...2, 2...4]))
      return ChildSpec(
        id: id, start: .genServer { clerk }, restart: restart,
        shutdown: pick([.brutalKill, .timeout(10), .infinity]))
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a tree stays whole through faults of chance`(seed: UInt64) throws {
    var forester = Forester(seed: seed)
    var shop = try Shop(forester.supervisor(depth: 2), seed: seed)
    for _ in 0..<12 {
      let processes = shop.simulation.kernel.processes
      guard !processes.isEmpty else { break }
      let victim = forester.pick(processes)
      let reason = forester.pick([ExitReason.kill, .shutdown, .normal, .failure("boom")])
      shop.apply(.process(victim, .exit(reason)))
      #expect(shop.simulation.isSettled, "reproduce with seed \(seed)")
      try expectWholeness(shop, seed)
    }
    if shop.simulation.inspect(shop.root) != nil {
      shop.simulation.stop(shop.root, reason: .shutdown)
    }
    #expect(shop.simulation.kernel.processCount == 0, "reproduce with seed \(seed)")
  }

  /// Nobody has lost a supervisor, and everybody is linked to the one they have.
  private func expectWholeness(_ shop: Shop, _ seed: UInt64) throws {
    for pid in shop.simulation.kernel.processes where pid != shop.root {
      let inspection = try #require(shop.simulation.inspect(pid))
      let parent = try #require(inspection.parent)
      #expect(inspection.links.contains(parent), "reproduce with seed \(seed)")
      let isListed = try shop.children(of: parent).contains { $0.child == .pid(pid) }
      #expect(isListed, "\(pid) is unknown to \(parent); reproduce with seed \(seed)")
    }
  }
}
