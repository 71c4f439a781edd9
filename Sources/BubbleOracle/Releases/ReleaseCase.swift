internal import BubbleEvents
package import BubbleReleaseFiles

/// Files of releases, and what is to be made of them.
///
/// A case is a term `{Name, Parts}` as Tests/Oracle/releases/releases.erl describes it.
package struct ReleaseCase: Sendable {
  /// What is to be made.
  package enum Request: Sendable {
    /// The boot script of the release of that version.
    case script(String)
    /// The relup of the release of that version, from and to others.
    case relup(String, up: [Other], down: [Other])
  }

  /// Another release, by its version.
  package struct Other: Sendable {
    var version: String
    var description: Term
  }

  /// A case that is none.
  package struct Malformed: Error {
    package var name: String
  }

  package var name: String
  private var applications: [ApplicationResource] = Self.base
  private var upgrades: [ReleaseUpgradeMaker.ApplicationVersion: ApplicationUpgrade] = [:]
  private var releases: [ReleaseResource] = []
  private var request: Request?
  private var restartsEmulator = false
  /// Why we answer otherwise than OTP; nil when we do not.
  package private(set) var deviation: String?
  /// Why a file of the case cannot be read.
  private var unreadable: ResourceError?

  /// Takes the case that a term of the file is.
  package init(_ term: LocatedTerm, in file: TermFile) throws(Malformed) {
    guard let pair = term.tuple, pair.count == 2, let parts = pair[1].list else {
      throw Malformed(name: term.term.description)
    }
    name = pair[0].term.description
    for part in parts {
      do {
        try take(part, file)
      } catch {
        unreadable = error
      }
    }
  }

  /// kernel, stdlib and sasl, as releases.erl has them.
  private static let base: [ApplicationResource] = {
    var kernel = ApplicationResource(
      "kernel", version: "9.0", startModule: .init("kernel"))
    kernel.modules = ["kernel"]
    kernel.registered = ["kernel_sup"]
    var stdlib = ApplicationResource("stdlib", version: "5.0", applications: ["kernel"])
    stdlib.modules = ["lists"]
    var sasl = ApplicationResource("sasl", version: "4.2", applications: ["kernel", "stdlib"])
    sasl.modules = ["sasl"]
    sasl.registered = ["sasl_sup"]
    return [kernel, stdlib, sasl]
  }()

  private mutating func take(_ part: LocatedTerm, _ file: TermFile) throws(ResourceError) {
    guard let parts = part.tuple, parts.count > 1, let word = parts[0].atom else { return }
    let entries = parts[1].list ?? []
    switch word {
    case "applications":
      for entry in entries { applications.append(try ApplicationResource(file.only(entry))) }
    case "appups":
      for case let triple? in entries.map(\.tuple) where triple.count == 3 {
        let key = ReleaseUpgradeMaker.ApplicationVersion(
          triple[0].atom ?? "", triple[1].string ?? "")
        upgrades[key] = try ApplicationUpgrade(file.only(triple[2]))
      }
    case "releases":
      for entry in entries { releases.append(try ReleaseResource(file.only(entry))) }
    case "options": restartsEmulator = entries.contains { $0.atom == "restart_emulator" }
    case "differs": deviation = parts[1].string
    case "script": request = .script(parts[1].string ?? "")
    case "relup" where parts.count == 4:
      request = .relup(
        parts[1].string ?? "", up: Self.others(parts[2]), down: Self.others(parts[3]))
    default: return
    }
  }

  private static func others(_ list: LocatedTerm) -> [Other] {
    (list.list ?? []).map { entry in
      let pair = entry.tuple ?? [entry]
      return Other(
        version: pair[0].string ?? "", description: pair.count > 1 ? pair[1].term : [])
    }
  }

  // MARK: - What we make of it

  /// What we make of it, where OTP's answer decides what OTP leaves to chance.
  package func answer(ordersFrom theirs: ReleaseAnswer) -> ReleaseAnswer {
    guard unreadable == nil, let request else { return .refused("unreadable") }
    do {
      switch request {
      case .script(let version):
        let release = try checked(version)
        let warnings = release.canBeUpgraded ? [] : ["missing_sasl"]
        return .boot(release.bootCommands.map(\.asInScript), warnings: warnings)
      case .relup(let version, let up, let down):
        return try relup(version, up, down, theirs)
      }
    } catch let problems as ReleaseProblems {
      return .refused(problems.otpText)
    } catch let failure as ReleaseUpgradeMaker.Failure {
      return .refused(failure.problem.otpText)
    } catch {
      return .refused("\(error)")
    }
  }

  private func checked(_ version: String) throws -> CheckedRelease {
    guard let release = releases.first(where: { $0.version == version }) else {
      throw Malformed(name: name)
    }
    return try CheckedRelease(release, applications: applications)
  }

  /// Script by script, since OTP's order of modules is another one in each.
  private func relup(
    _ version: String, _ up: [Other], _ down: [Other], _ theirs: ReleaseAnswer
  ) throws -> ReleaseAnswer {
    var maker = ReleaseUpgradeMaker(
      try checked(version), applicationUpgrades: upgrades, restartsEmulator: restartsEmulator)
    let orders = theirs.moduleOrders
    var result = ReleaseUpgrade(version)
    var warnings: [String] = []
    // Before the others are looked at the release itself must be one that can be upgraded.
    _ = try maker.make(upFrom: [.init(maker.release)], downTo: [])
    let others = up + down
    for (index, entry) in others.enumerated() {
      let other = ReleaseUpgradeMaker.Other(
        try checked(entry.version), description: entry.description)
      let isUp = index < up.count
      // OTP's file has the last one first.
      let place = isUp ? up.count - 1 - index : up.count + others.count - 1 - index
      maker.preferredOrder = place < orders.count ? orders[place] : []
      let made = try maker.make(upFrom: isUp ? [other] : [], downTo: isUp ? [] : [other])
      result.upgrades = made.upgrade.upgrades + result.upgrades
      result.downgrades = made.upgrade.downgrades + result.downgrades
      warnings += made.warnings.map(\.otpText)
    }
    return .relup(result, warnings: warnings.sorted())
  }
}

extension TermFile {
  /// A file with that term only.
  func only(_ term: LocatedTerm) -> TermFile {
    var file = self
    file.terms = [term]
    return file
  }
}
