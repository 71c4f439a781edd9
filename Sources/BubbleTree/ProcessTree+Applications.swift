import BubbleEvents

/// Applications: a master is shown as the vessel of its application, and the tree lies within it.
extension ProcessTree {
  mutating func note(_ step: ApplicationStep) {
    guard let master = step.master else { return }
    switch step.change {
    case .starting(let restart):
      guard let slot = living(master) else { return }
      let place = formerPlace(of: step.application, beside: slot) ?? slot
      if place != slot { move(master, from: slot, to: place) }
      become(step.application, restart, at: place)
    case .started: setState(.running, ofMaster: master)
    case .stopping: setState(.stopping, ofMaster: master)
    case .loaded, .unloaded, .startFailed, .phase, .stopped, .endsMachine: break
    }
  }

  private mutating func setState(_ state: ProcessState, ofMaster master: PID) {
    if let slot = living(master) { setState(state, of: slot) }
  }

  /// Names the place after the application; whoever started its master is a vessel too.
  private mutating func become(
    _ application: String, _ restart: ApplicationStep.Restart, at slot: SlotID
  ) {
    nodes[slot.position].label = application
    nodes[slot.position].kind = .supervisor
    nodes[slot.position].application = restart
    if let controller = nodes[slot.position].parent {
      nodes[controller.position].kind = .supervisor
    }
    setState(.starting, of: slot)
    shapeVersion += 1
  }

  /// The place of an earlier master of that application, which has ended.
  private func formerPlace(of application: String, beside slot: SlotID) -> SlotID? {
    guard let parent = nodes[slot.position].parent else { return nil }
    return nodes[parent.position].children.first { place in
      let node = nodes[place.position]
      return node.application != nil && node.pid == nil && !node.isVacant
        && node.label == application
    }
  }

  /// Gives a new master the place of the one before, without the remains of its tree.
  private mutating func move(_ master: PID, from slot: SlotID, to place: SlotID) {
    let behaviour = nodes[slot.position].behaviour
    let instant = nodes[slot.position].lives.last?.start ?? now
    nodes[slot.position].pid = nil
    remove(slot)
    for child in nodes[place.position].children { remove(child) }
    if let parent = nodes[place.position].parent, nodes[parent.position].looseGhosts > 0 {
      nodes[parent.position].looseGhosts -= 1
    }
    fill(place, with: master, behaviour: behaviour, at: instant)
    nodes[place.position].keepAttempt()
  }
}
