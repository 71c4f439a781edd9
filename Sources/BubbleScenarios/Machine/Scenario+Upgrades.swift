import BubbleReleaseFiles
import BubbleEvents
import BubbleText

extension Scenario {
  /// Why there is no way between two releases, in one clause.
  struct UpgradeFailure: Error, CustomStringConvertible {
    var description: String
  }

  /// The way between two releases, in both directions, as systools makes it of the later one's
  /// `.appup` files, by the names of the applications.
  static func way(
    from before: Release, to after: Release, _ appups: [String: ApplicationUpgrade]
  ) throws(UpgradeFailure) -> ReleaseUpgrade {
    let (old, new) = (try checked(before), try checked(after))
    var upgrades: [ReleaseUpgradeMaker.ApplicationVersion: ApplicationUpgrade] = [:]
    for application in after.applications {
      let version = application.resource.version
      upgrades[.init(application.name, version)] = appups[application.name]
    }
    do {
      let maker = ReleaseUpgradeMaker(new, applicationUpgrades: upgrades)
      return try maker.make(upFrom: [.init(old)], downTo: [.init(old)]).upgrade
    } catch {
      throw UpgradeFailure(description: "\(error)")
    }
  }

  private static func checked(_ release: Release) throws(UpgradeFailure) -> CheckedRelease {
    let components = release.applications.map { application in
      ReleaseResource.Component(
        application.name, application.resource.version, type: application.boot.type)
    }
    do {
      return try CheckedRelease(
        ReleaseResource(
          "machine", release.version, applications: components),
        applications: release.applications.map(\.resource), base: .machine)
    } catch {
      throw UpgradeFailure(description: "release \(quoted(release.version)): \(error)")
    }
  }
}

extension Scenario.Application.Boot {
  /// The type of the application in a release.
  fileprivate var type: ReleaseResource.StartType {
    switch self {
    case .start(.permanent): .permanent
    case .start(.transient): .transient
    case .start(.temporary): .temporary
    case .load, .included: .load
    case .none: .none
    }
  }
}
