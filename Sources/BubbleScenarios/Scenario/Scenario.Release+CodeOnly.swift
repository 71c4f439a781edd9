import BubbleReleaseFiles

/// Modules that are code only: instructions load or delete them, and no process is of them.
extension Scenario.Release {
  /// Gives the applications of this release and the next those modules that are code only, unless
  /// an `.app` file says what their modules are.
  mutating func addCodeOnly(
    _ appups: [String: ApplicationUpgrade], to next: inout Scenario.Release
  ) {
    for index in next.applications.indices {
      let name = next.applications[index].name
      guard let own = applications.firstIndex(where: { $0.name == name }) else { continue }
      guard let appup = appups[name] else {
        next.applications[index].resource.modules = applications[own].resource.modules
        continue
      }
      let version = applications[own].resource.version
      let up = CodeOnly(of: appup.instructions(.up, other: version) ?? [])
      let down = CodeOnly(of: appup.instructions(.down, other: version) ?? [])
      add(up.before + down.after, to: own)
      next.add(up.after + down.before, to: index)
    }
  }

  private mutating func add(_ modules: [String], to index: Int) {
    guard !applications[index].namesModules else { return }
    var known = Set(applications.flatMap(\.resource.modules))
    applications[index].resource.modules += modules.filter { known.insert($0).inserted }
  }
}

/// The modules of instructions that need no process.
private struct CodeOnly {
  /// Those that must be there before.
  var before: [String] = []
  /// Those that are there afterwards.
  var after: [String] = []

  init(of instructions: [UpgradeInstruction]) {
    for instruction in instructions {
      switch instruction {
      case .loadModule(let loading, _):
        before.append(loading.module)
        after.append(loading.module)
      case .addModule(let module, _): after.append(module)
      case .deleteModule(let module, _): before.append(module)
      case .update, .addApplication, .removeApplication, .restartApplication, .low: break
      }
    }
  }
}
