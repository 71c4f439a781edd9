import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// The rules of supervisors that no recorded scenario can show (docs/SEMANTICS.md, S).
struct SupervisorRuleTests {
  private func clerk(_ id: String, restart: ChildRestart = .permanent) -> ChildSpec {
    ChildSpec(id: .atom(id), start: .genServer { Clerk(name: id) }, restart: restart)
  }

  @Test(arguments: [AutoShutdown.anySignificant, .allSignificant])
  func `a template goes with no automatic shutdown`(autoShutdown: AutoShutdown) {
    var simulation = Simulation(seed: 1)
    let flags = SupervisorFlags(strategy: .simpleOneForOne, autoShutdown: autoShutdown)
    let result = simulation.start(
      Supervisor("pool", flags: flags, children: [clerk("t")]).start)
    #expect(
      result?.description
        == "{error,{supervisor_data,{bad_combination,[{auto_shutdown,\(autoShutdown.rawValue)},"
        + "{strategy,simple_one_for_one}]}}}")
  }

  @Test(
    arguments: [
      ("infinity", nil), (0, nil), (1000, nil), (-1, "{invalid_hibernate_after,-1}"),
      ("soon", "{invalid_hibernate_after,soon}"),
    ] as [(Term, String?)])
  func `the time before it hibernates is checked last, and changes nothing`(
    time: Term, error: String?
  ) {
    var simulation = Simulation(seed: 1)
    var flags = UncheckedFlags()
    flags.hibernateAfter = time
    let (correct, wrong) = (flags, with(flags) { $0.period = 0 })
    let supervisor = Supervisor("top") { _ in .unchecked(correct, []) }
    #expect(
      simulation.start(supervisor.start)?.description
        == error.map { "{error,{supervisor_data,\($0)}}" } ?? "{ok,<1>}")
    let other = Supervisor("top") { _ in .unchecked(wrong, []) }
    #expect(
      simulation.start(other.start)?.description
        == "{error,{supervisor_data,{invalid_period,0}}}")
  }

  private func with(
    _ flags: UncheckedFlags, _ change: (inout UncheckedFlags) -> Void
  ) -> UncheckedFlags {
    var flags = flags
    change(&flags)
    return flags
  }

  /// A child that stops its own supervisor; the times are OTP's: the child's own, or the stop's.
  @Test(arguments: [
    (nil, "<2> killed at 2.000", "<1> normal at 2.000"),
    (
      Duration.milliseconds(500),
      "<2> {timeout,{GenServer,stop,[shop,normal,500]}} at 0.500", "<1> normal at 0.500"
    ),
  ])
  func `a child that stops its own supervisor waits for one that waits for it`(
    timeout: Duration?, child: String, supervisor: String
  ) throws {
    var shop = try Shop(
      Supervisor(
        "shop", name: "shop",
        children: [
          ChildSpec(id: "a", start: .genServer { Diary() }, shutdown: .timeout(2000))
        ]))
    let pid = try #require(try shop.pid("a"))
    let stop: Diary.Cast = { context in
      context.trapsExits = true
      return .wait(
        try .stopping(.local("shop"), timeout: timeout, &context) { _, _ in .noReply })
    }
    shop.simulation.cast(stop, to: pid)
    shop.run()
    let ends = shop.events.compactMap { event in
      if case .process(let pid, .exited(let reason)) = event.kind {
        "\(pid) \(reason) at \(event.instant)"
      } else {
        nil
      }
    }
    #expect(ends == [child, supervisor])
  }

  @Test func `a supervisor under a taken name does not start`() {
    var simulation = Simulation(seed: 1)
    let shop = Supervisor("shop", name: "shop", children: [clerk("a")])
    #expect(simulation.start(shop.start) == .ok(PID(1), info: nil))
    #expect(simulation.start(shop.start) == .error(.tuple(["already_started", .pid(PID(1))])))
    #expect(simulation.kernel.processCount == 2)
  }

  @Test func `a dynamic child that is ignored at its restart is forgotten`() throws {
    var shop = try Shop(
      Supervisor(
        "pool", flags: SupervisorFlags(strategy: .simpleOneForOne),
        children: [ChildSpec(id: "t", start: .genServer { Shy() })]))
    let pid = try #require(try shop.ask(.startDynamic([])).child)
    shop.apply(.process(pid, .kill))
    #expect(try shop.children().isEmpty)
    #expect(shop.story.contains("#0 forgotten"))
    #expect(
      try shop.ask(.countChildren).counts
        == ChildCounts(specs: 1, active: 0, supervisors: 0, workers: 0))
  }

  /// Runs once.
  private struct Shy: GenServer {
    mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Shy> {
      context.count("shy") > 1 ? .ignore : .ok
    }
  }

  @Test func `a start function that names a process that runs gets its answer plainly`() throws {
    var shop = try Shop(["a"])
    let running = Term.tuple(["already_started", .pid(shop.root)])
    let taken = ChildSpec(id: "b", start: ProcessStart { _, _ in .finished(.error(running)) })
    let failing = ChildSpec(id: "c", start: ProcessStart { _, _ in .finished(.error("no")) })
    #expect(try shop.ask(.startChild(taken)).error?.term == running)
    #expect(try shop.ask(.startChild(failing)).error?.term == .tuple(["no", "CHILDSPEC"]))
    #expect(try shop.children().map(\.id) == ["a"])
  }

  @Test func `a restarting dynamic child that is ended leaves the counts right`() throws {
    var shop = try Shop(
      Supervisor(
        "pool",
        flags: SupervisorFlags(strategy: .simpleOneForOne, intensity: RestartIntensity(9, in: 5)),
        children: [
          ChildSpec(id: "t", start: .genServer { Clerk(name: "t", failingStarts: 3...3) })
        ]))
    let pid = try #require(try shop.ask(.startDynamic([])).child)
    _ = try #require(try shop.ask(.startDynamic([])).child)
    // The request comes while the restart waits for its second attempt.
    shop.simulation.apply(.process(pid, .kill))
    let mark = shop.simulation.kernel.call(
      SupervisorRequest.terminateChild(.pid(pid)), to: shop.root)
    shop.run()
    guard case .reply(let reply as SupervisorReply) = shop.simulation.kernel.answer(to: mark) else {
      Issue.record("not answered")
      return
    }
    #expect(reply.error == nil)
    #expect(
      try shop.ask(.countChildren).counts
        == ChildCounts(specs: 1, active: 1, supervisors: 0, workers: 1))
  }

  @Test func `a static supervisor refuses the start of a template's child`() throws {
    var shop = try Shop(["a"])
    #expect(
      try shop.ask(.startDynamic(["x"])).error?.term == .tuple(["invalid_child_spec", ["x"]]))
  }

  // MARK: - Reports

  private func reports(_ shop: Shop) -> [Report] {
    shop.events.compactMap { event in
      if case .reported(let report) = event.kind { report } else { nil }
    }
  }

  @Test func `a report names its supervisor, context, reason, offender and child`() throws {
    var shop = try Shop(["a"], restart: .transient)
    let pid = try #require(try shop.pid("a"))
    shop.apply(.process(pid, .send("boom")))
    let child = ChildDescription(
      id: .named("a"), restart: .transient, shutdown: .timeout(5000), kind: .worker,
      isSignificant: false)
    let new = try #require(try shop.pid("a"))
    #expect(
      reports(shop) == [
        .serverTerminated(pid: pid, reason: .failure("boom")),
        .crash(pid: pid, reason: .failure("boom")),
        .supervisor(
          supervisor: shop.root, context: .childTerminated, reason: "boom",
          offender: .process(pid), child: child),
        .progress(supervisor: shop.root, child: child, pid: new),
      ])
  }

  @Test func `a start on request is told as one, any other is not`() throws {
    var shop = try Shop(["a"])
    func requested(_ shop: Shop) -> [Bool] {
      reports(shop).compactMap { report in
        if case .progress(_, _, _, let isRequested) = report { isRequested } else { nil }
      }
    }
    _ = try shop.ask(.startChild(clerk("b")))
    #expect(requested(shop) == [true])
    _ = try shop.ask(.terminateChild("a"))
    _ = try shop.ask(.restartChild("a"))
    #expect(requested(shop) == [true])
    shop.apply(.process(try #require(try shop.pid("b")), .kill))
    #expect(requested(shop) == [false])
  }

  @Test func `a template's children make no progress reports`() throws {
    var shop = try Shop(
      Supervisor(
        "pool", flags: SupervisorFlags(strategy: .simpleOneForOne), children: [clerk("t")]))
    _ = try shop.ask(.startDynamic([]))
    #expect(shop.story == ["#0 started"])
    #expect(reports(shop).isEmpty)
  }

  @Test func `a failed start asked for by hand makes no report`() throws {
    var shop = try Shop(["a"])
    let failing = ChildSpec(id: "c", start: ProcessStart { _, _ in .finished(.error("no")) })
    _ = try shop.ask(.startChild(failing))
    #expect(reports(shop).isEmpty)
  }
}
