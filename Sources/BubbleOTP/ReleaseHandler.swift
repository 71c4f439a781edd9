public import BubbleEvents
public import BubbleKernel
internal import BubbleResources

/// The process that boots a machine with a release and changes it over to others while it runs (OTP:
/// release_handler, and of init what boots and restarts).
///
/// It is the parent of the application controller, and ends with it. An installation takes no shorter
/// way than OTP's: each instruction in its turn, with the system messages that it stands for, and
/// each one is an event. Meanwhile other requests wait.
public struct ReleaseHandler: GenServer {
  /// What is asked of it.
  public typealias Call = ReleaseRequest
  /// What it answers.
  public typealias Reply = ReleaseReply

  /// What a step of an installation leads to.
  typealias Step = CallResult<ReleaseHandler>

  /// The name of the process.
  public static let name = "release_handler"

  /// Latest first.
  var releases: [(release: Release, status: ReleaseEntry.Status)]
  var controller: PID?
  var installation: Installation?
  /// Modules whose old version is to be purged when the release is made permanent.
  var unpurged: [ReleaseInstruction.Loading] = []

  init(_ releases: [Release], running version: String) {
    self.releases = releases.map { ($0, $0.version == version ? .permanent : .unpacked) }
  }

  /// Boots a machine.
  ///
  /// - Parameters:
  ///   - releases: Every release that it may come to; of equal versions the first holds.
  ///   - version: The one that it starts with.
  /// - Returns: The start function of the release handler, the root of the machine.
  public static func start(_ releases: [Release], running version: String) -> ProcessStart {
    .genServer(name: name) { ReleaseHandler(releases, running: version) }
  }

  /// `release_handler`.
  public var behaviour: String { "release_handler" }

  /// The releases, and what is being installed.
  public func describeState() -> [ProcessInspection.Field] {
    var fields: [ProcessInspection.Field] = releases.map {
      .init(name: "\($0.release.name) \($0.release.version)", value: $0.status.rawValue)
    }
    if let installation {
      fields.append(.init(name: "installing", value: installation.release.version))
    }
    return fields
  }

  /// The release that runs.
  var current: Release? {
    (releases.first { $0.status == .current } ?? releases.first { $0.status == .permanent })?
      .release
  }

  // MARK: - Callbacks

  /// Boots after it has acknowledged its start.
  public mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> InitResult<ReleaseHandler> {
    context.trapsExits = true
    return .running(.continue("boot"))
  }

  /// Boots.
  public mutating func handleContinue(
    _ continuation: Term, _ context: inout ProcessContext
  ) throws -> CastResult<ReleaseHandler> {
    try boot(&context)
    return .noReply
  }

  /// Serves a request.
  public mutating func handleCall(
    _ request: ReleaseRequest, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<ReleaseHandler> {
    switch request {
    case .install(let version): return install(version, &context)
    case .check(let version):
      switch way(to: version) {
      case .failure(let refusal): return .reply(.error(refusal.reason))
      case .success(let way):
        if let problem = missingCode(way) { return .reply(.error(problem)) }
        return .reply(.installed(from: current?.version ?? "", description: way.path.description))
      }
    case .makePermanent(let version): return .reply(makePermanent(version, &context))
    case .rebootOldRelease(let version): return rebootOldRelease(version, &context)
    case .remove(let version): return .reply(remove(version, &context))
    case .whichReleases:
      return .reply(
        .releases(
          releases.map {
            ReleaseEntry(
              name: $0.release.name, version: $0.release.version, status: $0.status)
          }))
    }
  }

  /// Ends with the application controller.
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ReleaseHandler> {
    if case .exit(let from?, let reason) = message, from == controller { return .stop(reason) }
    return .noReply
  }

  /// Ends the application controller first, which stops all applications.
  public mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<ReleaseHandler> {
    guard let controller, context.isAlive(controller) else { return .done }
    return .wait(stopping(controller, &context) { _, _ in .done })
  }

  // MARK: - Boot

  mutating func boot(_ context: inout ProcessContext) throws {
    guard let release = current else { throw ProcessExit(.failure("no_release")) }
    post(.booting, release.version, &context)
    let start = ApplicationController.start(
      available: release.applications, boot: release.boot)
    guard case .spawned(let pid, _) = try start.run(&context, []) else {
      throw ProcessExit(.failure("application_controller"))
    }
    controller = pid
  }

  /// Ends the controller as its parent, and goes on when it is gone.
  func stopping<Result: Sendable>(
    _ controller: PID, _ context: inout ProcessContext,
    then: @escaping @Sendable (inout ReleaseHandler, inout ProcessContext) throws -> Result
  ) -> Wait<ReleaseHandler, Result> {
    let mark = context.monitorQuietly(controller)
    context.exit(controller, reason: .shutdown)
    return Wait(.down(mark)) { handler, _, context in
      _ = context.takeExitMessage(from: controller)
      return try then(&handler, &context)
    }
  }

  /// Stops everything and boots the release that is permanent, or the current one; nothing of any
  /// state is left.
  mutating func reboot(
    _ context: inout ProcessContext, keepsCurrent: Bool = false, answering reply: ReleaseReply
  ) -> Step {
    for index in releases.indices where releases[index].status == .current && !keepsCurrent {
      releases[index].status = .unpacked
    }
    installation = nil
    unpurged = []
    post(.rebooting, current?.version ?? "", &context)
    guard let controller else { return .reply(reply) }
    self.controller = nil
    return .wait(
      stopping(controller, &context) { handler, context in
        context.forgetModules()
        try handler.boot(&context)
        return .reply(reply)
      })
  }

  private mutating func rebootOldRelease(
    _ version: String, _ context: inout ProcessContext
  ) -> Step {
    guard let old = releases.firstIndex(where: { $0.release.version == version }) else {
      return .reply(.error(.tuple(["no_such_release", .text(version)])))
    }
    guard releases[old].status == .old else {
      return .reply(.error(.tuple(["bad_status", .atom(releases[old].status.rawValue)])))
    }
    for index in releases.indices where releases[index].status == .permanent {
      releases[index].status = .old
    }
    releases[old].status = .permanent
    return reboot(&context, answering: .ok)
  }

  // MARK: - How releases stand

  private mutating func makePermanent(
    _ version: String, _ context: inout ProcessContext
  ) -> ReleaseReply {
    guard let index = releases.firstIndex(where: { $0.release.version == version }) else {
      return .error(.tuple(["no_such_release", .text(version)]))
    }
    switch releases[index].status {
    case .current:
      for index in releases.indices where releases[index].status == .permanent {
        releases[index].status = .old
      }
      releases[index].status = .permanent
      for loading in unpurged {
        if loading.postPurge == .brutal
          || context.processesRunningOldCode(of: loading.module).isEmpty
        {
          context.purge(loading.module)
        }
      }
      unpurged = []
      post(.madePermanent, version, &context)
      return .ok
    case .unpacked, .old, .permanent:
      return .error(.tuple(["bad_status", .atom(releases[index].status.rawValue)]))
    }
  }

  private mutating func remove(
    _ version: String, _ context: inout ProcessContext
  ) -> ReleaseReply {
    guard let index = releases.firstIndex(where: { $0.release.version == version }) else {
      return .error(.tuple(["no_such_release", .text(version)]))
    }
    let status = releases[index].status
    guard status != .permanent else { return .error(.tuple(["permanent", .text(version)])) }
    guard status != .current else { return .error(.tuple(["bad_status", "current"])) }
    releases.remove(at: index)
    post(.removed, version, &context)
    return .ok
  }

  func post(
    _ change: ReleaseStep.Change, _ version: String, _ context: inout ProcessContext
  ) {
    context.post(.release(ReleaseStep(version, handler: context.pid, change)))
  }
}
