extension Scenario {
  /// A machine of several that are connected, with a tree of its own.
  package struct ClusterNode: Hashable, Sendable {
    /// Its name, such as `a@shop`; the order of names decides conflicts.
    package var name: String
    /// Whether its connections are hidden ones.
    package var isHidden: Bool
    /// Whether it runs from the beginning.
    package var starts: Bool
    /// Its root supervisor, or who starts its applications.
    package var root: Child

    package init(name: String, isHidden: Bool = false, starts: Bool = true, root: Child) {
      self.name = name
      self.isHidden = isHidden
      self.starts = starts
      self.root = root
    }
  }

  /// The nodes, in the order of the file; empty for a machine that stands alone.
  package var nodes: [ClusterNode] { root.nodes }
}

extension Scenario.Child {
  /// What the root is called that stands for all the nodes.
  package static let clusterID = "nodes"

  /// The nodes, if it stands for some.
  package var nodes: [Scenario.ClusterNode] {
    guard case .nodes(let nodes) = content else { return [] }
    return nodes
  }
}
