package import BubbleEvents

/// Applications: a master is shown as the vessel of its application, and the tree lies within it.
extension ProcessTree {
  mutating func note(_ step: ApplicationEvent) {
    defer { noteFacts(step) }
    guard let master = step.master else { return }
    switch step.change {
    case .starting(let restart):
      guard let slot = living(master) else { return }
      let place = formerPlace(of: step.application, beside: slot) ?? slot
      if place != slot { move(master, from: slot, to: place) }
      become(step.application, restart, at: place)
    case .started: setState(.running, ofMaster: master)
    case .stopping: setState(.stopping, ofMaster: master)
    case .loaded, .unloaded, .startFailed, .phase, .stopped, .refused, .endsMachine: break
    }
  }

  private mutating func setState(_ state: ProcessState, ofMaster master: PID) {
    if let slot = living(master) { setState(state, of: slot) }
  }

  /// Names the place after the application; whoever started its master is a vessel too.
  private mutating func become(
    _ application: String, _ restart: ApplicationRestart, at slot: SlotID
  ) {
    nodes[slot.position].label = application
    nodes[slot.position].kind = .supervisor
    nodes[slot.position].application = restart
    if let controller = nodes[slot.position].parent {
      nodes[controller.position].kind = .supervisor
      places.set(slot, named: .named(.atom(application)), under: controller)
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

  /// The place of a top supervisor: that of the last one of the same name, if it has ended.
  ///
  /// It is found by its name, as if the master had specified it.
  mutating func topPlace(named name: String, under master: SlotID) -> SlotID {
    let id = ChildID.named(.atom(name))
    if let known = slot(of: id, under: master), !nodes[known.position].isVacant,
      nodes[known.position].parent == master
    {
      displace(from: known)
      return known
    }
    for remains in nodes[master.position].children where nodes[remains.position].pid == nil {
      remove(remains)
    }
    nodes[master.position].looseGhosts = 0
    let slot = addPlace(under: master, childID: nil, label: name, kind: .supervisor)
    places.set(slot, named: id, under: master)
    return slot
  }

  /// What a path calls the place: its child id, or the name of an application or its top
  /// supervisor; nil for another process outside supervision.
  package func pathID(of slot: SlotID) -> ChildID? {
    let node = nodes[slot.position]
    if let id = node.childID { return id }
    return node.application != nil || isTop(slot) ? .named(.atom(node.label)) : nil
  }

  /// Whether `slot` is the place of an application's top supervisor.
  func isTop(_ slot: SlotID) -> Bool {
    guard let parent = nodes[slot.position].parent, nodes[parent.position].application != nil
    else { return false }
    return self.slot(of: .named(.atom(nodes[slot.position].label)), under: parent) == slot
  }

  /// Gives a new master the place of the one before; its tree finds its own places there.
  private mutating func move(_ master: PID, from slot: SlotID, to place: SlotID) {
    let behaviour = nodes[slot.position].behaviour
    let instant = nodes[slot.position].lives.last?.start ?? now
    nodes[slot.position].pid = nil
    remove(slot)
    fill(place, with: master, behaviour: behaviour, at: instant)
    nodes[place.position].keepAttempt()
  }
}
