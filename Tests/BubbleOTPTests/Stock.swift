import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleReleaseFiles
import BubbleSimulation

/// Counts what comes, as the first version knows it.
struct CounterOne: GenServer {
  var count = 0

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<CounterOne> {
    switch request {
    case "fail": throw RaisedError("failed")
    default: return .reply(.tuple(["one", .integer(count)]))
    }
  }

  mutating func handleCast(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> CastResult<CounterOne> {
    if request == "wait" { return .wait(.sleeping(.seconds(60)) { _, _ in .noReply }) }
    count += 1
    return .noReply
  }
}

/// The second version has a unit.
struct CounterTwo: GenServer {
  var count = 0
  var unit: Term = "none"

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<CounterTwo> {
    if request == "fail" { throw RaisedError("failed") }
    return .reply(.tuple(["two", .integer(count), unit]))
  }

  mutating func handleCast(
    _ request: Term, _ context: inout ProcessContext
  ) throws -> CastResult<CounterTwo> {
    count += 1
    return .noReply
  }
}

/// Sends a cast to each counter again and again, and knows how many it has sent.
struct Feeder: GenServer {
  var sent = 0
  let targets: [String]
  let pause: Duration

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Feeder> {
    .running(.timeout(pause))
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Feeder> {
    for target in targets {
      guard let pid = context.whereis(target) else { continue }
      context.cast(Term.atom("one"), to: pid)
      sent += 1
    }
    return .noReplying(.timeout(pause))
  }

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Feeder> {
    if request == "stop" { return .replying(.integer(sent), .receive) }
    return .replying(.integer(sent), .timeout(pause))
  }
}

/// A release of three applications: db with its counters, shop that feeds them, web that grows.
struct Stock {
  var simulation = Simulation(seed: 1)
  let root: PID
  let counters: Int

  struct Failure: Error { var what: String }

  static let counterOne = ModuleCode.genServer("counter", version: "1") { _ in CounterOne() }
  static let counterTwo = counterOne.next(version: "2") {
    (old: CounterOne, extra: Term, _: inout ProcessContext) in
    guard extra != "refuse" else { throw RaisedError("cannot") }
    return CounterTwo(count: old.count, unit: extra)
  } down: { new, _, _ in
    CounterOne(count: new.count)
  } _: { _ in
    CounterTwo()
  }

  static let webOne = ModuleCode.supervisor("web_sup", version: "1", named: { _ in "web_sup" }) {
    _, _ in
    .supervise(SupervisorFlags(), [page("home")])
  }
  static let webTwo = webOne.nextSupervisor(version: "2", named: { _ in "web_sup" }) { _, _ in
    .supervise(SupervisorFlags(strategy: .oneForAll), [page("home"), page("cart")])
  }

  static func page(_ id: String) -> ChildSpec {
    ChildSpec(id: .atom(id), start: .module("page"), modules: .list(["page"]))
  }
  static let page = ModuleCode.genServer("page", version: "1") { _ in CounterOne() }

  static func resource(
    _ name: String, _ version: String, _ needs: [String] = [], port: Int = 80
  ) -> ApplicationResource {
    var resource = ApplicationResource(name, version: version, applications: needs)
    resource.environment = [.init("port", .integer(port))]
    return resource
  }

  /// db is a supervisor of named counters.
  static func database(_ version: String, _ code: ModuleCode, count: Int) -> ApplicationDefinition {
    let top = ModuleCode.supervisor("db_sup", version: "1", named: { _ in "db_sup" }) { _, _ in
      .supervise(
        SupervisorFlags(intensity: RestartIntensity(5, in: 5)),
        (0..<count).map { number in
          let name = "c\(number)"
          return ChildSpec(
            id: .atom(name),
            start: ProcessStart { context, _ in
              let attempt = try ProcessStart.module("counter").run(&context, [])
              if case .spawned(let pid, _) = attempt { try context.register(name, pid) }
              return attempt
            }, modules: .list(["counter"]))
        })
    }
    return ApplicationDefinition(resource("db", version), top: "db_sup", modules: [top, code])
  }

  static func release(
    _ version: String, counters: Int, code: ModuleCode, web: ModuleCode, up: [Release.Path] = [],
    down: [Release.Path] = [], functions: [String: Release.Function] = [:]
  ) -> Release {
    let feeder = Supervisor(
      "shop_sup",
      children: [
        ChildSpec(
          id: "feeder",
          start: .genServer(name: "feeder") {
            Feeder(targets: (0..<counters).map { "c\($0)" }, pause: .milliseconds(7))
          })
      ])
    return Release(
      "stock", version: version,
      applications: [
        database(version, code, count: counters),
        ApplicationDefinition(resource("shop", "1", ["db"]), supervisor: feeder),
        ApplicationDefinition(
          resource("web", version, ["shop"], port: version == "1" ? 80 : 81),
          Web(version: version), modules: [web, page]),
      ],
      up: up, down: down, functions: functions)
  }

  /// Tells of changes of its parameters.
  struct Web: Application {
    let version: String

    func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
      .supervisor(.module("web_sup"))
    }

    func configurationChanged(
      _ change: ConfigurationChange, _ context: inout ProcessContext
    ) throws {
      let text = "web \(version): \(change.changed.map { "\($0.key)=\($0.value)" })"
      context.post(.limitReached(pid: nil, limit: text))
    }
  }

  static func load(_ module: String) -> ReleaseInstruction { .load(.init(module)) }

  /// The way that systools would make of updates of `counter` and `web_sup`.
  static func up(extra: Term = "gram", between: [ReleaseInstruction] = []) -> Release.Path {
    Release.Path(
      "1", description: "better",
      [
        .loadObjectCode(application: "db", version: "2", modules: ["counter"]),
        .loadObjectCode(application: "web", version: "2", modules: ["web_sup"]),
        .pointOfNoReturn,
        .suspend([.init("counter")]), load("counter"),
        .codeChange(.up, [.init("counter", extra: extra)]), .resume(["counter"]),
      ] + between + [
        .suspend([.init("web_sup")]), load("web_sup"), .codeChange(.up, [.init("web_sup")]),
        .resume(["web_sup"]),
        .apply(.init("supervisor", "restart_child", ["web_sup", "cart"])),
      ])
  }

  /// Back: the counters change over before their code does.
  static func down(prePurge: ReleaseInstruction.Purge = .brutal) -> Release.Path {
    Release.Path(
      "1",
      [
        .loadObjectCode(application: "db", version: "1", modules: ["counter"]),
        .loadObjectCode(application: "web", version: "1", modules: ["web_sup"]),
        .pointOfNoReturn,
        .suspend([.init("web_sup")]), load("web_sup"), .codeChange(.down, [.init("web_sup")]),
        .resume(["web_sup"]),
        .suspend([.init("counter")]), .codeChange(.down, [.init("counter")]),
        .load(.init("counter", prePurge: prePurge)),
        .resume(["counter"]),
      ])
  }

  init(
    counters: Int = 3, up: Release.Path = Stock.up(),
    down: Release.Path = Stock.down(), functions: [String: Release.Function] = [:]
  ) throws {
    self.counters = counters
    let one = Self.release("1", counters: counters, code: Self.counterOne, web: Self.webOne)
    let two = Self.release(
      "2", counters: counters, code: Self.counterTwo, web: Self.webTwo, up: [up],
      down: [down], functions: functions)
    guard case .ok(let pid, _)? = simulation.start(ReleaseHandler.start([two, one], running: "1"))
    else { throw Failure(what: "the machine did not start") }
    root = pid
    run(milliseconds: 20)
  }

  mutating func run(milliseconds: Int) {
    simulation.run(until: simulation.now + .milliseconds(milliseconds))
  }

  mutating func ask(
    _ request: ReleaseRequest, within: Duration = .seconds(60)
  ) throws -> ReleaseReply {
    try simulation.call(request, to: pid(ReleaseHandler.name), timeout: within)
  }

  func pid(_ name: String) throws -> PID {
    let kernel = simulation.kernel
    for pid in kernel.processes where kernel.inspect(pid, mailboxLimit: 0)?.name == name {
      return pid
    }
    throw Failure(what: "nobody is called \(name)")
  }

  mutating func call(_ name: String, _ request: Term = "look") throws -> Term {
    try simulation.call(request, to: try pid(name))
  }

  /// What all counters have counted.
  mutating func total() throws -> Int {
    var total = 0
    for number in 0..<counters {
      guard case .tuple(let parts) = try call("c\(number)"), case .integer(let count) = parts[1]
      else { throw Failure(what: "c\(number) says something else") }
      total += count
    }
    return total
  }

  mutating func status() throws -> [String] {
    guard case .releases(let entries) = try ask(.whichReleases) else { return [] }
    return entries.map { "\($0.version) \($0.status.rawValue)" }
  }

  /// What was told of releases, code and applications since the last time.
  mutating func story() -> [String] {
    simulation.takeEvents().compactMap { event in
      switch event.kind {
      case .release(let step):
        if case .instruction(_, _, let text) = step.change { text } else { step.change.name }
      case .process(_, .codeEntered(let module, let version, let previous?)):
        "\(module) \(previous) → \(version)"
      case .application(let step): "\(step.application) \(step.change.name)"
      case .limitReached(_, let text): text
      default: nil
      }
    }
  }
}
