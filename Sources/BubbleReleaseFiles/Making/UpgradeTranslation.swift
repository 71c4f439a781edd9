internal import BubbleEvents

/// Makes low-level instructions of high-level ones (OTP: what systools:make_relup does with
/// appups).
///
/// The result has four parts, in this order: `restart_new_emulator` if it is there at all; the code
/// of all modules that will be loaded, one `load_object_code` an application, and the `apply` that
/// the script has before its point of no return; `point_of_no_return`; the rest, in the order of
/// the script, where modules that depend on each other change together at the place of their first
/// one:
///
/// | up | down |
/// |---|---|
/// | suspend, dependents first | suspend, dependents first |
/// | | `code_change` of dynamic modules, dependents first |
/// | load and remove, dependencies first | load and remove, dependents first |
/// | `code_change` of all, dependents first | `code_change` of static modules, dependents first |
/// | resume, dependencies first | resume, dependencies first |
public struct UpgradeTranslation: Sendable {
  /// Whether it goes to a later version or back.
  public var direction: ReleaseInstruction.Direction
  /// The applications there will be.
  public var after: [CheckedRelease.Component]
  /// The applications there are now.
  public var before: [CheckedRelease.Component]
  /// Of modules that do not depend on each other the one that stands here first comes first; those
  /// that do not stand here come behind, in the order of the script.
  ///
  /// OTP leaves that order to chance.
  public var preferredOrder: [String]

  /// Creates a translation between the applications of two releases.
  public init(
    _ direction: ReleaseInstruction.Direction, from before: [CheckedRelease.Component],
    to after: [CheckedRelease.Component], preferredOrder: [String] = []
  ) {
    self.direction = direction
    self.before = before
    self.after = after
    self.preferredOrder = preferredOrder
  }

  /// The low-level instructions of the scripts of several applications, one behind another.
  ///
  /// Each script may have a point of no return of its own; what all of them have before it comes
  /// first.
  public func lowLevel(
    _ scripts: [[UpgradeInstruction]]
  ) throws(UpgradeProblem) -> [ReleaseInstruction] {
    var early: [ReleaseInstruction] = []
    var late: [UpgradeInstruction] = []
    for script in scripts {
      let parts = try Self.split(script)
      early += parts.0
      late += parts.1
    }
    try Self.check(early, late)
    let modular = try replacingApplications(late)
    let groups = try ModuleGroups(modular, preferredOrder: preferredOrder)
    let owners = Dictionary(
      after.flatMap { component in component.resource.modules.map { ($0, component.resource) } },
      uniquingKeysWith: { first, _ in first })
    var code = early.filter(\.isObjectCode)
    var rest: [ReleaseInstruction] = []
    for part in groups.parts {
      switch part {
      case .other(let instruction): rest.append(instruction)
      case .group(let group):
        code += try objectCode(group, owners)
        rest += changing(group)
      }
    }
    return restarting(
      try Self.merged(code) + early.filter { !$0.isObjectCode } + [.pointOfNoReturn], rest)
  }

  // MARK: - The script

  /// What stands before the point of no return, with all `load_object_code`, and what stands behind
  /// it.
  private static func split(
    _ script: [UpgradeInstruction]
  ) throws(UpgradeProblem) -> ([ReleaseInstruction], [UpgradeInstruction]) {
    let parts = script.split(separator: .low(.pointOfNoReturn), omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw .twoPointsOfNoReturn }
    var early: [ReleaseInstruction] = []
    for instruction in parts.dropLast().joined() {
      guard case .low(let low) = instruction, low.isEarly else {
        throw .notBeforePointOfNoReturn(instruction.keyword)
      }
      early.append(low)
    }
    let late = parts.last ?? []
    return (
      early + late.compactMap(\.low).filter(\.isObjectCode),
      late.filter { $0.low?.isObjectCode != true }
    )
  }

  /// Whether low-level instructions go together; high-level ones always do.
  private static func check(
    _ early: [ReleaseInstruction], _ late: [UpgradeInstruction]
  ) throws(UpgradeProblem) {
    var uses = ModuleUses()
    for instruction in early { uses.add(instruction) }
    for instruction in late.compactMap(\.low) { uses.add(instruction) }
    try uses.check()
  }

  // MARK: - Applications

  private func replacingApplications(
    _ script: [UpgradeInstruction]
  ) throws(UpgradeProblem) -> [UpgradeInstruction] {
    var result: [UpgradeInstruction] = []
    for instruction in script {
      switch instruction {
      case .addApplication(let name, let type):
        result += loading(try component(name, in: after), as: type)
      case .removeApplication(let name):
        if after.contains(where: { $0.resource.name == name }) {
          throw .removedApplicationPresent(name)
        }
        result += unloading(try component(name, in: before))
        result.append(.low(.apply(.init("application", "unload", [.atom(name)]))))
      case .restartApplication(let name):
        let old = try component(name, in: before)
        let new = try component(name, in: after)
        result += unloading(old) + loading(new, as: new.type)
      case .update, .loadModule, .addModule, .deleteModule, .low: result.append(instruction)
      }
    }
    return result
  }

  private func component(
    _ name: String, in components: [CheckedRelease.Component]
  ) throws(UpgradeProblem) -> CheckedRelease.Component {
    guard let component = components.first(where: { $0.resource.name == name }) else {
      throw .noSuchApplication(name)
    }
    return component
  }

  private func loading(
    _ component: CheckedRelease.Component, as type: ReleaseResource.StartType
  ) -> [UpgradeInstruction] {
    let name = Term.atom(component.resource.name)
    let modules = component.resource.modules.map { UpgradeInstruction.addModule($0) }
    switch type {
    case .none: return modules
    case .load: return modules + [.low(.apply(.init("application", "load", [name])))]
    case .permanent, .transient, .temporary:
      let arguments = [name, .atom(type.rawValue)]
      return modules + [.low(.apply(.init("application", "start", arguments)))]
    }
  }

  private func unloading(_ component: CheckedRelease.Component) -> [UpgradeInstruction] {
    let modules = component.resource.modules
    return [.low(.apply(.init("application", "stop", [.atom(component.resource.name)])))]
      + modules.map { .low(.remove(.init($0))) } + [.low(.purge(modules))]
  }

  // MARK: - Modules

  /// Reads the code of those that will be loaded.
  private func objectCode(
    _ group: [UpgradeInstruction], _ owners: [String: ApplicationResource]
  ) throws(UpgradeProblem) -> [ReleaseInstruction] {
    var code: [ReleaseInstruction] = []
    for instruction in group {
      if case .deleteModule = instruction { continue }
      guard let module = instruction.module else { continue }
      guard let owner = owners[module] else { throw .noSuchModule(module) }
      code.append(
        .loadObjectCode(
          application: owner.name, version: owner.version, modules: [module]))
    }
    return code
  }

  /// The change of modules that go together, dependents first in `group`.
  private func changing(_ group: [UpgradeInstruction]) -> [ReleaseInstruction] {
    let updates = group.compactMap { instruction -> UpgradeInstruction.Update? in
      if case .update(let update) = instruction { update } else { nil }
    }
    let suspended = updates.map {
      ReleaseInstruction.Suspension($0.module, timeout: $0.timeout)
    }
    let loads = group.map(\.loads)
    let steps =
      switch direction {
      case .up: loads.reversed().joined() + changes(updates)
      case .down:
        changes(updates.filter { $0.type == .dynamic }) + loads.joined()
          + changes(updates.filter { $0.type == .static })
      }
    guard !updates.isEmpty else { return steps }
    return [.suspend(suspended)] + steps + [.resume(updates.map(\.module).reversed())]
  }

  private func changes(_ updates: [UpgradeInstruction.Update]) -> [ReleaseInstruction] {
    let changes = updates.compactMap { update -> ReleaseInstruction.Change? in
      switch update.change {
      case .soft: nil
      case .advanced(let extra): .init(update.module, extra: extra)
      }
    }
    return changes.isEmpty ? [] : [.codeChange(direction, changes)]
  }

  // MARK: - The whole

  /// One instruction an application; of a module that is read twice the last place counts.
  private static func merged(
    _ code: [ReleaseInstruction]
  ) throws(UpgradeProblem) -> [ReleaseInstruction] {
    var order: [String] = []
    var parts: [String: [(version: String, modules: [String])]] = [:]
    for case .loadObjectCode(let application, let version, let modules) in code {
      if parts[application] == nil { order.append(application) }
      parts[application, default: []].append((version, modules))
    }
    var merged: [ReleaseInstruction] = []
    for application in order {
      let parts = parts[application] ?? []
      let version = parts.first?.version ?? ""
      if let other = parts.first(where: { $0.version != version }) {
        throw .conflictingVersions(application: application, version, other.version)
      }
      let last = Dictionary(
        parts.enumerated().flatMap { number, part in part.modules.map { ($0, number) } },
        uniquingKeysWith: { $1 })
      let modules = parts.enumerated().flatMap { number, part in
        part.modules.filter { last[$0] == number }
      }
      merged.append(.loadObjectCode(application: application, version: version, modules: modules))
    }
    return merged
  }

  /// Puts a new emulator first, and a restart last; on the way back there is only the latter.
  private func restarting(
    _ first: [ReleaseInstruction], _ rest: [ReleaseInstruction]
  ) -> [ReleaseInstruction] {
    let startsNew = rest.contains(.restartNewEmulator)
    let restarts = rest.contains(.restartEmulator)
    let kept = rest.filter { $0 != .restartNewEmulator && $0 != .restartEmulator }
    switch direction {
    case .up:
      return (startsNew ? [.restartNewEmulator] : []) + first + kept
        + (restarts ? [.restartEmulator] : [])
    case .down: return first + kept + (startsNew || restarts ? [.restartEmulator] : [])
    }
  }
}

extension UpgradeInstruction {
  /// The instruction, if it is carried out as it stands.
  fileprivate var low: ReleaseInstruction? {
    if case .low(let instruction) = self { instruction } else { nil }
  }

  /// What makes its module's code the current one, or takes it away.
  fileprivate var loads: [ReleaseInstruction] {
    switch self {
    case .update(let update):
      [.load(.init(update.module, prePurge: update.prePurge, postPurge: update.postPurge))]
    case .loadModule(let loading, _): [.load(loading)]
    case .addModule(let module, _): [.load(.init(module))]
    case .deleteModule(let module, _): [.remove(.init(module)), .purge([module])]
    case .addApplication, .removeApplication, .restartApplication, .low: []
    }
  }
}

extension ReleaseInstruction {
  fileprivate var isObjectCode: Bool {
    if case .loadObjectCode = self { true } else { false }
  }

  /// Whether it may stand before the point of no return.
  fileprivate var isEarly: Bool {
    if case .apply = self { true } else { isObjectCode }
  }
}
