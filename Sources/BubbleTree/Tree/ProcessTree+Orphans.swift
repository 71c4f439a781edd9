import BubbleEvents

/// Processes that live although their place is another one's: their supervisor was killed.
extension ProcessTree {
  /// Takes the place from the process that lives in it, and gives it one of its own, among those
  /// whom nobody supervises.
  mutating func displace(from slot: SlotID) {
    let home = nodes[slot.position]
    guard let pid = home.pid else { return }
    nodes[slot.position].pid = nil
    nodes[slot.position].previousPID = pid
    let refuge = addPlace(
      under: otherNode(of: pid, from: slot) ?? refuge(from: slot), childID: nil, label: home.name,
      kind: home.kind)
    nodes[refuge.position].takeIn(pid, from: home)
    places.set(SlotIndex.Entry(slot: refuge, isDisplaced: false), for: pid)
    setState(home.stateAsOrphan, of: refuge)
    orphans[pid] = orphans[pid] ?? slot
  }

  /// The node that a process lives on, where its place is on another one.
  private func otherNode(of pid: PID, from slot: SlotID) -> SlotID? {
    guard let node = self.slot(of: pid.node), node != nodeSlot(around: slot) else { return nil }
    return node
  }

  /// The nearest place above that is somebody's; those outside supervision shelter nobody.
  private func refuge(from slot: SlotID) -> SlotID? {
    var above = nodes[slot.position].parent
    while let place = above, let outer = nodes[place.position].parent,
      nodes[outer.position].node == nil,
      nodes[place.position].isVacant || nodes[place.position].childID == nil
    {
      above = outer
    }
    return above.flatMap { nodes[$0.position].isVacant ? nil : $0 }
  }

  /// Closes the life of an orphan that has ended, in the place that it had as a child, and gives up
  /// the one that it lived in last.
  mutating func bury(
    _ pid: PID, from refuge: SlotID, _ former: SlotID, reason: ExitReason, event: Event
  ) {
    nodes[former.position].close(pid, reason: reason, event: event)
    remove(refuge)
    places.set(SlotIndex.Entry(slot: former, isDisplaced: true), for: pid)
  }
}

extension TreeNode {
  /// Takes in a process that has lived in `home` until now.
  fileprivate mutating func takeIn(_ orphan: PID, from home: TreeNode) {
    pid = orphan
    firstPID = orphan
    behaviour = home.behaviour
    code = home.code
    machineState = home.machineState
    life = 1
    let start = home.lives.last { $0.pid == orphan }?.start
    lives = [Life(number: 1, pid: orphan, start: start ?? .zero)]
  }

  /// What the process in it is when its place is taken: nobody says any more how its start went, or
  /// that it has restarted somebody.
  fileprivate var stateAsOrphan: ProcessState {
    switch state {
    case .stopping, .suspended: state
    case .starting, .running, .stopped, .crashed, .restarting, .gaveUp: .running
    }
  }
}
