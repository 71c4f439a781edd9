import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleReleaseFiles
import BubbleSimulation
import Testing

/// An application of clerks that tells of its callbacks, and fails as told.
private struct Branch: Application {
  var name: String
  var failure: Term?
  var error: Term?
  var failingPhase: String?
  var isIgnored = false

  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
    note("start \(arguments)", &context)
    if let error { throw RaisedError(error) }
    if let failure { return .failed(failure) }
    guard !isIgnored else {
      return .supervisor(Supervisor("\(name)_sup") { _ in .ignore }.start)
    }
    let children = ["\(name)_a", "\(name)_b"].map { id in
      ChildSpec(id: .atom(id), start: .genServer { Clerk(name: id) })
    }
    let flags = SupervisorFlags(intensity: RestartIntensity(0, in: 5))
    return .supervisor(
      Supervisor("\(name)_sup", name: "\(name)_sup", flags: flags, children: children).start,
      state: .atom("state_of_\(name)"))
  }

  func startPhase(
    _ phase: String, _ arguments: Term, _ context: inout ProcessContext
  ) throws {
    note("phase \(phase) \(arguments)", &context)
    if phase == failingPhase { throw RaisedError("bad_phase") }
  }

  func prepareStop(_ state: Term, _ context: inout ProcessContext) throws -> Term {
    let isUp = context.whereis("\(name)_sup") != nil
    note("prep_stop \(state) \(isUp ? "up" : "down")", &context)
    return .tuple(["prepared", state])
  }

  func stop(_ state: Term, _ context: inout ProcessContext) throws {
    let isUp = context.whereis("\(name)_sup") != nil
    note("stop \(state) \(isUp ? "up" : "down")", &context)
  }

  private func note(_ text: String, _ context: inout ProcessContext) {
    context.post(.limitReached(pid: context.pid, limit: "\(name) \(text)"))
  }
}

/// A machine of applications: web needs db, shop needs web and the library tools; extra is alone.
private struct Company {
  var simulation = Simulation(seed: 1)
  let controller: PID
  private var pids: [String: PID] = [:]

  static func resource(_ name: String, _ needs: [String] = []) -> ApplicationResource {
    ApplicationResource(name, version: "1.0", applications: needs)
  }

  init(
    _ change: (inout [ApplicationDefinition]) -> Void = { _ in },
    boot: [(name: String, restart: ApplicationRestart)] = []
  ) throws {
    var shop = Self.resource("shop", ["web", "tools", "metrics"])
    shop.optionalApplications = ["metrics"]
    shop.startModule = .init("shop_app", arguments: ["x"])
    shop.environment = [.init("port", 80)]
    var definitions = [
      ApplicationDefinition(Self.resource("db"), Branch(name: "db")),
      ApplicationDefinition(Self.resource("web", ["db"]), Branch(name: "web")),
      ApplicationDefinition(Self.resource("tools")),
      ApplicationDefinition(shop, Branch(name: "shop")),
      ApplicationDefinition(Self.resource("extra"), Branch(name: "extra")),
    ]
    change(&definitions)
    let result = simulation.start(
      ApplicationController.start(available: definitions, boot: boot))
    guard case .ok(let pid, _)? = result else { throw Shop.ShopError.notStarted }
    controller = pid
    simulation.runUntilIdle()
  }

  mutating func ask(_ request: ApplicationRequest) throws -> ApplicationReply {
    try simulation.call(request, to: controller)
  }

  /// Who runs, last started first.
  mutating func names() throws -> [String] {
    guard case .applications(let entries) = try ask(.whichApplications) else { return [] }
    return entries.map(\.name)
  }

  /// The process that registered that name last.
  func pid(_ name: String) throws -> PID {
    try #require(pids[name])
  }

  /// Kills or ends the top supervisor of an application.
  mutating func end(_ name: String, _ reason: ExitReason) throws -> [String] {
    _ = story()
    simulation.apply(.process(try pid("\(name)_sup"), .exit(reason)))
    return story()
  }

  /// What the applications told, and what was told of them.
  mutating func story() -> [String] {
    simulation.runUntilIdle()
    return simulation.takeEvents().compactMap { event in
      if case .process(let pid, .nameRegistered(let name)) = event.kind { pids[name] = pid }
      return switch event.kind {
      case .limitReached(_, let text): text
      case .application(let step): "\(step.application): \(step.change.name)"
      default: nil
      }
    }
  }
}

/// Applications and their controller (OTP: A1-A22).
@Suite struct ApplicationTests {
  @Test func `loading takes in a description and unloading forgets it`() throws {
    var company = try Company { definitions in
      definitions[4].resource.includedApplications = ["tools"]
    }
    #expect(try company.ask(.load("extra")) == .ok)
    #expect(company.story().suffix(2) == ["extra: loaded", "tools: loaded"])
    #expect(try company.ask(.load("extra")) == .error(.tuple(["already_loaded", "extra"])))
    let noFile = Term.tuple([.text("no such file or directory"), .text("none.app")])
    #expect(try company.ask(.load("none")) == .error(noFile))
    #expect(try company.ask(.unload("shop")) == .error(.tuple(["not_loaded", "shop"])))
    #expect(try company.ask(.unload("extra")) == .ok)
    let tools = ApplicationEntry(name: "tools", description: "", version: "1.0")
    #expect(try company.ask(.loadedApplications) == .applications([tools]))
  }

  @Test func `an application starts only when what it needs runs`() throws {
    var company = try Company()
    #expect(try company.ask(.start("web")) == .error(.tuple(["not_started", "db"])))
    #expect(try company.ask(.start("db")) == .ok)
    #expect(try company.ask(.start("web")) == .ok)
    #expect(try company.ask(.start("web")) == .error(.tuple(["already_started", "web"])))
    #expect(try company.names() == ["web", "db"])
    let noFile = Term.tuple([.text("no such file or directory"), .text("none.app")])
    #expect(try company.ask(.start("none")) == .error(noFile))
  }

  @Test func `everything needed is started first, and what could not start is undone`() throws {
    var company = try Company()
    #expect(
      try company.ask(.ensureAllStarted("shop")) == .started(["db", "web", "tools", "shop"]))
    #expect(try company.ask(.ensureAllStarted("shop")) == .started([]))
    var failing = try Company { definitions in
      definitions[3].application = Branch(name: "shop", failure: "sick")
    }
    _ = failing.story()
    let call = Term.tuple(["shop_app", "start", ["normal", ["x"]]])
    #expect(
      try failing.ask(.ensureAllStarted("shop"))
        == .error(.tuple(["shop", .tuple(["sick", call])])))
    #expect(try failing.names() == [])
    let stops = failing.story().filter { $0.hasSuffix(": stopped") }
    #expect(stops == ["tools: stopped", "web: stopped", "db: stopped"])
  }

  @Test(arguments: [
    (Branch(name: "extra", failure: "why"), "{why,CALL}"),
    (Branch(name: "extra", error: "oops"), "{bad_return,{CALL,{EXIT,{oops,STACK}}}}"),
    (Branch(name: "extra", isIgnored: true), "{bad_return,{CALL,ignore}}"),
    (nil, "{bad_return,{CALL,{EXIT,{undef,STACK}}}}"),
  ])
  fileprivate func `a start that fails says how`(branch: Branch?, expected: String) throws {
    var company = try Company { definitions in
      definitions[4].application = branch
      definitions[4].resource.startModule = .init("extra_app")
    }
    guard case .error(let reason) = try company.ask(.start("extra")) else {
      throw Shop.ShopError.notStarted
    }
    let call = "{extra_app,start,[normal,[]]}"
    #expect("\(reason)" == expected.replacing("CALL", with: call))
    #expect(company.story().last == "extra: start_failed")
    #expect(try company.names() == [])
  }

  @Test func `a library starts nothing`() throws {
    var company = try Company()
    #expect(try company.ask(.start("tools")) == .ok)
    #expect(company.story().suffix(2) == ["tools: starting", "tools: started"])
    #expect(try company.ask(.stop("tools")) == .ok)
    #expect(try company.ask(.stop("tools")) == .error(.tuple(["not_started", "tools"])))
  }

  @Test func `a stop calls prep_stop while all runs, and stop when it is gone`() throws {
    var company = try Company()
    _ = try company.ask(.start("extra"))
    _ = company.story()
    #expect(try company.ask(.stop("extra")) == .ok)
    #expect(
      company.story() == [
        "extra: stopping", "extra prep_stop state_of_extra up",
        "extra stop {prepared,state_of_extra} down", "extra: stopped",
      ])
    #expect(try company.ask(.start("extra")) == .ok)
  }

  @Test func `start phases run in their order when the top supervisor is up`() throws {
    func company(failing phase: String?) throws -> Company {
      try Company { definitions in
        definitions[4].application = Branch(name: "extra", failingPhase: phase)
        definitions[4].resource.startPhases = [.init("open", arguments: [1]), .init("greet")]
      }
    }
    var sound = try company(failing: nil)
    #expect(try sound.ask(.start("extra")) == .ok)
    #expect(
      sound.story().suffix(5) == [
        "extra: phase", "extra phase open [1]", "extra: phase", "extra phase greet []",
        "extra: started",
      ])
    var failing = try company(failing: "open")
    guard case .error = try failing.ask(.start("extra")) else { throw Shop.ShopError.notStarted }
    #expect(
      failing.story().suffix(3) == [
        "extra phase open [1]", "extra stop state_of_extra down", "extra: start_failed",
      ])
  }

  @Test func `parameters begin with the description and last until it is unloaded`() throws {
    var company = try Company()
    #expect(try company.ask(.environment("shop", key: "port")) == .value(nil))
    _ = try company.ask(.load("shop"))
    #expect(try company.ask(.environment("shop", key: "port")) == .value(80))
    #expect(try company.ask(.setEnvironment("shop", key: "port", 81)) == .ok)
    _ = try company.ask(.ensureAllStarted("shop"))
    _ = try company.ask(.stop("shop"))
    #expect(try company.ask(.environment("shop", key: "port")) == .value(81))
    #expect(try company.ask(.unsetEnvironment("shop", key: "port")) == .ok)
    #expect(try company.ask(.environment("shop", key: "port")) == .value(nil))
    _ = try company.ask(.unload("shop"))
    _ = try company.ask(.load("shop"))
    #expect(try company.ask(.environment("shop", key: "port")) == .value(80))
  }

  @Test(arguments: [
    (ApplicationRestart.permanent, ExitReason.normal, true),
    (.permanent, .shutdown, true), (.permanent, .killed, true), (.transient, .normal, false),
    (.transient, .shutdown, true), (.transient, .killed, true), (.temporary, .normal, false),
    (.temporary, .shutdown, false), (.temporary, .killed, false),
  ])
  func `the end of an application ends the machine as its restart type says`(
    restart: ApplicationRestart, reason: ExitReason, endsMachine: Bool
  ) throws {
    var company = try Company { definitions in
      definitions[4].application = Quitter()
    }
    _ = try company.ask(.ensureAllStarted("web", .permanent))
    _ = try company.ask(.start("extra", restart))
    _ = company.story()
    company.simulation.send(reason, to: try company.pid("quitter"))
    let story = company.story()
    #expect(story.first == "extra: stopped")
    #expect(story.contains("extra: ends_machine") == endsMachine)
    let isOver = company.simulation.inspect(company.controller) == nil
    #expect(isOver == endsMachine)
    if endsMachine {
      #expect(
        story.filter { $0.hasSuffix(": stopped") }.dropFirst() == ["web: stopped", "db: stopped"])
      #expect(company.simulation.inspect(try company.pid("db_sup")) == nil)
    } else {
      #expect(try company.names() == ["web", "db"])
    }
  }

  @Test func `a machine boots its applications in dependency order`() throws {
    var company = try Company(
      { $0[3].resource.includedApplications = ["extra"] },
      boot: [("extra", .permanent), ("shop", .temporary), ("web", .transient), ("db", .temporary)])
    #expect(try company.names() == ["shop", "tools", "web", "db"])
    let starts = company.story().filter { $0.hasSuffix(": started") }
    #expect(starts == ["db: started", "web: started", "tools: started", "shop: started"])
  }

  @Test(arguments: [
    (ApplicationRestart.permanent, true), (.transient, false), (.temporary, false),
  ])
  func `a boot fails when a permanent application does not start`(
    restart: ApplicationRestart, isOver: Bool
  ) throws {
    var company = try Company(
      { $0[4].application = Branch(name: "extra", failure: "sick") },
      boot: [("db", .permanent), ("extra", restart), ("tools", .permanent)])
    let story = company.story()
    #expect(story.contains("extra: ends_machine") == isOver)
    #expect(story.contains("tools: started") == !isOver)
    #expect(story.contains("db: stopped") == isOver)
    #expect((company.simulation.inspect(company.controller) == nil) == isOver)
  }

  @Test func `the end of the top supervisor by itself runs prep_stop and stop when it is gone`()
    throws
  {
    var company = try Company()
    _ = try company.ask(.start("extra"))
    let story = try company.end("extra", .kill)
    #expect(
      story == [
        "extra prep_stop state_of_extra down", "extra stop {prepared,state_of_extra} down",
        "extra: stopped",
      ])
  }
}

/// An application whose top process ends with the reason that it is sent.
private struct Quitter: Application {
  struct Server: GenServer {
    mutating func handleInfo(
      _ message: Info, _ context: inout ProcessContext
    ) throws -> CastResult<Server> {
      guard case .message(let reason as ExitReason) = message else { return .noReply }
      return .stop(reason)
    }
  }

  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
    .supervisor(.genServer(name: "quitter") { Server() })
  }
}
