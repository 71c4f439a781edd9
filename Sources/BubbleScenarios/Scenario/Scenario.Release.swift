package import BubbleReleaseFiles

extension Scenario {
  /// A version of the whole machine: its applications, each in some version.
  package struct Release: Hashable, Sendable {
    /// Its version.
    package var version: String
    /// Its applications, in the order of the file; those that are as before are the same.
    package var applications: [Application]
    /// The way from the release before and back to it; nil for the first one.
    package var way: ReleaseUpgrade?

    package init(version: String, applications: [Application]) {
      self.version = version
      self.applications = applications
    }
  }
}

extension Scenario.Child {
  /// The modules of the tree, each once, in its order.
  package var modules: [String] {
    var found: [String] = []
    var seen: Set<String> = []
    func visit(_ child: Scenario.Child) {
      if seen.insert(child.module).inserted { found.append(child.module) }
      switch child.content {
      case .worker, .special, .applications, .nodes: break
      case .supervisor(_, let children): children.forEach(visit)
      case .dynamic(_, let template, _): visit(template)
      }
    }
    visit(self)
    return found
  }
}
