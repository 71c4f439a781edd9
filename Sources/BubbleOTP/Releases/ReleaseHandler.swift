public import BubbleEvents
public import BubbleKernel
internal import BubbleReleaseFiles

/// The process that changes a machine over to other releases while it runs (OTP: release_handler).
///
/// It is started by the application controller, which boots and restarts the machine as OTP's init
/// does, and keeps for it which releases there are. An installation takes no shorter way than
/// OTP's: each instruction in its turn, with the system messages that it stands for, and each one
/// is an event. Meanwhile other requests wait.
public struct ReleaseHandler: GenServer {
  /// What is asked of it.
  public typealias Call = ReleaseRequest
  /// What it answers.
  public typealias Reply = ReleaseReply

  /// What a step of an installation leads to.
  typealias Progress = CallResult<ReleaseHandler>

  /// The name of the process.
  public static let name = "release_handler"

  let controller: PID
  var table: ReleaseTable
  var installation: Installation?
  /// Modules whose old version is to be purged when the release is made permanent.
  var unpurged: [ReleaseInstruction.Loading] = []

  init(_ table: ReleaseTable, controller: PID) {
    self.table = table
    self.controller = controller
  }

  /// Boots a machine with one of several releases.
  ///
  /// - Parameters:
  ///   - releases: Every release that it may come to; of equal versions the first holds.
  ///   - version: The one that it starts with.
  /// - Returns: The start function of the application controller, the root of the machine. The
  ///   release handler is registered under `name`.
  public static func start(_ releases: [Release], running version: String) -> ProcessStart {
    ApplicationController.start(ReleaseTable(releases, permanent: version)) { table, context in
      context.startServer(ReleaseHandler(table, controller: context.pid), name: name)
    }
  }

  /// `release_handler`.
  public var behaviour: String { "release_handler" }

  /// The releases, and how they stand.
  public func describeState() -> [ProcessInspection.Field] {
    table.entries.map {
      .init(name: "\($0.release.name) \($0.release.version)", value: $0.status.rawValue)
    }
  }

  // MARK: - Callbacks

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
        return .reply(.installed(from: way.from.version, description: way.path.description))
      }
    case .makePermanent(let version): return .reply(makePermanent(version, &context))
    case .rebootOldRelease(let version): return .reply(rebootOldRelease(version, &context))
    case .remove(let version): return .reply(remove(version, &context))
    case .whichReleases:
      return .reply(
        .releases(
          table.entries.map {
            ReleaseEntry(name: $0.release.name, version: $0.release.version, status: $0.status)
          }))
    }
  }

  /// Serves a request from outside, which nobody waits for: what comes of it is posted.
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ReleaseHandler> {
    guard case .message(let control as ControlRequest) = message else { return .noReply }
    guard let request = ReleaseRequest(control) else {
      context.refuseRequest("badarg")
      return .noReply
    }
    // It is served as a call that nobody gets the answer of.
    _ = context.call(request, to: context.pid)
    return .noReply
  }

  // MARK: - How releases stand

  private mutating func makePermanent(
    _ version: String, _ context: inout ProcessContext
  ) -> ReleaseReply {
    if let refusal = table.refusal(of: version, unless: .current) {
      return refuse(refusal.reason, version, &context)
    }
    table.setPermanent(version)
    keepTable(&context)
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
  }

  private mutating func rebootOldRelease(
    _ version: String, _ context: inout ProcessContext
  ) -> ReleaseReply {
    if let refusal = table.refusal(of: version, unless: .old) {
      return refuse(refusal.reason, version, &context)
    }
    table.setPermanent(version)
    reboot(&context)
    return .ok
  }

  private mutating func remove(
    _ version: String, _ context: inout ProcessContext
  ) -> ReleaseReply {
    switch table.status(of: version) {
    case nil: return refuse(.tuple(["no_such_release", .text(version)]), version, &context)
    case .permanent: return refuse(.tuple(["permanent", .text(version)]), version, &context)
    case .current: return refuse(.tuple(["bad_status", "current"]), version, &context)
    case .old, .unpacked:
      table.remove(version)
      keepTable(&context)
      post(.removed, version, &context)
      return .ok
    }
  }

  func refuse(
    _ reason: Term, _ version: String, _ context: inout ProcessContext
  ) -> ReleaseReply {
    post(.refused(reason), version, &context)
    return .error(reason)
  }

  /// Has the machine stop everything, and boot the release that is current or else permanent.
  mutating func reboot(_ context: inout ProcessContext, keepsCurrent: Bool = false) {
    if !keepsCurrent { table.dropCurrent() }
    installation = nil
    unpurged = []
    post(.rebooting, table.current?.version ?? "", &context)
    context.send(MachineReboot(table: table), to: controller)
  }

  /// Tells how the releases stand to who survives this process.
  func keepTable(_ context: inout ProcessContext) {
    context.send(table, to: controller)
  }

  func post(
    _ change: ReleaseEvent.Change, _ version: String, _ context: inout ProcessContext
  ) {
    context.post(.release(ReleaseEvent(version, handler: context.pid, change)))
  }
}

extension ReleaseRequest {
  /// What a request from outside asks for; nil when it is none to a release handler.
  fileprivate init?(_ request: ControlRequest) {
    guard case .release(_, let deed, let version) = request else { return nil }
    switch deed {
    case .install: self = .install(version)
    case .makePermanent: self = .makePermanent(version)
    case .reboot: self = .rebootOldRelease(version)
    }
  }
}
