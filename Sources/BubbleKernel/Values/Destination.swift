public import BubbleEvents

/// Where a message goes: to a process, or to whichever process has a name when it arrives.
public enum Destination: Hashable, Sendable {
  /// A process.
  case pid(PID)
  /// The process registered under the name on the sender's node.
  case name(String)
  /// The process registered under the name on that node (OTP: `{Name,Node}`).
  case remoteName(String, NodeID)
  /// The process that has the alias, while it has it.
  case alias(Alias)

  /// The node that it is on, seen from the node `own`.
  public func node(from own: NodeID) -> NodeID {
    switch self {
    case .pid(let pid): pid.node
    case .name: own
    case .remoteName(_, let node): node
    case .alias(let alias): alias.pid.node
    }
  }

  /// The process that events name: process 0 of its node for a name, which is looked up there.
  package func pid(on node: NodeID) -> PID {
    switch self {
    case .pid(let pid): pid
    case .alias(let alias): alias.pid
    case .name, .remoteName: PID(0, node: node)
    }
  }
}
