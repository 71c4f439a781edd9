package import BubbleEvents

/// The nodes of a cluster: each has a place, and the roots of its processes are its children.
extension ProcessTree {
  mutating func fold(_ happening: NodeEvent, of node: NodeID, _ event: Event) {
    switch happening {
    case .started(let name, let isHidden): start(node, name: name, isHidden: isHidden, event)
    case .stopped: stop(node, event)
    case .connected(let other, _): cluster.connect(node, with: other)
    case .disconnected(let other, _): cluster.disconnect(node, from: other)
    case .cableCut(let other): cluster.cuts.insert(ClusterFacts.Cable(node, other))
    case .cableHealed(let other): cluster.cuts.remove(ClusterFacts.Cable(node, other))
    case .globalNameRegistered(let name, let pid): cluster.take(.globalName(name), pid)
    case .globalNameReleased(let name, let pid):
      cluster.release(pid) { $0 == .globalName(name) }
    case .globalNameConflict(let name, let kept, let lost):
      cluster.release(lost) { $0 == .globalName(name) }
      if let kept { cluster.take(.globalName(name), kept) }
    case .groupJoined(let group, let pid): cluster.groups[pid, default: []].append(group)
    case .groupLeft(let group, let pid): cluster.leave(group, pid)
    case .leaderElected(let group, let pid, let fence):
      cluster.take(.leads(group, fence: fence), pid)
    case .leaderSurrendered(let group, let pid, _), .leaderResigned(let group, let pid):
      cluster.release(pid) { if case .leads(group, _) = $0 { true } else { false } }
    }
  }

  /// The place of a node; nil for one that was not heard of.
  package func slot(of node: NodeID) -> SlotID? { cluster[node]?.slot }

  /// The place of the node that a place lies in, or is; nil in a machine that stands alone.
  package func nodeSlot(around slot: SlotID) -> SlotID? {
    guard !cluster.isEmpty else { return nil }
    var next: SlotID? = slot
    while let place = next {
      if nodes[place.position].node != nil { return place }
      next = nodes[place.position].parent
    }
    return nil
  }

  /// Whether the process in a place leads, or holds a global name.
  package func isCrowned(_ node: TreeNode) -> Bool {
    node.pid.map { cluster.offices[$0] != nil } ?? false
  }

  /// The living processes below a place.
  package func living(below slot: SlotID) -> [SlotID] {
    var found: [SlotID] = []
    var open = Array(nodes[slot.position].children.reversed())
    while let next = open.popLast() {
      if nodes[next.position].pid != nil { found.append(next) }
      open += nodes[next.position].children.reversed()
    }
    return found
  }

  // MARK: - Private helpers

  private mutating func start(
    _ node: NodeID, name: String, isHidden: Bool, _ event: Event
  ) {
    let slot: SlotID
    if let known = cluster[node]?.slot {
      slot = known
      guard nodes[slot.position].pid == nil else { return }
      clear(slot)
    } else {
      slot = addPlace(under: nil, childID: nil, label: name, kind: .supervisor)
      // A node is nobody: it is in no count.
      stateCounts[Int(nodes[slot.position].state.rawValue)] -= 1
      nodes[slot.position].node = node
      cluster.nodes.append(
        ClusterFacts.Node(id: node, name: name, isHidden: isHidden, slot: slot))
    }
    cluster.change(node) { facts in
      facts.name = name
      facts.isHidden = isHidden
      facts.isRunning = true
    }
    if nodes[slot.position].label != name {
      nodes[slot.position].label = name
      shapeVersion += 1
    }
    fill(slot, with: node.pid, behaviour: "node", at: event.instant)
    nodes[slot.position].keepAttempt()
    setState(.running, of: slot)
  }

  /// What lived beside the trees of a node's earlier life, or was started while it ran, has no
  /// place in the next one.
  private mutating func clear(_ node: SlotID) {
    var open = nodes[node.position].children
    while let slot = open.popLast() {
      guard !nodes[slot.position].isVacant else { continue }
      if isForgottenAtRestart(slot, of: node) {
        remove(slot)
      } else {
        nodes[slot.position].looseGhosts = 0
        open += nodes[slot.position].children
      }
    }
    nodes[node.position].looseGhosts = 0
  }

  private func isForgottenAtRestart(_ slot: SlotID, of node: SlotID) -> Bool {
    let place = nodes[slot.position]
    guard place.pid == nil, !place.isRoot, let parent = place.parent else { return false }
    if place.isDynamic { return nodes[parent.position].isRoot }
    return place.childID == nil && place.application == nil && !isTop(slot)
  }

  /// All processes of a node are gone with it, wherever their supervisor is; their places stay.
  private mutating func stop(_ node: NodeID, _ event: Event) {
    cluster.stop(node)
    guard let slot = cluster[node]?.slot, nodes[slot.position].pid != nil else { return }
    end(slot, with: event)
    for index in nodes.indices where nodes[index].pid?.node == node {
      end(nodes[index].id, with: event)
    }
    abandonStarts(below: slot)
    // What its supervisors had started on other nodes lives on there.
    for place in living(below: slot) { displace(from: place) }
  }

  /// Nobody will say any more how the starts went that were going on.
  private mutating func abandonStarts(below slot: SlotID) {
    var open = nodes[slot.position].children
    while let next = open.popLast() {
      if nodes[next.position].pid == nil, nodes[next.position].state == .starting {
        nodes[next.position].keepAttempt()
        setState(.stopped, of: next)
      }
      open += nodes[next.position].children
    }
  }

  /// The process of a place is gone without a word.
  private mutating func end(_ slot: SlotID, with event: Event) {
    guard let pid = nodes[slot.position].pid else { return }
    let index = slot.position
    nodes[index].close(pid, reason: nil, event: event)
    nodes[index].previousPID = pid
    nodes[index].pid = nil
    nodes[index].lastExit = nil
    nodes[index].supervision?.isActing = false
    nodes[index].starting = nil
    nodes[index].keepAttempt()
    setState(.stopped, of: slot)
    if orphans.removeValue(forKey: pid) != nil { remove(slot) }
  }

  /// The place of a root that a node had in its earlier life and that ran the same.
  func formerRoot(_ behaviour: String, of node: SlotID) -> SlotID? {
    nodes[node.position].children.first { place in
      let root = nodes[place.position]
      return root.isRoot && root.pid == nil && !root.isVacant && root.behaviour == behaviour
    }
  }
}
