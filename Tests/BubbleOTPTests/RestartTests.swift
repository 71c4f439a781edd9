import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// When a supervisor starts what again (OTP, "Restart strategies" and "Child specification").
struct RestartTests {
  /// Restart type, exit reason, whether it is started again, whether its place stays.
  static let table: [(ChildRestart, ExitReason, isRestarted: Bool, stays: Bool)] = [
    (.permanent, .normal, true, true), (.permanent, .shutdown, true, true),
    (.permanent, .shutdownBecause("x"), true, true), (.permanent, .killed, true, true),
    (.permanent, .failure("boom"), true, true),
    (.transient, .normal, false, true), (.transient, .shutdown, false, true),
    (.transient, .shutdownBecause("x"), false, true), (.transient, .killed, true, true),
    (.transient, .failure("boom"), true, true),
    (.temporary, .normal, false, false), (.temporary, .shutdown, false, false),
    (.temporary, .shutdownBecause("x"), false, false), (.temporary, .killed, false, false),
    (.temporary, .failure("boom"), false, false),
  ]

  @Test(arguments: table)
  func `the restart type and the reason decide`(
    restart: ChildRestart, reason: ExitReason, isRestarted: Bool, stays: Bool
  ) throws {
    var shop = try Shop(["a"], restart: restart)
    let old = try #require(try shop.pid("a"))
    shop.apply(.process(old, .send(reason.term)))
    let new = try shop.pid("a")
    #expect((new != nil) == isRestarted)
    #expect(new != old)
    #expect(try shop.children().isEmpty == !stays)
    let isReported = shop.events.contains { event in
      if case .reported(.supervisor(_, .childTerminated, _, _, _)) = event.kind {
        true
      } else {
        false
      }
    }
    #expect(isReported == (restart == .permanent || reason.isAbnormal))
  }

  static let strategies: [(SupervisionStrategy, victim: String, story: [String])] = [
    (
      .oneForOne, "b",
      ["b ended (killed)", "one_for_one for b: 0 stop, 1 start", "b started", "restart of b done"]
    ),
    (
      .restForOne, "b",
      [
        "b ended (killed)", "rest_for_one for b: 1 stop, 2 start", "c stopped (shutdown)",
        "b started", "c started", "restart of b done",
      ]
    ),
    (
      .oneForAll, "b",
      [
        "b ended (killed)", "one_for_all for b: 2 stop, 3 start", "c stopped (shutdown)",
        "a stopped (shutdown)", "a started", "b started", "c started", "restart of b done",
      ]
    ),
    (
      .restForOne, "c",
      ["c ended (killed)", "rest_for_one for c: 0 stop, 1 start", "c started", "restart of c done"]
    ),
  ]

  @Test(arguments: strategies)
  func `siblings stop in reverse start order and start in start order`(
    strategy: SupervisionStrategy, victim: String, story: [String]
  ) throws {
    var shop = try Shop(["a", "b", "c"], strategy)
    shop.apply(.process(try #require(try shop.pid(victim)), .kill))
    #expect(shop.story == story)
    #expect(try shop.children().map(\.id) == ["a", "b", "c"])
  }

  @Test(arguments: [SupervisionStrategy.oneForOne, .restForOne, .oneForAll])
  func `the end of a temporary child restarts nobody`(strategy: SupervisionStrategy) throws {
    var shop = try Shop(["a", "b"], strategy, restart: .temporary)
    shop.apply(.process(try #require(try shop.pid("a")), .kill))
    #expect(shop.story == ["a ended (killed)", "a needs no restart", "a forgotten"])
    #expect(try shop.children().count == 1)
  }

  @Test func `a child that had ended is started again with its group`() throws {
    var shop = try Shop(["a", "b", "c"], .oneForAll, restart: .transient)
    shop.apply(.process(try #require(try shop.pid("a")), .send("normal")))
    #expect(try shop.pid("a") == nil)
    shop.apply(.process(try #require(try shop.pid("c")), .kill))
    #expect(try shop.pid("a") != nil)
  }

  @Test func `one restart too many makes the supervisor stop its children and end`() throws {
    var shop = try Shop(["a", "b"], intensity: RestartIntensity(2, in: 5))
    for _ in 1...3 { shop.apply(.process(try #require(try shop.pid("a")), .kill)) }
    #expect(shop.story == ["a ended (killed)", "gave up at a, restart 3", "b stopped (shutdown)"])
    #expect(shop.simulation.kernel.processCount == 0)
  }

  @Test func `a failed restart is tried again through the mailbox and counted each time`() throws {
    var shop = try Shop(
      Supervisor(
        "shop", flags: SupervisorFlags(intensity: RestartIntensity(5, in: 5)),
        children: [
          ChildSpec(
            id: "a", start: .genServer { Clerk(name: "a", failingStarts: 2...3) })
        ]))
    shop.apply(.process(try #require(try shop.pid("a")), .kill))
    let counts = shop.events.compactMap { event in
      if case .supervisor(_, .restartCounted(let used, _)) = event.kind { used } else { nil }
    }
    #expect(counts == [1, 2, 3])
    #expect(try shop.pid("a") != nil)
    #expect(shop.simulation.isSettled)
  }

  @Test func `a change of flags keeps the restarts that are remembered`() throws {
    var shop = try Shop(["a"], intensity: RestartIntensity(2, in: 5))
    for _ in 1...2 { shop.apply(.process(try #require(try shop.pid("a")), .kill)) }
    let flags = SupervisorFlags(strategy: .oneForAll, intensity: RestartIntensity(3, in: 5))
    shop.apply(.supervisor(shop.root, .changeFlags(flags)))
    #expect(
      shop.events.contains { $0.kind == .supervisor(shop.root, .configured(flags)) }
    )
    shop.apply(.process(try #require(try shop.pid("a")), .kill))
    #expect(
      shop.events.contains {
        $0.kind == .supervisor(shop.root, .restartCounted(used: 3, flags.intensity))
      })
    shop.apply(.process(try #require(try shop.pid("a")), .kill))
    #expect(shop.simulation.kernel.processCount == 0)
  }
}
