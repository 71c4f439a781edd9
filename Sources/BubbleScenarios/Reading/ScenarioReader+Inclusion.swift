import BubbleEvents
import BubbleScripts
import BubbleText
import Yams

/// Trees of applications within those of others, and steps about applications.
extension ScenarioReader {
  // MARK: - Included trees

  /// The node of an included application's tree, and who includes it.
  mutating func includedTree(_ node: Node?) -> (node: Node, owner: String?)? {
    guard let node, let name = name(node, IncludedKey.application) else { return nil }
    guard let present = presentApplication else {
      report(node, "an application within a tree goes with applications only")
      return nil
    }
    guard let entry = applications[name] else {
      report(node, unknown("application", name, among: applications.names))
      return nil
    }
    guard applications.owner(of: name) == present else {
      report(node, "\(quoted(present)) does not include \(quoted(name)); write includes: \(name)")
      return nil
    }
    guard let tree = entry.tree else {
      report(node, "\(quoted(name)) is a library without a tree")
      return nil
    }
    guard placed.insert(name).inserted else {
      report(node, "\(quoted(name)) stands in the tree of \(quoted(present)) already")
      return nil
    }
    presentApplication = name
    return (tree, present)
  }

  /// Whether every included tree stands somewhere.
  mutating func checkPlacing(of all: [Scenario.Application]) {
    for application in all where application.boot == .included {
      guard let entry = applications[application.name], entry.tree != nil,
        !placed.contains(application.name), let owner = applications.owner(of: application.name)
      else { continue }
      report(
        entry.node,
        "\(quoted(owner)) includes \(quoted(application.name)), whose tree stands "
          + "nowhere: write - application: \(application.name) among its children")
    }
  }

  // MARK: - Steps

  /// What a step does that starts or stops an application.
  mutating func applicationRequest(
    _ key: CueKey, _ fields: Fields<CueKey>
  ) -> ScriptedRequest? {
    if !nodes.isEmpty { return nodeApplicationRequest(key, fields) }
    guard let node = fields[key], let name = name(node, key) else { return nil }
    guard !applications.entries.isEmpty else {
      report(node, "\(key.rawValue) goes with applications only; this scenario is one tree")
      return nil
    }
    guard applications[name] != nil else {
      report(node, unknown("application", name, among: applications.names))
      return nil
    }
    guard key == .startApp else { return .stopApplication(name) }
    return .startApplication(name, word(fields[.as], CueKey.as) ?? .temporary)
  }
}
