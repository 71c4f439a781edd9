package import BubbleEvents

extension Script {
  /// What may be true of the nodes of a cluster, and of what they agree on.
  ///
  /// Nodes are named in full.
  package enum ClusterCondition: Hashable, Sendable {
    /// Each of the nodes takes itself for connected with each other.
    case connected([String])
    /// No node of one side takes itself for connected with one of another.
    case disconnected([[String]])
    case nodeUp(String)
    case nodeDown(String)
    /// The global name is held by these processes and by nobody else; several only where the nodes
    /// do not agree.
    case globalName(Term, [ChildPath])
    /// The group of candidates is led by these processes and by nobody else.
    case leader(Term, [ChildPath])
    /// The group has these members and nobody else.
    case group(Term, [ChildPath])
  }
}
