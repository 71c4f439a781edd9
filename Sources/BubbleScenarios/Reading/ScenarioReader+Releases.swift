import BubbleEvents
import BubbleReleaseFiles
import BubbleScripts
import BubbleText
import Yams

/// Releases that the machine may come to while it runs.
extension ScenarioReader {
  /// The releases, the one that boots first; empty when the scenario has one only.
  mutating func releases(
    _ fields: Fields<FileKey>, booting applications: [Scenario.Application]
  ) -> [Scenario.Release] {
    let version = name(fields[.release], FileKey.release)
    guard let node = fields[.upgrades] else {
      if let stray = fields[.release] {
        report(stray, "release goes with upgrades, which say what the machine may come to")
      }
      return []
    }
    guard fields[.applications] != nil else {
      report(node, "upgrades goes with applications only; this scenario is one tree")
      return []
    }
    places.addReleaseHandler()
    var releases = [Scenario.Release(version: version ?? "1", applications: applications)]
    var ways: [(node: Node, appups: [String: ApplicationUpgrade])] = []
    let booting = self.applications
    var present = booting
    for node in elements(of: node) {
      guard
        let (release, appups) = upgrade(node, from: releases[releases.count - 1], present)
      else { continue }
      if releases.contains(where: { $0.version == release.version }) {
        report(node, "a second release \(quoted(release.version))")
      }
      releases.append(release)
      ways.append((node, appups))
      present = self.applications
    }
    // Whatever steps name may be there in any of the releases.
    self.applications = booting
    for entry in present.entries where booting[entry.name] == nil { self.applications.add(entry) }
    if problems.isEmpty {
      for (index, way) in ways.enumerated() {
        var (before, after) = (releases[index], releases[index + 1])
        before.addCodeOnly(way.appups, to: &after)
        makeWay(from: before, to: &after, way.appups, way.node)
        (releases[index], releases[index + 1]) = (before, after)
      }
    }
    return releases
  }

  /// A release, told by what differs from the one before, and how its applications change over.
  ///
  /// Its applications are those of the reader then.
  private mutating func upgrade(
    _ node: Node, from before: Scenario.Release, _ present: ApplicationIndex
  ) -> (Scenario.Release, appups: [String: ApplicationUpgrade])? {
    guard let fields = fields(of: node, UpgradeKey.self) else { return nil }
    guard let versionNode = fields[.release], let version = name(versionNode, UpgradeKey.release)
    else {
      report(node, "an upgrade begins with release: and its version")
      return nil
    }
    let changes = elements(of: fields[.applications])
    let changed = Set(changes.compactMap { $0.applicationName })
    let removed = removedNames(fields[.removes], present)
    applications = ApplicationIndex()
    placed = []
    for entry in present.entries where !removed.contains(entry.name) {
      let change = changes.first { $0.applicationName == entry.name }
      enter(change ?? entry.node)
    }
    for change in changes where change.applicationName.flatMap({ present[$0] }) == nil {
      enter(change)
    }
    guard checkNeeds() else { return nil }
    places.walkAgain(applications)
    let release = Scenario.Release(
      version: version, applications: applications.entries.compactMap { application($0) })
    checkPlacing(of: release.applications)
    var appups: [String: ApplicationUpgrade] = [:]
    for entry in applications.entries where changed.contains(entry.name) {
      checkVersion(of: entry, before)
      appups[entry.name] = appup(of: entry)
    }
    return (release, appups)
  }

  private mutating func removedNames(
    _ node: Node?, _ present: ApplicationIndex
  ) -> Set<String> {
    var removed: Set<String> = []
    for node in elements(of: node) {
      guard let name = name(node, UpgradeKey.removes) else { continue }
      if present[name] == nil {
        report(node, unknown("application", name, among: present.names))
      }
      removed.insert(name)
    }
    return removed
  }

  private mutating func checkVersion(
    of entry: ApplicationIndex.Entry, _ before: Scenario.Release
  ) {
    guard let old = before.applications.first(where: { $0.name == entry.name }),
      old.resource.version == entry.resource?.version
    else { return }
    let version = old.resource.version
    let here = version.isEmpty ? "none" : quoted(version)
    report(
      entry.node,
      "\(quoted(entry.name)) is in release \(quoted(before.version)) too, so here it wants another "
        + "version; both have \(here)")
  }

  /// How an application changes over, from the scenario or from an `.appup` file.
  private mutating func appup(of entry: ApplicationIndex.Entry) -> ApplicationUpgrade? {
    let mapping = entry.node.mapping
    let written = mapping?[ApplicationKey.appup.rawValue]
    let file = mapping?[ApplicationKey.appupFile.rawValue]
    if let written, file != nil {
      report(written, "appup and appup_file say the same; leave one of them out")
    }
    do {
      if let written {
        guard let text = written.text else {
          report(written, "appup wants Erlang terms as text; found \(written.shown)")
          return nil
        }
        return try ApplicationUpgrade(TermFile(text: text, name: "appup of \(entry.name)"))
      }
      if let file {
        guard let path = file.text else {
          report(file, "appup_file wants the path of an .appup file; found \(file.shown)")
          return nil
        }
        return try ApplicationUpgrade(termFile(path))
      }
    } catch let error as ResourceError {
      report(written ?? file ?? entry.node, error.description)
    } catch {
      let reason = (error as? ScenarioFiles.Failure)?.reason ?? "\(error)"
      report(file ?? entry.node, "cannot read the .appup file: \(escaped(reason))")
    }
    return nil
  }

  /// Finds the way between a release and the one before it, in both directions.
  private mutating func makeWay(
    from before: Scenario.Release, to release: inout Scenario.Release,
    _ appups: [String: ApplicationUpgrade], _ node: Node
  ) {
    do {
      let way = try Scenario.way(from: before, to: release, appups)
      release.way = way
      for script in way.upgrades + way.downgrades { noteCalls(script.instructions) }
    } catch {
      report(node, error.description)
    }
  }

  /// The supervisors that instructions call by name are registered.
  private mutating func noteCalls(_ instructions: [ReleaseInstruction]) {
    for case .apply(let call) in instructions where call.module == "supervisor" {
      guard case .atom(let name)? = call.arguments.first,
        case .found(let place) = places.match(name)
      else { continue }
      targets.insert(place.path)
    }
  }

  // MARK: - Steps

  /// What a step does that changes the release.
  mutating func releaseRequest(
    _ key: CueKey, _ fields: Fields<CueKey>
  ) -> ScriptedRequest? {
    guard let node = fields[key], let deed = ControlRequest.ReleaseRequest(rawValue: key.rawValue)
    else { return nil }
    return releaseVersion(node, key).map { .changeRelease(deed, $0) }
  }

  /// The version of a release that there is.
  mutating func releaseVersion(_ node: Node, _ key: any ScenarioKey) -> String? {
    guard let version = name(node, key) else { return nil }
    guard !releaseVersions.isEmpty else {
      report(node, "\(key.rawValue) goes with upgrades only; this scenario has one release")
      return nil
    }
    guard releaseVersions.contains(version) else {
      report(node, unknown("release", version, among: releaseVersions))
      return nil
    }
    return version
  }
}

extension Node {
  fileprivate var applicationName: String? {
    mapping?[ApplicationKey.application.rawValue]?.text
  }
}
