public import BubbleEvents
import BubbleText

/// Makes the relup of a release out of the upgrades of its applications (OTP: systools:make_relup).
public struct ReleaseUpgradeMaker: Sendable {
  /// A release to come from or to go back to.
  public struct Other: Hashable, Sendable {
    /// The release.
    public var release: CheckedRelease
    /// What somebody wrote about the change; `[]` for nothing.
    public var description: Term

    /// Creates one.
    public init(_ release: CheckedRelease, description: Term = []) {
      self.release = release
      self.description = description
    }
  }

  /// The `.appup` of an application in one version.
  public struct ApplicationVersion: Hashable, Sendable {
    /// The application.
    public var application: String
    /// The version that its `.appup` lies beside.
    public var version: String

    /// Names a version of an application.
    public init(_ application: String, _ version: String) {
      self.application = application
      self.version = version
    }
  }

  /// What is odd and no error.
  public enum Warning: Hashable, Sendable {
    /// The runtime system changes too.
    case runtimeVersionChanges(from: String, to: String)
    /// An `.appup` says that it is for another version than that which it lies beside.
    case otherVersion(application: String, wanted: String, found: String)
  }

  /// What came of it.
  public struct Result: Hashable, Sendable {
    /// The relup.
    public var upgrade: ReleaseUpgrade
    /// What is odd about it.
    public var warnings: [Warning]
  }

  /// Why there is no relup.
  public struct Failure: Error, Hashable, Sendable {
    /// In which direction.
    public var direction: ReleaseInstruction.Direction
    /// The version of the other release.
    public var other: String
    /// Why not.
    public var problem: UpgradeProblem
  }

  /// The release that the relup is part of.
  public var release: CheckedRelease
  /// The upgrades of its applications.
  public var applicationUpgrades: [ApplicationVersion: ApplicationUpgrade]
  /// Whether the emulator is to be restarted at the end of every upgrade and downgrade.
  public var restartsEmulator: Bool
  /// See `UpgradeTranslation`.
  public var preferredOrder: [String] = []

  /// Creates a maker for a release.
  ///
  /// An application that the older release has in a later version has no `.appup` to go by: it is
  /// that beside the version in `release` which counts, in both directions.
  public init(
    _ release: CheckedRelease,
    applicationUpgrades: [ApplicationVersion: ApplicationUpgrade],
    restartsEmulator: Bool = false
  ) {
    self.release = release
    self.applicationUpgrades = applicationUpgrades
    self.restartsEmulator = restartsEmulator
  }

  /// Makes the relup from and to other releases; OTP's file has the upgrades last one first.
  public func make(upFrom: [Other], downTo: [Other]) throws(Failure) -> Result {
    var result = Result(upgrade: ReleaseUpgrade(release.release.version), warnings: [])
    for other in upFrom {
      result.upgrade.upgrades.insert(try script(.up, other, &result.warnings), at: 0)
    }
    for other in downTo {
      result.upgrade.downgrades.insert(try script(.down, other, &result.warnings), at: 0)
    }
    return result
  }

  private func script(
    _ direction: ReleaseInstruction.Direction, _ other: Other, _ warnings: inout [Warning]
  ) throws(Failure) -> ReleaseUpgrade.Script {
    let version = other.release.release.version
    do {
      let scripts =
        try highLevel(direction, other.release, &warnings)
        + [runtimeChange(other.release, &warnings)]
        + [restartsEmulator ? [.low(.restartEmulator)] : []]
      let (before, after) =
        switch direction {
        case .up: (other.release, release)
        case .down: (release, other.release)
        }
      let translation = UpgradeTranslation(
        direction, from: before.applications, to: after.applications,
        preferredOrder: preferredOrder)
      return .init(version, description: other.description, try translation.lowLevel(scripts))
    } catch {
      throw Failure(direction: direction, other: version, problem: error)
    }
  }

  /// Applications that come, in the order of their release; those that change, in the start order
  /// of `release`; those that go, in the order of their release.
  private func highLevel(
    _ direction: ReleaseInstruction.Direction, _ other: CheckedRelease,
    _ warnings: inout [Warning]
  ) throws(UpgradeProblem) -> [[UpgradeInstruction]] {
    for release in [release, other] {
      if let needed = release.base.upgrader, release[needed] == nil {
        throw .noUpgrader(needed, release: release.release.version)
      }
    }
    let (before, after) =
      switch direction {
      case .up: (other, release)
      case .down: (release, other)
      }
    var scripts: [[UpgradeInstruction]] = after.listed
      .filter { before[$0.resource.name] == nil }
      .map { [.addApplication($0.resource.name, $0.type)] }
    for component in release.applications {
      guard let same = other[component.resource.name],
        same.resource.version != component.resource.version
      else { continue }
      scripts.append(try changed(component.resource, direction, same.resource.version, &warnings))
    }
    return scripts
      + before.listed.filter { after[$0.resource.name] == nil }
      .map { [.removeApplication($0.resource.name)] }
  }

  private func changed(
    _ resource: ApplicationResource, _ direction: ReleaseInstruction.Direction,
    _ other: String, _ warnings: inout [Warning]
  ) throws(UpgradeProblem) -> [UpgradeInstruction] {
    let key = ApplicationVersion(resource.name, resource.version)
    guard let upgrade = applicationUpgrades[key] else {
      throw .noApplicationUpgrade(application: resource.name, version: resource.version)
    }
    if upgrade.version != resource.version {
      warnings.append(
        .otherVersion(
          application: resource.name, wanted: resource.version, found: upgrade.version))
    }
    guard let instructions = upgrade.instructions(direction, other: other) else {
      throw .noScript(application: resource.name, other: other)
    }
    return instructions
  }

  private func runtimeChange(
    _ other: CheckedRelease, _ warnings: inout [Warning]
  ) -> [UpgradeInstruction] {
    let (version, before) = (release.release.runtimeVersion, other.release.runtimeVersion)
    guard version != before else { return [] }
    warnings.append(.runtimeVersionChanges(from: before, to: version))
    return [.low(.restartNewEmulator)]
  }
}

extension ReleaseUpgradeMaker.Failure: CustomStringConvertible {
  /// One line, safe for a terminal.
  public var description: String {
    switch direction {
    case .up: "upgrade from release \(quoted(other)): \(problem)"
    case .down: "downgrade to release \(quoted(other)): \(problem)"
    }
  }
}

extension ReleaseUpgradeMaker.Warning: CustomStringConvertible {
  /// One line, safe for a terminal.
  public var description: String {
    switch self {
    case .runtimeVersionChanges(let old, let new):
      "the runtime system changes from version \(quoted(old)) to \(quoted(new)): "
        + "the emulator restarts"
    case .otherVersion(let application, let wanted, let found):
      "the .appup beside version \(quoted(wanted)) of application \(quoted(application)) "
        + "says that it is for version \(quoted(found))"
    }
  }
}
