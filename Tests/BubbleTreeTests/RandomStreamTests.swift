import BubbleEvents
import BubbleTestSupport
@testable import BubbleTree
import Testing

/// Streams that no machine would post: the tree takes them as they come.
@Suite struct RandomStreamTests {
  @Test(arguments: 1...30)
  func `counts equal a recount after any stream`(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed))
    var limits = ProcessTree.Limits()
    limits.restingPlaces = seed % 8
    limits.looseGhosts = seed % 3 + 1
    limits.events = 64
    var tree = ProcessTree(limits: limits)
    for number in 1...1500 {
      let event = stream.next()
      tree.fold(event)
      _ = tree.narrate(event)
      if number % 100 == 0 { tree.expectConsistency("event \(number): \(event.kind)") }
    }
  }

  @Test(arguments: 1...5)
  func `folding in two parts gives the same as folding at once`(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed))
    let events = (0..<800).map { _ in stream.next() }
    var whole = ProcessTree()
    for event in events { whole.fold(event) }
    var first = ProcessTree()
    for event in events.prefix(500) { first.fold(event) }
    var second = first
    for event in events.dropFirst(500) { second.fold(event) }
    #expect(second.nodes == whole.nodes && second.roots == whole.roots)
    #expect(second.stateCounts == whole.stateCounts && second.orphans == whole.orphans)
    #expect(first.recent.last?.id == 500)
  }
}

/// Events at random over a few processes and children.
private struct RandomStream {
  private var generator: SplitMix64
  private var count: Event.ID = 0
  private var lastNumber: UInt32 = 0
  private var instant = RuntimeInstant.zero

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> Event {
    count += 1
    instant = instant + .milliseconds(number(below: 300))
    let cause = chance(4) ? nil : Event.ID(number(below: Int(count) + 2))
    return Event(id: count, instant: instant, cause: cause, kind: kind())
  }

  private mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &generator)
  }

  private mutating func chance(_ one: Int) -> Bool { number(below: one) == 0 }

  /// Mostly one of the youngest.
  private mutating func pid() -> PID {
    let span = chance(5) ? Int(lastNumber) + 1 : min(Int(lastNumber) + 1, 12)
    let back = UInt32(number(below: span))
    return PID(lastNumber - back, node: NodeID(chance(40) ? 1 : 0))
  }

  private mutating func id() -> ChildID {
    chance(2) ? .dynamic(number(below: 5)) : .named(.atom(["a", "b", "c"][number(below: 3)]))
  }

  private mutating func reason() -> ExitReason {
    [.normal, .shutdown, .killed, .failure("odd"), .shutdownBecause(1)][number(below: 5)]
  }

  private mutating func kind() -> Event.Kind {
    switch number(below: 24) {
    case 0...4:
      lastNumber += 1
      return .process(
        PID(lastNumber), .spawned(parent: chance(8) ? nil : pid(), behaviour: "gen_server odd"))
    case 5, 6: return .process(pid(), .exited(reason()))
    case 7: return .process(pid(), .suspended)
    case 8: return .process(pid(), .resumed)
    case 9:
      return .supervisor(
        pid(), .configured(SupervisorFlags(intensity: RestartIntensity(number(below: 3), in: 2))))
    case 10, 11:
      let child = ChildDescription(
        id: id(), restart: .permanent, shutdown: .infinity,
        kind: chance(2) ? .worker : .supervisor, isSignificant: false)
      return .supervisor(pid(), .childSpecified(child, position: number(below: 5)))
    case 12: return .supervisor(pid(), .childForgotten(id()))
    case 13, 14: return .child(of: pid(), id(), .starting)
    case 15, 16: return .child(of: pid(), id(), .started(pid()))
    case 17:
      return chance(2)
        ? .child(of: pid(), id(), .ignored)
        : .child(of: pid(), id(), .startFailed(reason()))
    case 18:
      return .child(of: pid(), id(), .stopping(pid(), .infinity))
    case 19:
      return .supervisor(pid(), .restartDecided(id(), .oneForAll, stops: 1, starts: 2))
    case 20: return .supervisor(pid(), .restartCompleted(id()))
    case 21: return .supervisor(pid(), .restartCounted(used: 1, RestartIntensity()))
    case 22:
      return .supervisor(pid(), .intensityExceeded(id(), used: 2, RestartIntensity()))
    default:
      return chance(2)
        ? .supervisor(pid(), .childrenReordered([id(), id(), id()]))
        : .requested(.process(pid(), .kill))
    }
  }
}
