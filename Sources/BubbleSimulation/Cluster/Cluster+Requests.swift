public import BubbleEvents
internal import BubbleKernel

/// What is asked of a cluster from outside.
extension Cluster {
  /// Posts `.requested` and does what is asked; everything that follows leads back to that event.
  ///
  /// What is asked of a process is done on its node. What cannot be done is told as
  /// `.requestRefused`: a request to a node that does not run (`nodedown`), or to one that the
  /// cluster does not have (`no_such_node`), and whatever is so already.
  public mutating func apply(_ request: ControlRequest, by asker: Asker = .someone) {
    switch request {
    case .process, .child, .supervisor, .application, .release:
      let isDone = update(request.pid.node) { $0.apply(request, by: asker) } != nil
      if isDone { return }
      let requested = post(.requested(request, by: asker), cause: nil)
      let isKnown = kernel(request.pid.node) != nil
      refuse(isKnown ? "nodedown" : "no_such_node", request, requested)
    case .node(let node, let change):
      let requested = post(.requested(request, by: asker), cause: nil)
      guard kernel(node) != nil else { return refuse("no_such_node", request, requested) }
      switch change {
      case .stop:
        if !stop(node, cause: requested) { refuse("nodedown", request, requested) }
      case .start:
        if !start(node, cause: requested) { refuse("already_started", request, requested) }
      }
    case .network(let change):
      let requested = post(.requested(request, by: asker), cause: nil)
      perform(change, request, requested)
    }
  }

  private mutating func perform(
    _ change: ControlRequest.NetworkRequest, _ request: ControlRequest, _ requested: Event.ID
  ) {
    guard change.sides.joined().allSatisfy({ kernel($0) != nil }) else {
      return refuse("no_such_node", request, requested)
    }
    let cables = cables(between: change.sides)
    guard !cables.isEmpty else { return refuse("no_cable", request, requested) }
    switch change {
    case .cut:
      guard cables.contains(where: { !isCut($0, $1) }) else {
        return refuse("already_cut", request, requested)
      }
      cut(cables, cause: requested)
    case .heal:
      guard cables.contains(where: { isCut($0, $1) }) else {
        return refuse("not_cut", request, requested)
      }
      heal(cables, cause: requested)
    }
  }

  private mutating func refuse(
    _ reason: Term, _ request: ControlRequest, _ requested: Event.ID
  ) {
    post(.requestRefused(by: request.pid, reason: reason), cause: requested)
  }
}
