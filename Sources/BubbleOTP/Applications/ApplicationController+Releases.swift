internal import BubbleEvents
internal import BubbleKernel

/// What the application controller does as OTP's init: it boots a release, and restarts with one.
extension ApplicationController {
  /// Starts a machine with the release that is permanent.
  static func start(
    _ releases: ReleaseTable, handler: @escaping ReleaseHandlerStart
  ) -> ProcessStart {
    .genServer(name: "application_controller") {
      var controller = ApplicationController(available: [], boot: [], loadedAtBoot: [])
      controller.releases = releases
      controller.startsReleaseHandler = handler
      return controller
    }
  }

  /// Takes over what the release says that is current, or else permanent.
  mutating func bootRelease(_ context: inout ProcessContext) {
    guard let release = releases?.current else { return }
    if releaseHandler == nil { startReleaseHandler(&context) }
    if let releaseHandler {
      context.post(
        .release(ReleaseEvent(release.version, handler: releaseHandler, .booting)))
    }
    take(release.applications)
    boot = release.boot
    loadedAtBoot = release.loaded
  }

  /// Starts the handler, with what the one before it left.
  mutating func startReleaseHandler(_ context: inout ProcessContext) {
    releaseHandler = nil
    guard let releases, let startsReleaseHandler else { return }
    if case .spawned(let pid, _) = startsReleaseHandler(releases, &context) {
      releaseHandler = pid
    }
  }

  /// Stops everything, last started first, and boots anew; nothing of any state is left.
  mutating func reboot(
    _ table: ReleaseTable, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    releases = table
    while let name = running.first?.name {
      let wait = stopping(name, &context) { controller, context in
        controller.reboot(table, &context)
      }
      if let wait { return .wait(wait) }
    }
    for entry in starting { context.kill(entry.master) }
    starting = []
    jobs = [:]
    loaded = []
    environments = [:]
    environmentsBefore = nil
    context.forgetModules()
    return .noReplying(.continue("boot"))
  }
}
