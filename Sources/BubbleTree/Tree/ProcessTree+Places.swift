import BubbleEvents

/// How places come and go, and what state they are in.
extension ProcessTree {
  mutating func setState(_ state: ProcessState, of slot: SlotID) {
    let old = nodes[slot.position].state
    guard old != state else { return }
    nodes[slot.position].state = state
    guard !nodes[slot.position].isVacant, nodes[slot.position].node == nil else { return }
    stateCounts[Int(old.rawValue)] -= 1
    stateCounts[Int(state.rawValue)] += 1
    guard old.isAlive != state.isAlive, let parent = nodes[slot.position].parent else { return }
    nodes[parent.position].supervision?.aliveChildren += state.isAlive ? 1 : -1
  }

  /// A place for a child that has none; nil when its number is beyond belief.
  mutating func addChild(_ child: ChildDescription, under parent: SlotID) -> SlotID? {
    let label: String
    switch child.id {
    case .named: label = child.id.name(under: nodes[parent.position].name)
    case .dynamic(let number):
      label = ChildID.dynamicPrefix(of: nodes[parent.position].name)
      guard addHoles(below: number, label: label, kind: child.kind, under: parent) else {
        return nil
      }
    }
    let slot = addPlace(under: parent, childID: child.id, label: label, kind: child.kind)
    if case .named = child.id { places.set(slot, named: child.id, under: parent) }
    nodes[parent.position].supervision?.occupied += 1
    return slot
  }

  /// Numbers are given lowest first, so there are holes only in damaged streams.
  private mutating func addHoles(
    below number: Int, label: String, kind: ChildKind, under parent: SlotID
  ) -> Bool {
    let present = nodes[parent.position].children.count - looseCount(under: parent)
    guard number >= present, number - present < 1024 else { return false }
    for hole in present..<number {
      let slot = addPlace(under: parent, childID: .dynamic(hole), label: label, kind: kind)
      stateCounts[Int(nodes[slot.position].state.rawValue)] -= 1
      nodes[slot.position].isVacant = true
    }
    return true
  }

  /// How many places at the end of `parent`'s are outside supervision.
  private func looseCount(under parent: SlotID) -> Int {
    nodes[parent.position].children.reversed().prefix { nodes[$0.position].childID == nil }.count
  }

  /// A new place that is stopped; specified ones go before those outside supervision.
  mutating func addPlace(
    under parent: SlotID?, childID: ChildID?, label: String, kind: ChildKind
  ) -> SlotID {
    let slot = freeIndex()
    let node = TreeNode(id: slot, parent: parent, childID: childID, label: label, kind: kind)
    if slot.position == nodes.count { nodes.append(node) } else { nodes[slot.position] = node }
    stateCounts[Int(node.state.rawValue)] += 1
    if let parent { attach(slot, to: parent) } else { roots.append(slot) }
    shapeVersion += 1
    return slot
  }

  private mutating func attach(_ slot: SlotID, to parent: SlotID) {
    guard nodes[slot.position].childID != nil else {
      nodes[parent.position].children.append(slot)
      return
    }
    let end = nodes[parent.position].children.count - looseCount(under: parent)
    nodes[parent.position].children.insert(slot, at: end)
  }

  /// An index that no place has, or none has had for long.
  private mutating func freeIndex() -> SlotID {
    while let slot = vacancies.next() {
      let node = nodes[slot.position]
      guard node.isDetached else { continue }
      if let parent = node.parent, let id = node.childID {
        if places.slot(named: id, under: parent) == slot {
          places.set(nil, named: id, under: parent)
        }
      }
      return slot
    }
    return SlotID(index: Int32(nodes.count))
  }

  /// Puts a static child where it belongs in start order.
  mutating func move(_ slot: SlotID, to position: Int, under parent: SlotID) {
    let children = nodes[parent.position].children
    guard case .named? = nodes[slot.position].childID, children.indices.contains(position),
      children[position] != slot, nodes[children[position].position].childID != nil,
      let old = children.lastIndex(of: slot)
    else { return }
    nodes[parent.position].children.remove(at: old)
    nodes[parent.position].children.insert(slot, at: position)
    shapeVersion += 1
  }

  /// Gives a vacant place to a newcomer.
  mutating func reoccupy(_ slot: SlotID, by child: ChildDescription) {
    guard let parent = nodes[slot.position].parent else { return }
    let wasDetached = nodes[slot.position].isDetached
    nodes[slot.position].startAfresh(as: child)
    stateCounts[Int(nodes[slot.position].state.rawValue)] += 1
    nodes[parent.position].supervision?.occupied += 1
    guard wasDetached else {
      occupancyVersion += 1
      return
    }
    attach(slot, to: parent)
    shapeVersion += 1
  }

  /// Takes a place and all below it out of the tree; a dynamic child leaves a hole that the next
  /// one fills.
  mutating func remove(_ slot: SlotID) {
    let parent = nodes[slot.position].parent
    vacate(slot)
    if nodes[slot.position].isDynamic {
      occupancyVersion += 1
      return
    }
    if let parent {
      if let position = nodes[parent.position].children.lastIndex(of: slot) {
        nodes[parent.position].children.remove(at: position)
      }
    } else if let position = roots.firstIndex(of: slot) {
      roots.remove(at: position)
    }
    detach(slot)
    shapeVersion += 1
  }

  private mutating func detach(_ slot: SlotID) {
    nodes[slot.position].isDetached = true
    vacancies.append(slot)
  }

  /// Makes a place vacant, and all below it go.
  private mutating func vacate(_ top: SlotID) {
    var open = [top]
    while let slot = open.popLast() {
      if slot != top { detach(slot) }
      guard !nodes[slot.position].isVacant else { continue }
      open += nodes[slot.position].children
      displace(from: slot)
      setState(.stopped, of: slot)
      stateCounts[Int(ProcessState.stopped.rawValue)] -= 1
      nodes[slot.position].isVacant = true
      nodes[slot.position].children = []
      nodes[slot.position].looseGhosts = 0
      nodes[slot.position].starting = nil
      guard let parent = nodes[slot.position].parent else { continue }
      if nodes[parent.position].starting == slot { nodes[parent.position].starting = nil }
      if nodes[slot.position].childID != nil {
        nodes[parent.position].supervision?.occupied -= 1
      }
    }
  }

  /// Forgets the oldest process outside supervision that ended beside `ghost`, if they are many.
  mutating func limitGhosts(beside ghost: SlotID) {
    let oldest: SlotID?
    if let parent = nodes[ghost.position].parent {
      nodes[parent.position].looseGhosts += 1
      guard nodes[parent.position].looseGhosts > limits.looseGhosts else { return }
      let loose = nodes[parent.position].children.suffix(looseCount(under: parent))
      oldest = loose.first(where: isForgettable)
      if oldest != nil { nodes[parent.position].looseGhosts -= 1 }
    } else {
      rootGhosts += 1
      guard rootGhosts > limits.looseGhosts else { return }
      oldest = roots.first(where: isForgettable)
      if oldest != nil { rootGhosts -= 1 }
    }
    if let oldest { remove(oldest) }
  }

  /// Whether nobody lives in or right below a place outside supervision.
  private func isForgettable(_ slot: SlotID) -> Bool {
    let node = nodes[slot.position]
    return node.isLooseGhost && node.children.allSatisfy { nodes[$0.position].pid == nil }
  }
}
