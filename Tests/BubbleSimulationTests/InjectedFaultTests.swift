import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Faults on request: what a supervisor meets when a child starts slowly, fails in its init, or
/// refuses to end.
@Suite struct InjectedFaultTests {
  static let root = PID(1)

  static func inject(_ fault: ChildFault, _ id: String) -> ControlRequest {
    .child(of: root, .named(.atom(id)), .injectFault(fault))
  }

  /// What became of the place `id` from the event `first` on.
  static func story(_ nursery: Nursery, _ id: String, after first: Int) -> [String] {
    let place = ChildID.named(.atom(id))
    return nursery.events.dropFirst(first).compactMap { event in
      let what: String? =
        switch event.kind {
        case .child(_, place, .starting): "starting"
        case .child(_, place, .started): "started"
        case .child(_, place, .startFailed(let reason)): "start failed (\(reason))"
        case .child(_, place, .stopping): "stopping"
        case .child(_, place, .stopTimedOut): "timed out"
        case .child(_, place, .stopped(_, let reason)): "stopped (\(reason))"
        default: nil
        }
      return what.map { "\(event.instant) \($0)" }
    }
  }

  @Test func `a slow start takes that much longer, once`() throws {
    var nursery = Nursery(["a"])
    let first = nursery.events.count
    nursery.apply(Self.inject(.slowStart(.milliseconds(300)), "a"))
    nursery.apply(.process(try #require(nursery.pid("a")), .kill))
    nursery.run(for: .seconds(1))
    nursery.apply(.process(try #require(nursery.pid("a")), .kill))
    #expect(
      Self.story(nursery, "a", after: first) == [
        "0.000 starting", "0.300 started", "1.000 starting", "1.000 started",
      ])
  }

  @Test func `a failing init is met as any other: the supervisor tries again, and counts`() throws {
    var nursery = Nursery(["a"])
    let first = nursery.events.count
    nursery.apply(Self.inject(.failedStart(.failure("no_disk")), "a"))
    nursery.apply(.process(try #require(nursery.pid("a")), .kill))
    #expect(
      Self.story(nursery, "a", after: first) == [
        "0.000 starting", "0.000 start failed (no_disk)", "0.000 starting", "0.000 started",
      ])
    let used = nursery.events.compactMap { event in
      if case .supervisor(_, .restartCounted(let used, _)) = event.kind { used } else { nil }
    }
    #expect(used == [1, 2])
    let crashes = nursery.events.compactMap { event in
      if case .reported(.crash(_, let reason)) = event.kind { reason } else { nil }
    }
    #expect(crashes == [.failure("no_disk")])
  }

  @Test func `a slow start may fail as well`() throws {
    var nursery = Nursery(["a"])
    let first = nursery.events.count
    nursery.apply(Self.inject(.slowStart(.milliseconds(200)), "a"))
    nursery.apply(Self.inject(.failedStart(.failure("late")), "a"))
    nursery.apply(.process(try #require(nursery.pid("a")), .kill))
    nursery.run(for: .seconds(1))
    #expect(
      Self.story(nursery, "a", after: first) == [
        "0.000 starting", "0.200 start failed (late)", "0.200 starting", "0.200 started",
      ])
  }

  @Test(arguments: [
    (
      ChildShutdown.timeout(700),
      ["0.000 stopping", "0.700 timed out", "0.700 stopped (killed)"]
    ),
    (.brutalKill, ["0.000 stopping", "0.000 stopped (killed)"]),
    (.infinity, ["0.000 stopping"]),
  ])
  func `a child that refuses ends as its shutdown says`(
    shutdown: ChildShutdown, expected: [String]
  ) {
    var nursery = Nursery(["a"], shutdown: shutdown)
    let first = nursery.events.count
    nursery.apply(Self.inject(.refusedShutdown, "a"))
    nursery.apply(.child(of: Self.root, .named("a"), .terminate))
    nursery.run(for: .seconds(60))
    #expect(Self.story(nursery, "a", after: first) == expected)
  }

  @Test func `an armed refusal changes nothing until the child is told to end`() throws {
    var nursery = Nursery(["a"])
    nursery.apply(Self.inject(.refusedShutdown, "a"))
    let victim = try #require(nursery.pid("a"))
    nursery.apply(.process(victim, .exit(.failure("oops"))))
    let ends = nursery.events.compactMap { event in
      if case .process(victim, .exited(let reason)) = event.kind { reason } else { nil }
    }
    #expect(ends == [.failure("oops")])
    #expect(nursery.pid("a") != victim)
  }

  @Test func `a fault in another place is not met`() throws {
    var nursery = Nursery(["a", "b"])
    nursery.apply(Self.inject(.failedStart(.failure("no_disk")), "b"))
    let first = nursery.events.count
    nursery.apply(.process(try #require(nursery.pid("a")), .kill))
    #expect(
      Self.story(nursery, "a", after: first) == ["0.000 starting", "0.000 started"])
  }

  @Test func `what follows leads back to the faults of the generator`() throws {
    var plan = FaultPlan(rate: FaultRate(perHour: 3600))
    plan.consequences.slowStart = 1
    plan.consequences.delay = .milliseconds(10)
    plan.consequences.failedStart = 0.5
    plan.consequences.refusedShutdown = 1
    var nursery = Nursery(
      Nursery.supervisor("top", ["a", "b"], strategy: .oneForAll, shutdown: .timeout(50)))
    nursery.generator.start(plan, seed: 17, at: .zero)
    nursery.run(for: .seconds(100))
    let faults = nursery.requests.compactMap { request in
      if case .child(_, _, .injectFault(let fault)) = request { fault } else { nil }
    }
    #expect(
      Set(faults) == [
        .slowStart(.milliseconds(10)), .failedStart(.failure("start_failed")), .refusedShutdown,
      ])
    func count(_ matches: (Event.Kind) -> Bool) -> Int { nursery.events.count { matches($0.kind) } }
    #expect(count { if case .child(_, _, .stopTimedOut) = $0 { true } else { false } } > 10)
    #expect(count { if case .child(_, _, .startFailed) = $0 { true } else { false } } > 10)
    let ids = Set(nursery.events.map(\.id))
    for event in nursery.events {
      if case .child(_, _, .stopTimedOut) = event.kind {
        #expect(event.cause.map(ids.contains) == true)
      }
    }
  }
}
