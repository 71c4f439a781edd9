import BubbleEvents

/// What supervisors do.
extension ProcessTree {
  mutating func configure(_ supervisor: PID, flags: SupervisorFlags) {
    guard let slot = living(supervisor) else { return }
    if nodes[slot.position].kind != .supervisor {
      nodes[slot.position].kind = .supervisor
      shapeVersion += 1
    }
    if nodes[slot.position].supervision == nil {
      var facts = SupervisionFacts(flags: flags)
      for child in nodes[slot.position].children where !nodes[child.position].isVacant {
        if nodes[child.position].childID != nil { facts.occupied += 1 }
        if nodes[child.position].state.isAlive { facts.aliveChildren += 1 }
      }
      nodes[slot.position].supervision = facts
    } else {
      nodes[slot.position].supervision?.flags = flags
    }
  }

  mutating func specify(_ child: ChildDescription, at position: Int, under supervisor: PID) {
    guard let parent = living(supervisor) else { return }
    if let known = slot(of: child.id, under: parent) {
      respecify(known, child, owner: supervisor)
      move(known, to: position, under: parent)
      return
    }
    guard let slot = addChild(child, under: parent) else { return }
    nodes[slot.position].description = child
    nodes[slot.position].owner = supervisor
    move(slot, to: position, under: parent)
  }

  /// A specification for a place that is there already, be it vacant.
  private mutating func respecify(_ slot: SlotID, _ child: ChildDescription, owner: PID) {
    if nodes[slot.position].isVacant { reoccupy(slot, by: child) }
    nodes[slot.position].description = child
    nodes[slot.position].owner = owner
    if nodes[slot.position].kind != child.kind, nodes[slot.position].supervision == nil {
      nodes[slot.position].kind = child.kind
      shapeVersion += 1
    }
  }

  mutating func startChild(_ id: ChildID, under supervisor: PID) {
    guard let slot = child(id, of: supervisor), let parent = nodes[slot.position].parent else {
      return
    }
    // Whoever still lives there was left behind by a supervisor that was killed.
    displace(from: slot)
    nodes[slot.position].keepAttempt()
    nodes[parent.position].starting = slot
    setState(.starting, of: slot)
  }

  mutating func childStarted(
    _ id: ChildID, pid: PID, under supervisor: PID, at instant: RuntimeInstant
  ) {
    guard let slot = child(id, of: supervisor) else { return }
    finishStart(of: slot)
    let livesHere = nodes[slot.position].pid == pid
    if !livesHere, nodes[slot.position].previousPID != pid || !nodes[slot.position].hasSpawned {
      adopt(pid, into: slot, at: instant)
    }
    nodes[slot.position].keepAttempt()
    if nodes[slot.position].pid != nil {
      setState(.running, of: slot)
    } else {
      let isAbnormal = nodes[slot.position].lastExit?.isAbnormal ?? false
      setState(isAbnormal ? .crashed : .stopped, of: slot)
    }
    if nodes[slot.position].supervision != nil { dropUnclaimed(under: slot, owner: pid) }
  }

  /// A start function returned another process than the one it spawned first.
  private mutating func adopt(_ pid: PID, into slot: SlotID, at instant: RuntimeInstant) {
    guard let other = living(pid), other != slot, nodes[other.position].childID == nil,
      nodes[other.position].children.isEmpty
    else { return }
    let behaviour = nodes[other.position].behaviour
    if nodes[slot.position].pid != nil { displace(from: slot) }
    nodes[slot.position].forgetAttempt()
    nodes[other.position].pid = nil
    remove(other)
    fill(slot, with: pid, behaviour: behaviour, at: instant)
  }

  /// A start function failed with `reason`, or returned `ignore`: that was no life.
  mutating func childNotStarted(_ id: ChildID, _ reason: ExitReason?, under supervisor: PID) {
    guard let slot = child(id, of: supervisor) else { return }
    finishStart(of: slot)
    displace(from: slot)
    nodes[slot.position].forgetAttempt()
    if let reason { nodes[slot.position].lastExit = reason }
    setState(reason == nil ? .stopped : .crashed, of: slot)
  }

  private mutating func finishStart(of slot: SlotID) {
    guard let parent = nodes[slot.position].parent else { return }
    nodes[parent.position].starting = nil
  }

  /// Children that the supervisor's new incarnation did not specify are gone.
  private mutating func dropUnclaimed(under parent: SlotID, owner: PID) {
    guard nodes[parent.position].life > 1 else { return }
    for child in nodes[parent.position].children {
      let node = nodes[child.position]
      if node.childID != nil, node.owner != owner, !node.isVacant { remove(child) }
    }
  }

  mutating func stopChild(_ id: ChildID, pid: PID, under supervisor: PID) {
    guard let slot = child(id, of: supervisor), nodes[slot.position].pid == pid else { return }
    if let last = nodes[slot.position].lives.indices.last {
      nodes[slot.position].lives[last].wasStopped = true
    }
    if nodes[slot.position].state != .gaveUp { setState(.stopping, of: slot) }
  }

  mutating func setActing(_ isActing: Bool, _ supervisor: PID) {
    guard let slot = living(supervisor) else { return }
    nodes[slot.position].supervision?.isActing = isActing
    let state = nodes[slot.position].state
    if isActing, state == .running { setState(.restarting, of: slot) }
    if !isActing, state == .restarting { setState(.running, of: slot) }
  }

  mutating func giveUp(_ supervisor: PID) {
    guard let slot = living(supervisor) else { return }
    nodes[slot.position].supervision?.gaveUp = true
    nodes[slot.position].supervision?.isActing = false
    setState(.gaveUp, of: slot)
  }

  mutating func shutDown(_ supervisor: PID) {
    guard let slot = living(supervisor) else { return }
    nodes[slot.position].supervision?.isActing = false
    setState(.stopping, of: slot)
  }

  mutating func reorder(_ order: [ChildID], under supervisor: PID) {
    guard let parent = living(supervisor) else { return }
    var seen: Set<SlotID> = []
    let named = order.compactMap { slot(of: $0, under: parent) }.filter {
      !nodes[$0.position].isVacant && seen.insert($0).inserted
    }
    let old = nodes[parent.position].children
    let new = named + old.filter { !seen.contains($0) }
    guard new != old, !old.contains(where: { nodes[$0.position].isDynamic }) else { return }
    nodes[parent.position].children = new
    shapeVersion += 1
  }
}

extension TreeNode {
  /// Whether it is the place of a dynamic supervisor's child.
  var isDynamic: Bool {
    guard case .dynamic? = childID else { return false }
    return true
  }
}
