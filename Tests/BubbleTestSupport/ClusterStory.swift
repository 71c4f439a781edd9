package import BubbleEvents

/// The events of a cluster, told by hand: nodes with a supervisor and workers each.
package struct ClusterStory {
  package private(set) var events: [Event] = []
  package var now = RuntimeInstant.zero
  /// The names of the nodes; the first one is node 1.
  package let names: [String]
  private let workers: [String]
  private var lastNumbers: [NodeID: UInt32] = [:]
  private var pids: [String: PID] = [:]

  /// Tells of nodes that start with all their workers and connect with each other.
  package init(nodes names: [String], workers: [String] = ["king", "desk", "till"]) {
    self.names = names
    self.workers = workers
    for index in names.indices { start(node(index)) }
    for index in names.indices { connect(node(index)) }
  }

  /// The node with that place in the list of names.
  package func node(_ index: Int) -> NodeID { NodeID(UInt32(index) + 1) }

  /// The process of that name on the node with that place in the list of names.
  package func pid(_ index: Int, _ name: String) -> PID {
    pids["\(node(index).number)/\(name)"] ?? PID(999)
  }

  @discardableResult
  package mutating func post(_ kind: Event.Kind, because cause: Event.ID? = nil) -> Event.ID {
    let id = Event.ID(events.count + 1)
    events.append(Event(id: id, instant: now, cause: cause, kind: kind))
    return id
  }

  package mutating func wait(_ span: Duration) { now = now + span }

  package mutating func ask(_ request: ControlRequest) -> Event.ID {
    post(.requested(request, by: .key("x")))
  }

  // MARK: - Nodes

  package mutating func start(_ node: NodeID, because cause: Event.ID? = nil) {
    let name = names[Int(node.number) - 1]
    let started = post(.node(node, .started(name: name, isHidden: false)), because: cause)
    let supervisor = spawn("sup", on: node, by: nil, "supervisor Sup", because: started)
    post(.supervisor(supervisor, .configured(SupervisorFlags())), because: started)
    for (place, worker) in workers.enumerated() {
      let id = ChildID.named(.atom(worker))
      let child = ChildDescription(
        id: id, restart: .permanent, shutdown: .timeout(5000), kind: .worker, isSignificant: false)
      post(.supervisor(supervisor, .childSpecified(child, position: place)), because: started)
      launch(worker, on: node, because: started)
    }
  }

  /// A supervisor starts a worker, for the first time or again.
  package mutating func launch(_ worker: String, on node: NodeID, because cause: Event.ID?) {
    let supervisor = pids["\(node.number)/sup"] ?? PID(999)
    let id = ChildID.named(.atom(worker))
    post(.child(of: supervisor, id, .starting), because: cause)
    let pid = spawn(worker, on: node, by: supervisor, "gen_server", because: cause)
    post(.child(of: supervisor, id, .started(pid)), because: cause)
  }

  private mutating func spawn(
    _ name: String, on node: NodeID, by parent: PID?, _ behaviour: String, because cause: Event.ID?
  ) -> PID {
    let number = (lastNumbers[node] ?? 0) + 1
    lastNumbers[node] = number
    let pid = PID(number, node: node)
    pids["\(node.number)/\(name)"] = pid
    post(.process(pid, .spawned(parent: parent, behaviour: behaviour)), because: cause)
    return pid
  }

  /// A node and all that come before it in the list take themselves for connected.
  package mutating func connect(_ node: NodeID, because cause: Event.ID? = nil) {
    for other in 1..<max(1, node.number) {
      meet(node, NodeID(other), because: cause)
    }
  }

  /// Two nodes take each other for connected.
  package mutating func meet(_ node: NodeID, _ other: NodeID, because cause: Event.ID? = nil) {
    post(.node(node, .connected(other, isHidden: false)), because: cause)
    post(.node(other, .connected(node, isHidden: false)), because: cause)
  }

  /// Two nodes lose each other.
  package mutating func part(_ node: NodeID, _ other: NodeID, because cause: Event.ID?) {
    post(.node(node, .disconnected(other, reason: "connection_closed")), because: cause)
    post(.node(other, .disconnected(node, reason: "connection_closed")), because: cause)
  }

  // MARK: - What happens

  /// The cables between a node and others are cut, as somebody asked, and both ends notice.
  package mutating func cut(_ node: NodeID, from others: [NodeID], by request: Event.ID) {
    for other in others {
      let (low, high) = (min(node, other), max(node, other))
      let cut = post(.node(low, .cableCut(high)), because: request)
      part(node, other, because: cut)
    }
  }

  /// A node is stopped, and the others notice.
  package mutating func stop(_ node: NodeID, because cause: Event.ID?) {
    let stopped = post(.node(node, .stopped), because: cause)
    for index in names.indices where self.node(index) != node {
      post(
        .node(self.node(index), .disconnected(node, reason: "connection_closed")), because: stopped)
    }
  }

  /// Two nodes meet again, each with a process that has the name; the second one loses it, is
  /// killed, and is started again without it.
  package mutating func settle(
    _ name: Term, kept: PID, lost: PID, _ worker: String, because cause: Event.ID?
  ) {
    let conflict = post(
      .node(kept.node, .globalNameConflict(name, kept: kept, lost: lost)), because: cause)
    let sent = post(
      .signal(.exitSent(from: nil, to: lost, reason: .failure("random_exit_name"), isLink: false)),
      because: conflict)
    let exit = post(.process(lost, .exited(.killed)), because: sent)
    launch(worker, on: lost.node, because: exit)
  }
}
