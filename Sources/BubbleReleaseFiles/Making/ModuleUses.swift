/// What low-level instructions do to modules, and whether it goes together.
struct ModuleUses {
  private var read: Set<String> = []
  private var loaded: [String] = []
  private var suspended: [String] = []
  private var resumed: [String] = []
  private var started: [String] = []
  private var stopped: [String] = []

  mutating func add(_ instruction: ReleaseInstruction) {
    switch instruction {
    case .loadObjectCode(_, _, let modules): read.formUnion(modules)
    case .load(let loading): loaded.append(loading.module)
    case .suspend(let suspensions): suspended += suspensions.map(\.module)
    case .resume(let modules): resumed += modules
    case .start(let modules): started += modules
    case .stop(let modules): stopped += modules
    case .pointOfNoReturn, .remove, .purge, .codeChange, .syncNodes, .apply, .restartNewEmulator,
      .restartEmulator:
      return
    }
  }

  /// The checks in OTP's order; the first that finds something is told.
  func check() throws(UpgradeProblem) {
    if let module = loaded.first(where: { !read.contains($0) }) { throw .noObjectCode(module) }
    try check(suspended, resumed, UpgradeProblem.suspendedNotResumed)
    try check(resumed, suspended, UpgradeProblem.resumedNotSuspended)
    try check(started, stopped, UpgradeProblem.startedNotStopped)
    try check(stopped, started, UpgradeProblem.stoppedNotStarted)
  }

  private func check(
    _ some: [String], _ others: [String], _ problem: ([String]) -> UpgradeProblem
  ) throws(UpgradeProblem) {
    let alone = Set(some).subtracting(others)
    if !alone.isEmpty { throw problem(some.filter(alone.contains)) }
  }
}
