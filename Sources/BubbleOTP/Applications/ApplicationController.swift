public import BubbleEvents
public import BubbleKernel
internal import BubbleReleaseFiles

/// The process that knows the applications of a machine (OTP: application_controller).
///
/// It is started by `start(available:boot:)`, answers `ApplicationRequest`, and has one master for
/// each application that runs. When an application ends whose restart type does not allow it, it
/// stops all the others, last started first, and ends: everything it ever started is gone then.
public struct ApplicationController: GenServer {
  /// What is asked of it.
  public typealias Call = ApplicationRequest
  /// What it answers.
  public typealias Reply = ApplicationReply
  /// What it tells itself.
  public typealias Cast = ApplicationRollback

  /// One that runs; a library has no master.
  struct Running: Sendable {
    var name: String
    var restart: ApplicationRestart
    var master: PID?
  }

  /// One whose master has not said yet how its start went.
  struct Starting: Sendable {
    var name: String
    var restart: ApplicationRestart
    var master: PID
    var requesters: [Requester]
  }

  /// Who wants to know how a start went.
  enum Requester: Hashable, Sendable {
    case caller(Caller)
    case job(Int)
    /// A control request: whoever made it sees the events.
    case outside
  }

  /// A start of several, one after the other.
  struct Job: Sendable {
    var caller: Caller?
    var restarts: [(name: String, restart: ApplicationRestart)]
    var started: [String] = []
  }

  /// Starts a release handler, linked to the controller, with the releases as they stand.
  typealias ReleaseHandlerStart =
    @Sendable (ReleaseTable, inout ProcessContext) -> ProcessStart.Attempt

  /// What can be loaded: OTP's code path.
  var available: [String: ApplicationDefinition]
  var order: StartOrder
  var boot: [(name: String, restart: ApplicationRestart)]
  var loadedAtBoot: [String]
  /// How the releases of the machine stand; nil for a machine without releases.
  var releases: ReleaseTable?
  /// Starts the process that changes releases; nil for a machine without releases.
  var startsReleaseHandler: ReleaseHandlerStart?
  var releaseHandler: PID?
  /// Last loaded first.
  var loaded: [String] = []
  var environments: [String: [String: Term]] = [:]
  /// The parameters before a release that is being installed changed them.
  var environmentsBefore: [String: [String: Term]]?
  /// Last started first.
  var running: [Running] = []
  var starting: [Starting] = []
  var jobs: [Int: Job] = [:]
  /// Where applications of several nodes may run.
  let distributed: [DistributedApplication]
  /// Those that may run here, too.
  var distributions: [String: ApplicationDistribution] = [:]
  /// Whether it stops everything because it ends itself.
  var isEnding = false
  var lastJob = 0

  init(
    available: [ApplicationDefinition], boot: [(name: String, restart: ApplicationRestart)],
    loadedAtBoot: [String], distributed: [DistributedApplication] = []
  ) {
    self.distributed = distributed
    self.available = Dictionary(available.map { ($0.resource.name, $0) }) { first, _ in first }
    self.boot = boot
    self.loadedAtBoot = loadedAtBoot
    order = StartOrder(available.map(\.resource))
  }

  /// Starts a controller under the name `application_controller`.
  ///
  /// - Parameters:
  ///   - available: The applications that can be loaded; of equal names the first holds.
  ///   - boot: Those that start with the machine, as a release lists them: in this order, but each
  ///     after what it needs, and those included not at all. What is needed and not listed is
  ///     permanent. Should one that is permanent fail, or be missing, the machine ends.
  ///   - loaded: Those that are loaded at that time and not started (OTP: the type load of a `.rel`
  ///     file).
  ///   - distributed: Those that run on one of several nodes at a time.
  /// - Returns: The start function of the controller.
  public static func start(
    available: [ApplicationDefinition],
    boot: [(name: String, restart: ApplicationRestart)] = [], loaded: [String] = [],
    distributed: [DistributedApplication] = []
  ) -> ProcessStart {
    .genServer(name: "application_controller") {
      ApplicationController(
        available: available, boot: boot, loadedAtBoot: loaded, distributed: distributed)
    }
  }

  /// `application_controller`.
  public var behaviour: String { "application_controller" }

  /// Who is loaded, starting and running.
  public func describeState() -> [ProcessInspection.Field] {
    func field(_ name: String, _ names: [String]) -> ProcessInspection.Field {
      .init(name: name, value: "[" + names.joined(separator: ",") + "]")
    }
    return [
      field("running", running.reversed().map { "\($0.name) \($0.restart.rawValue)" }),
      field("starting", starting.map(\.name)), field("loaded", loaded.reversed()),
    ]
  }

  // MARK: - Callbacks

  /// Takes its first message after the applications of the boot have been asked for.
  public mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> InitResult<ApplicationController> {
    context.trapsExits = true
    beginDistribution(&context)
    let isIdle = boot.isEmpty && loadedAtBoot.isEmpty && releases == nil
    return isIdle ? .ok : .running(.continue("boot"))
  }

  /// Starts the applications of the boot.
  public mutating func handleContinue(
    _ continuation: Term, _ context: inout ProcessContext
  ) throws -> CastResult<ApplicationController> {
    bootRelease(&context)
    for name in loadedAtBoot { _ = load(name, &context) }
    do {
      return ended(advance(begin(Job(caller: nil, restarts: try bootOrder())), &context))
    } catch {
      return .stop(.failure(.tuple(["application_start_failure", error.term])))
    }
  }

  /// Serves a request of the module application.
  public mutating func handleCall(
    _ request: ApplicationRequest, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<ApplicationController> {
    switch request {
    case .load(let name): return .reply(load(name, &context))
    case .unload(let name): return .reply(unload(name, &context))
    case .start(let name, let restart):
      let attempt = start(name, restart, for: .caller(caller), &context)
      return attempt.map(CallResult.reply) ?? .noReply
    case .ensureAllStarted(let name, let restart):
      return ensure(name, restart, caller, &context)
    case .stop(let name): return stop(name, &context)
    case .whichApplications: return .reply(entries(running.map(\.name)))
    case .loadedApplications: return .reply(entries(loaded))
    case .masters: return .reply(.masters(running.compactMap(\.master)))
    case .changeToRelease(let version):
      if let release = releases?.release(version) { change(to: release, &context) }
      return .reply(.ok)
    case .tellConfigurationChange:
      tellConfigurationChange(&context)
      return .reply(.ok)
    case .takeOver(let name, let restart):
      let attempt = takeOver(name, restart, for: .caller(caller), &context)
      return attempt.map(CallResult.reply) ?? .noReply
    case .permit(let name, let isPermitted): return permit(name, isPermitted, &context)
    case .runningNode(let name):
      let runner = isRunning(name) ? context.node : distributions[name]?.runner
      return .reply(.value(runner.map { .atom(context.nodeNames[$0]) }))
    case .environment(let name, let key): return .reply(.value(environments[name]?[key]))
    case .setEnvironment(let name, let key, let value):
      environments[name, default: [:]][key] = value
      return .reply(.ok)
    case .unsetEnvironment(let name, let key):
      environments[name]?[key] = nil
      return .reply(.ok)
    }
  }

  /// Stops what a failed start of several has started.
  public mutating func handleCast(
    _ request: ApplicationRollback, _ context: inout ProcessContext
  ) throws -> CastResult<ApplicationController> {
    rollBack(request, &context)
  }

  /// Hears how starts went, and of masters that end.
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ApplicationController> {
    switch message {
    case .started(let master, let result): return ended(started(master, result, &context))
    case .exit(let handler?, _) where handler == releaseHandler:
      startReleaseHandler(&context)
      return .noReply
    case .exit(let master?, let reason): return exited(master, reason, &context)
    case .message(let table as ReleaseTable):
      releases = table
      return .noReply
    case .message(let reboot as MachineReboot): return self.reboot(reboot.table, &context)
    case .message(let request as ControlRequest): return serve(request, &context)
    case .message(let letter as ApplicationLetter): return take(letter, &context)
    case .message(let status as NodeStatus): return take(status, &context)
    case .timer(let mark, _): return timePassed(mark, &context)
    case .reply(let mark, _), .down(let mark, _, _): return connected(mark, &context)
    case .message, .exit, .timeout: return .noReply
    }
  }

  /// Stops the applications that still run, last started first (OTP: A21).
  public mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<ApplicationController> {
    isEnding = true
    return stopAll(&context)
  }

  /// The reason that a step wants the controller to end with, as a result.
  func ended(_ reason: ExitReason?) -> CastResult<ApplicationController> {
    reason.map(CastResult.stop) ?? .noReply
  }
}
