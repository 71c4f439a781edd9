import BubbleEvents

/// How processes come and go.
extension ProcessTree {
  mutating func spawn(_ pid: PID, parent: PID?, behaviour: String, at instant: RuntimeInstant) {
    guard places[pid] == nil else { return }
    let origin = parent.flatMap { home(of: $0) }
    if let origin, nodes[origin.position].pid == parent,
      let child = nodes[origin.position].starting,
      !nodes[child.position].hasSpawned
    {
      fill(child, with: pid, behaviour: behaviour, at: instant)
      return
    }
    if let node = slot(of: pid.node), origin == nil || parent?.node != pid.node {
      spawn(pid, on: node, isRoot: parent == nil, behaviour: behaviour, at: instant)
      return
    }
    let master = shelter(at: origin)
    if let master, nodes[master.position].application != nil,
      let name = Behaviour(behaviour).supervisorModule
    {
      let slot = topPlace(named: name, under: master)
      fill(slot, with: pid, behaviour: behaviour, at: instant)
      nodes[slot.position].keepAttempt()
      setState(.running, of: slot)
      return
    }
    let label = origin == nil ? Behaviour(behaviour).title : "\(pid)"
    let slot = addPlace(under: master, childID: nil, label: label, kind: .worker)
    fill(slot, with: pid, behaviour: behaviour, at: instant)
    nodes[slot.position].keepAttempt()
    setState(.running, of: slot)
  }

  /// A process that nobody on its node has spawned lives below the node; a root finds the place of
  /// the node's earlier life.
  private mutating func spawn(
    _ pid: PID, on node: SlotID, isRoot: Bool, behaviour: String, at instant: RuntimeInstant
  ) {
    let known = isRoot ? formerRoot(behaviour, of: node) : nil
    let slot =
      known
      ?? addPlace(
        under: node, childID: nil, label: isRoot ? Behaviour(behaviour).title : "\(pid)",
        kind: .worker)
    nodes[slot.position].isRoot = isRoot
    fill(slot, with: pid, behaviour: behaviour, at: instant)
    nodes[slot.position].keepAttempt()
    setState(.running, of: slot)
  }

  /// The place of a process, even if it was taken from it, unless that is gone.
  private func home(of pid: PID) -> SlotID? {
    guard let slot = slot(of: pid) ?? formerSlot(of: pid), !nodes[slot.position].isVacant else {
      return nil
    }
    return slot
  }

  /// Where a process outside supervision is put: below the nearest place above it that is a root,
  /// specified, a supervisor or an application, so that processes that spawn each other make no
  /// endless chain.
  private func shelter(at home: SlotID?) -> SlotID? {
    var slot = home
    while let inner = slot, nodes[inner.position].childID == nil,
      nodes[inner.position].supervision == nil, nodes[inner.position].application == nil,
      let outer = nodes[inner.position].parent, nodes[outer.position].node == nil
    {
      slot = outer
    }
    return slot
  }

  /// Puts a new process into a place that is free.
  mutating func fill(
    _ slot: SlotID, with pid: PID, behaviour: String, at instant: RuntimeInstant
  ) {
    nodes[slot.position].moveIn(pid, behaviour: behaviour, at: instant)
    places.set(SlotIndex.Entry(slot: slot, isDisplaced: false), for: pid)
  }

  mutating func exit(_ pid: PID, reason: ExitReason, event: Event) {
    guard let slot = living(pid) else { return }
    let index = slot.position
    nodes[index].close(pid, reason: reason, event: event)
    nodes[index].previousPID = pid
    nodes[index].pid = nil
    nodes[index].lastExit = reason
    nodes[index].supervision?.isActing = false
    switch nodes[index].state {
    case .gaveUp: break
    case .stopping: setState(.stopped, of: slot)
    // Its supervisor says how the start went.
    case .starting where isBeingStarted(slot): break
    case .starting, .running, .restarting, .suspended, .stopped, .crashed:
      setState(reason.isAbnormal ? .crashed : .stopped, of: slot)
    }
    abandonStart(of: slot)
    cluster.forget(pid)
    if let former = orphans.removeValue(forKey: pid) {
      bury(pid, from: slot, former, reason: reason, event: event)
    } else if nodes[index].isLooseGhost {
      limitGhosts(beside: slot)
    }
  }

  private func isBeingStarted(_ slot: SlotID) -> Bool {
    guard let parent = nodes[slot.position].parent else { return false }
    return nodes[parent.position].starting == slot
  }

  /// The supervisor in `slot` ended while it started a child: nobody will say how that went.
  private mutating func abandonStart(of slot: SlotID) {
    guard let child = nodes[slot.position].starting else { return }
    nodes[slot.position].starting = nil
    guard nodes[child.position].pid == nil else { return }
    nodes[child.position].keepAttempt()
    setState(.stopped, of: child)
  }

  mutating func suspend(_ pid: PID) {
    guard let slot = living(pid) else { return }
    switch nodes[slot.position].state {
    case .running, .restarting: setState(.suspended, of: slot)
    case .starting, .stopping, .stopped, .crashed, .gaveUp, .suspended: break
    }
  }

  mutating func resume(_ pid: PID) {
    guard let slot = living(pid), nodes[slot.position].state == .suspended else { return }
    let isActing = nodes[slot.position].supervision?.isActing ?? false
    setState(isActing ? .restarting : .running, of: slot)
  }

  /// A process outside supervision is called by its registered name.
  mutating func register(_ name: String, for pid: PID) {
    guard let slot = living(pid) else { return }
    switch nodes[slot.position].childID {
    case nil:
      guard !isTop(slot) else { return }
      guard nodes[slot.position].label != name else { return }
      nodes[slot.position].label = name
    case .dynamic:
      guard nodes[slot.position].registeredName != name else { return }
      nodes[slot.position].registeredName = name
    case .named: return
    }
    shapeVersion += 1
  }
}

extension Behaviour {
  /// What a root is called by: its module, or its behaviour when there is none.
  fileprivate var title: String { module ?? name }
}
