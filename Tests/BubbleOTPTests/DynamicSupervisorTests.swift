import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

struct DynamicSupervisorTests {
  private func pool(restart: ChildRestart = .permanent) throws -> Shop {
    try Shop(
      Supervisor(
        "pool",
        flags: SupervisorFlags(strategy: .simpleOneForOne, intensity: RestartIntensity(3, in: 5)),
        children: [
          ChildSpec(
            id: "clerk", start: .genServer { arguments in Clerk(name: "\(arguments)") },
            restart: restart)
        ]))
  }

  private func names(_ shop: Shop) -> [String] {
    shop.simulation.kernel.processes.compactMap { shop.simulation.inspect($0)?.behaviour }
  }

  @Test func `a child gets the lowest free number, and keeps it when it is restarted`() throws {
    var shop = try pool()
    for number in 0..<4 { _ = try shop.ask(.startDynamic([.integer(number)])) }
    for number in [2, 1] {
      shop.apply(.child(of: shop.root, .dynamic(number), .terminate))
      #expect(shop.story == ["#\(number) stopped (shutdown)", "#\(number) forgotten"])
    }
    _ = try shop.ask(.startDynamic(["new"]))
    #expect(shop.story == ["#1 started"])
    shop.apply(.process(try #require(shop.simulation.kernel.processes.last), .kill))
    #expect(shop.story.contains("#1 started"))
    #expect(names(shop).contains("gen_server [new]"))
  }

  @Test func `counting and finding a template's children follow OTP`() throws {
    var shop = try pool()
    let pid = try #require(try shop.ask(.startDynamic(["x"])).child)
    #expect(try shop.ask(.terminateChild("clerk")).error == .simpleOneForOne)
    #expect(try shop.ask(.restartChild("clerk")).error == .simpleOneForOne)
    #expect(try shop.ask(.terminateChild(.pid(shop.root))).error == .notFound)
    #expect(try shop.ask(.terminateChild(.pid(PID(900)))).error == nil)
    #expect(try shop.ask(.terminateChild(.pid(pid))).error == nil)
    #expect(
      try shop.ask(.countChildren).counts
        == ChildCounts(specs: 1, active: 0, supervisors: 0, workers: 0))
  }

  @Test func `children that bring their own specification can be limited in number`() throws {
    var shop = try Shop(
      DynamicSupervisor(maximumChildren: 2, extraArguments: ["extra"]).supervisor("pool"))
    let spec = ChildSpec(
      id: "any", start: .genServer { arguments in Clerk(name: "\(arguments)") },
      restart: .temporary)
    #expect(try shop.ask(.startChild(spec)).error == nil)
    #expect(try shop.ask(.startChild(spec)).error == nil)
    #expect(try shop.ask(.startChild(spec)).error == .maximumChildren)
    #expect(names(shop).last == "gen_server [extra]")
    shop.apply(.process(try #require(shop.simulation.kernel.processes.last), .kill))
    #expect(try shop.ask(.startChild(spec)).error == nil)
    #expect(
      try shop.ask(.countChildren).counts
        == ChildCounts(specs: 2, active: 2, supervisors: 0, workers: 2))
  }

  @Test func `all children are told at once, and those that hang are killed together`() throws {
    var shop = try Shop(
      Supervisor(
        "pool", flags: SupervisorFlags(strategy: .simpleOneForOne),
        children: [
          ChildSpec(id: "sleeper", start: .genServer { Sleeper() }, shutdown: .timeout(100))
        ]))
    for _ in 0..<5 { _ = try shop.ask(.startDynamic([])) }
    shop.simulation.stop(shop.root, reason: .shutdown)
    shop.run()
    #expect(shop.simulation.now == RuntimeInstant(nanoseconds: 100_000_000))
    #expect(shop.simulation.kernel.processCount == 0)
    let reports = shop.events.compactMap { event in
      if case .reported(.supervisor(_, .shutdownError, let reason, let who, _)) = event.kind {
        "\(reason) \(who)"
      } else {
        nil
      }
    }
    #expect(reports == ["killed children(5)"])
  }

  @Test func `children that bring their own specification end each in its own time`() throws {
    var shop = try Shop(DynamicSupervisor().supervisor("pool"))
    for shutdown in [ChildShutdown.timeout(300), .brutalKill, .timeout(100)] {
      let spec = ChildSpec(id: "any", start: .genServer { Sleeper() }, shutdown: shutdown)
      _ = try shop.ask(.startChild(spec))
    }
    shop.simulation.stop(shop.root, reason: .shutdown)
    shop.run()
    let ends = shop.events.compactMap { event in
      if case .process(let pid, .exited(let reason)) = event.kind {
        "\(pid) \(reason) at \(event.instant)"
      } else {
        nil
      }
    }
    #expect(
      ends == [
        "<3> killed at 0.000", "<4> killed at 0.100", "<2> killed at 0.300",
        "<1> shutdown at 0.300",
      ])
  }

  /// What Elixir's DynamicSupervisor answers, beside what OTP's template does.
  @Test(arguments: [
    ("exit", "bang", "{EXIT,bang}"), ("raise", "{bang,STACK}", "{EXIT,{bang,STACK}}"),
    ("other", "bang", "bang"),
  ])
  func `a start function that fails is told as it is, by a template's supervisor as EXIT`(
    deed: String, own: String, template: String
  ) throws {
    let start = ProcessStart { _, _ in
      switch deed {
      case "exit": throw ProcessExit(.failure("bang"))
      case "raise": throw RaisedError("bang")
      default: return .invalid("bang")
      }
    }
    let spec = ChildSpec(id: "any", start: start)
    var dynamic = try Shop(DynamicSupervisor().supervisor("pool"))
    #expect(try dynamic.ask(.startChild(spec)).error?.term.description == own)
    var simple = try Shop(
      Supervisor(
        "pool", flags: SupervisorFlags(strategy: .simpleOneForOne), children: [spec]))
    #expect(try simple.ask(.startDynamic([])).error?.term.description == template)
  }

  @Test(arguments: ["true", "maybe"] as [Term])
  func `a child that brings its own specification cannot be significant`(value: Term) throws {
    var shop = try Shop(DynamicSupervisor().supervisor("pool"))
    var spec = UncheckedChildSpec()
    spec.id = "any"
    spec.start = .function(.genServer { Sleeper() }, module: "sleeper")
    spec.restart = "temporary"
    spec.significant = value
    #expect(
      try shop.ask(.startUnchecked(spec)).error?.term.description
        == "{invalid_significant,\(value)}")
    spec.significant = "false"
    #expect(try shop.ask(.startUnchecked(spec)).error == nil)
  }

  @Test func `one child is told as all are, by its id or by its process`() throws {
    var shop = try Shop(["a", "b"])
    guard case .entry(let entry) = try shop.ask(.whichChild("b")) else {
      Issue.record("no entry")
      return
    }
    #expect(try [entry] == shop.children().filter { $0.id == "b" })
    #expect(try shop.ask(.whichChild("c")).error == .notFound)
    var pool = try pool()
    _ = try pool.ask(.startDynamic([]))
    let pid = try #require(pool.simulation.kernel.processes.last)
    guard case .entry(let child) = try pool.ask(.whichChild(.pid(pid))) else {
      Issue.record("no entry")
      return
    }
    #expect(child.term.description == "{undefined,\(pid),worker,[]}")
    #expect(try pool.ask(.whichChild("clerk")).error == .simpleOneForOne)
    #expect(try pool.ask(.whichChild(.pid(pool.root))).error == .notFound)
  }

  /// Never ends by itself.
  private struct Sleeper: GenServer {
    mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Sleeper> {
      context.trapsExits = true
      return .ok
    }

    mutating func terminate(
      _ reason: ExitReason, _ context: inout ProcessContext
    ) throws -> TerminateResult<Sleeper> {
      .wait(.sleeping(nil) { _, _ in .done })
    }
  }
}

extension SupervisorReply {
  /// The refusal, if it is one.
  var error: SupervisorError? {
    if case .failure(let error) = self { error } else { nil }
  }
}
