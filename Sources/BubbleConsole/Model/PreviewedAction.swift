package import BubbleEvents
package import BubbleTree

/// What can be done to a process that is worth seeing before it is done.
package enum PreviewedAction: Hashable, Sendable {
  case kill
  case exit(ExitReason)
  /// Ending it for good, as `supervisor:terminate_child` does.
  case stop
  /// Starting a node again.
  case start
  /// Cutting or healing cables between nodes, wherever it was begun.
  case network(ControlRequest.NetworkRequest)

  /// The request that does it to `node`.
  package func request(
    to node: TreeNode, in tree: ProcessTree
  ) throws(Refusal) -> ControlRequest {
    if case .network(let request) = self { return .network(request) }
    if let id = node.node { return try request(to: id, node) }
    guard let pid = node.pid else {
      throw Refusal("\(node.name) is not running: there is nothing to \(verb)")
    }
    switch self {
    case .kill: return .process(pid, .kill)
    case .exit(let reason): return .process(pid, .exit(reason))
    case .stop:
      guard let parent = node.parent, let supervisor = tree[parent].pid else {
        throw Refusal("\(node.name) has no supervisor that could stop it")
      }
      if node.application != nil {
        return .application(controller: supervisor, node.name, .stop)
      }
      guard let id = node.childID else {
        guard tree[parent].application != nil else {
          throw Refusal("\(node.name) has no supervisor that could stop it")
        }
        throw Refusal("\(node.name) ends with its application: d on \(tree[parent].name) stops it")
      }
      return .child(of: supervisor, id, .terminate)
    case .start: throw Refusal("\(node.name) is running")
    case .network(let request): return .network(request)
    }
  }

  private func request(to id: NodeID, _ node: TreeNode) throws(Refusal) -> ControlRequest {
    switch self {
    case .kill, .stop:
      guard node.pid != nil else { throw Refusal("\(node.name) is stopped: r starts it again") }
      return .node(id, .stop)
    case .start:
      guard node.pid == nil else { throw Refusal("\(node.name) is running: x stops it") }
      return .node(id, .start)
    case .exit: throw Refusal("\(node.name) is a node, which ends without a reason: x stops it")
    case .network(let request): return .network(request)
    }
  }

  /// As in "to kill acceptor".
  package var verb: String {
    switch self {
    case .kill: "kill"
    case .exit: "exit"
    case .stop: "stop"
    case .start: "start"
    case .network(let request): request.name
    }
  }
}
