package import BubbleEvents

extension ProcessTree {
  /// Takes in the next event.
  package mutating func fold(_ event: Event) {
    now = max(now, event.instant)
    recent.append(event)
    switch event.kind {
    case .processSpawned(let pid, let parent, let behaviour):
      spawn(pid, parent: parent, behaviour: behaviour, at: event.instant)
    case .processExited(let pid, let reason): exit(pid, reason: reason, event: event)
    case .processSuspended(let pid): with(pid) { $0.setState(.suspended, of: $1) }
    case .processResumed(let pid): with(pid) { $0.setState(.running, of: $1) }
    case .nameRegistered(let name, let pid): register(name, for: pid)
    case .supervisorConfigured(let supervisor, let flags): configure(supervisor, flags: flags)
    case .childSpecified(let supervisor, let child, let position):
      specify(child, at: position, under: supervisor)
    case .childForgotten(let supervisor, let id): forget(id, under: supervisor)
    case .childStarting(let supervisor, let id): startChild(id, under: supervisor)
    case .childStarted(let supervisor, let id, let pid):
      childStarted(id, pid: pid, under: supervisor)
    case .childIgnored(let supervisor, let id):
      withChild(id, of: supervisor) { $0.setState(.stopped, of: $1) }
    case .childStartFailed(let supervisor, let id, let reason):
      childStartFailed(id, reason: reason, under: supervisor)
    case .childStopping(let supervisor, let id, _, _):
      withChild(id, of: supervisor) { $0.setState(.stopping, of: $1) }
    case .restartDecided(let supervisor, _, _, _, _): setActing(true, supervisor)
    case .restartCompleted(let supervisor, _): setActing(false, supervisor)
    case .restartCounted(let supervisor, _, let intensity):
      countRestart(of: supervisor, intensity: intensity, at: event.instant)
    case .intensityExceeded(let supervisor, _, _, _): giveUp(supervisor)
    case .childrenReordered(let supervisor, let order): reorder(order, under: supervisor)
    case .requested, .linked, .unlinked, .monitored, .demonitored, .exitSignalSent,
      .exitSignalTrapped, .downDelivered, .nameReleased, .childStopTimedOut, .childStopped,
      .childTerminated, .restartNotNeeded, .autoShutdownStarted, .reported, .messageSent,
      .messageHandled, .callStarted, .callReturned, .callTimedOut, .limitReached:
      break
    }
  }
}

// MARK: - Processes

extension ProcessTree {
  private mutating func spawn(
    _ pid: PID, parent: PID?, behaviour: String, at instant: RuntimeInstant
  ) {
    let parentSlot = parent.flatMap { slot(of: $0) }
    if let parentSlot, let child = startingChild(of: parentSlot) {
      fill(child, with: pid, behaviour: behaviour, at: instant)
      return
    }
    let place = addPlace(
      under: parentSlot, childID: nil, name: parentSlot == nil ? behaviour.shortName : "\(pid)",
      kind: .worker)
    fill(place, with: pid, behaviour: behaviour, at: instant)
    setState(.running, of: place)
    if parentSlot != nil { dropLooseGhosts(under: parentSlot) }
  }

  /// Puts a new process into a place.
  private mutating func fill(
    _ slot: SlotID, with pid: PID, behaviour: String, at instant: RuntimeInstant
  ) {
    let index = Int(slot.index)
    if let old = nodes[index].pid {
      // The place was taken from a process that still lives: its supervisor was killed.
      places.set(nil, for: old)
      orphanCount += 1
      nodes[index].previousPID = old
    }
    nodes[index].pid = pid
    nodes[index].behaviour = behaviour
    nodes[index].life += 1
    if nodes[index].lives.count == TreeNode.lifeLimit { nodes[index].lives.removeFirst() }
    nodes[index].lives.append(Life(number: nodes[index].life, pid: pid, start: instant))
    if nodes[index].supervision != nil {
      nodes[index].supervision?.ticks = []
      nodes[index].supervision?.isActing = false
      nodes[index].supervision?.gaveUp = false
    }
    places.set(slot, for: pid)
  }

  private mutating func exit(_ pid: PID, reason: ExitReason, event: Event) {
    guard let slot = self.slot(of: pid) else {
      if orphanCount > 0 { orphanCount -= 1 }
      return
    }
    let index = Int(slot.index)
    guard nodes[index].pid == pid else { return }
    let before = nodes[index].state
    nodes[index].previousPID = pid
    nodes[index].pid = nil
    nodes[index].lastExit = reason
    if let last = nodes[index].lives.indices.last, nodes[index].lives[last].pid == pid {
      nodes[index].lives[last].end = event.instant
      nodes[index].lives[last].reason = reason
      nodes[index].lives[last].wasStopped = before == .stopping
      nodes[index].lives[last].endEvent = event.id
    }
    switch before {
    case .gaveUp: break
    case .stopping: setState(.stopped, of: slot)
    case .starting: break  // its supervisor says how the start went
    case .running, .restarting, .suspended, .stopped, .crashed:
      setState(reason.isAbnormal ? .crashed : .stopped, of: slot)
    }
    if nodes[index].supervision != nil { nodes[index].supervision?.isActing = false }
    if nodes[index].childID == nil { dropLooseGhosts(under: nodes[index].parent) }
  }

  private mutating func register(_ name: String, for pid: PID) {
    with(pid) { tree, slot in
      let index = Int(slot.index)
      guard tree.nodes[index].childID == nil, tree.nodes[index].name != name else { return }
      tree.nodes[index].name = name
      tree.shapeVersion += 1
    }
  }

  /// Forgets the oldest ended processes outside supervision beyond the limit.
  private mutating func dropLooseGhosts(under parent: SlotID?) {
    guard let parent else { return }
    let ghosts = nodes[Int(parent.index)].children.filter {
      let node = self[$0]
      return node.childID == nil && node.pid == nil
    }
    for ghost in ghosts.dropLast(limits.looseGhosts) { remove(ghost) }
  }
}

// MARK: - Supervision

extension ProcessTree {
  private mutating func configure(_ supervisor: PID, flags: SupervisorFlags) {
    with(supervisor) { tree, slot in
      let index = Int(slot.index)
      if tree.nodes[index].kind != .supervisor {
        tree.nodes[index].kind = .supervisor
        tree.shapeVersion += 1
      }
      if tree.nodes[index].supervision == nil {
        tree.nodes[index].supervision = SupervisionFacts(flags: flags)
      } else {
        tree.nodes[index].supervision?.flags = flags
      }
    }
  }

  private mutating func specify(_ child: ChildDescription, at position: Int, under supervisor: PID)
  {
    guard let parent = slot(of: supervisor) else { return }
    if let known = slot(of: child.id, under: parent) {
      let index = Int(known.index)
      nodes[index].description = child
      nodes[index].owner = supervisor
      if nodes[index].isVacant {
        nodes[index].isVacant = false
        occupancyVersion += 1
        stateCounts[Int(nodes[index].state.rawValue)] += 1
        nodes[Int(parent.index)].supervision?.occupied += 1
      }
      if nodes[index].kind != child.kind && nodes[index].supervision == nil {
        nodes[index].kind = child.kind
        shapeVersion += 1
      }
      return
    }
    if case .dynamic(let number) = child.id {
      // A hole below: numbers are given lowest first, so this only happens in damaged streams.
      let count = nodes[Int(parent.index)].children.count
      guard number - count < 1 << 20 else { return }
      for hole in count..<max(number, count) {
        addChild(.dynamic(hole), under: parent, kind: child.kind, isVacant: true)
      }
    }
    let slot = addChild(child.id, under: parent, kind: child.kind, isVacant: false)
    nodes[Int(slot.index)].description = child
    nodes[Int(slot.index)].owner = supervisor
    setState(.stopped, of: slot)
    move(slot, to: position, under: parent)
  }

  private mutating func forget(_ id: ChildID, under supervisor: PID) {
    guard let parent = slot(of: supervisor), let slot = self.slot(of: id, under: parent) else {
      return
    }
    remove(slot)
  }

  private mutating func startChild(_ id: ChildID, under supervisor: PID) {
    withChild(id, of: supervisor) { tree, slot in
      tree.setState(.starting, of: slot)
      if let parent = tree[slot].parent { tree.nodes[Int(parent.index)].starting = slot }
    }
  }

  private mutating func childStarted(_ id: ChildID, pid: PID, under supervisor: PID) {
    withChild(id, of: supervisor) { tree, slot in
      tree.clearStarting(above: slot)
      tree.setState(tree[slot].pid == nil ? .stopped : .running, of: slot)
      if tree[slot].supervision != nil { tree.dropUnclaimed(under: slot, owner: pid) }
    }
  }

  private mutating func childStartFailed(
    _ id: ChildID, reason: ExitReason, under supervisor: PID
  ) {
    withChild(id, of: supervisor) { tree, slot in
      tree.clearStarting(above: slot)
      let index = Int(slot.index)
      tree.nodes[index].lastExit = reason
      tree.setState(.crashed, of: slot)
    }
  }

  private mutating func clearStarting(above slot: SlotID) {
    if let parent = self[slot].parent { nodes[Int(parent.index)].starting = nil }
  }

  private func startingChild(of parent: SlotID) -> SlotID? {
    guard let slot = self[parent].starting, self[slot].state == .starting else { return nil }
    return slot
  }

  /// Children that the supervisor's new incarnation did not specify are gone.
  private mutating func dropUnclaimed(under parent: SlotID, owner: PID) {
    for child in self[parent].children where self[child].owner != owner && !self[child].isVacant {
      remove(child)
    }
  }

  private mutating func setActing(_ isActing: Bool, _ supervisor: PID) {
    with(supervisor) { tree, slot in
      let index = Int(slot.index)
      tree.nodes[index].supervision?.isActing = isActing
      switch (tree.nodes[index].state, isActing) {
      case (.running, true): tree.setState(.restarting, of: slot)
      case (.restarting, false): tree.setState(.running, of: slot)
      default: break
      }
    }
  }

  private mutating func countRestart(
    of supervisor: PID, intensity: RestartIntensity, at instant: RuntimeInstant
  ) {
    with(supervisor) { tree, slot in
      let oldest = instant.wholeSeconds - Int64(intensity.seconds)
      tree.nodes[Int(slot.index)].supervision?.record(instant, droppingBefore: oldest)
    }
  }

  private mutating func giveUp(_ supervisor: PID) {
    with(supervisor) { tree, slot in
      tree.nodes[Int(slot.index)].supervision?.gaveUp = true
      tree.nodes[Int(slot.index)].supervision?.isActing = false
      tree.setState(.gaveUp, of: slot)
    }
  }

  private mutating func reorder(_ order: [ChildID], under supervisor: PID) {
    guard let parent = slot(of: supervisor) else { return }
    let known = order.compactMap { slot(of: $0, under: parent) }
    let index = Int(parent.index)
    guard known.count == nodes[index].children.count, known != nodes[index].children else { return }
    nodes[index].children = known
    shapeVersion += 1
  }
}

// MARK: - Places

extension ProcessTree {
  private mutating func with(_ pid: PID, _ change: (inout ProcessTree, SlotID) -> Void) {
    guard let slot = slot(of: pid), self[slot].pid == pid else { return }
    change(&self, slot)
  }

  private mutating func withChild(
    _ id: ChildID, of supervisor: PID, _ change: (inout ProcessTree, SlotID) -> Void
  ) {
    guard let parent = slot(of: supervisor), let slot = self.slot(of: id, under: parent) else {
      return
    }
    change(&self, slot)
  }

  mutating func setState(_ state: ProcessState, of slot: SlotID) {
    let index = Int(slot.index)
    let old = nodes[index].state
    guard old != state else { return }
    nodes[index].state = state
    guard !nodes[index].isVacant else { return }
    stateCounts[Int(old.rawValue)] -= 1
    stateCounts[Int(state.rawValue)] += 1
    guard old.isAlive != state.isAlive, let parent = nodes[index].parent else { return }
    nodes[Int(parent.index)].supervision?.aliveChildren += state.isAlive ? 1 : -1
  }

  @discardableResult
  private mutating func addChild(
    _ id: ChildID, under parent: SlotID, kind: ChildKind, isVacant: Bool
  ) -> SlotID {
    let name =
      switch id {
      case .named(.atom(let name)), .named(.text(let name)): name
      case .named(let term): term.description
      case .dynamic(let number): "\(self[parent].name.childPrefix)\(number + 1)"
      }
    let slot = addPlace(under: parent, childID: id, name: name, kind: kind)
    places.set(slot, for: id, under: parent)
    if isVacant {
      nodes[Int(slot.index)].isVacant = true
      stateCounts[Int(self[slot].state.rawValue)] -= 1
    } else {
      nodes[Int(parent.index)].supervision?.occupied += 1
    }
    return slot
  }

  private mutating func addPlace(
    under parent: SlotID?, childID: ChildID?, name: String, kind: ChildKind
  ) -> SlotID {
    let slot = SlotID(index: Int32(nodes.count))
    nodes.append(TreeNode(id: slot, parent: parent, childID: childID, name: name, kind: kind))
    stateCounts[Int(ProcessState.starting.rawValue)] += 1
    if let parent { nodes[Int(parent.index)].children.append(slot) } else { roots.append(slot) }
    shapeVersion += 1
    return slot
  }

  /// Puts a static child where it belongs in start order.
  private mutating func move(_ slot: SlotID, to position: Int, under parent: SlotID) {
    let index = Int(parent.index)
    let last = nodes[index].children.count - 1
    guard position < last, position >= 0, case .named? = self[slot].childID else { return }
    nodes[index].children.removeLast()
    nodes[index].children.insert(slot, at: position)
  }

  /// Takes a place out of the tree; a dynamic child leaves a hole that the next one fills.
  private mutating func remove(_ slot: SlotID) {
    let index = Int(slot.index)
    guard !nodes[index].isVacant else { return }
    for child in nodes[index].children { remove(child) }
    if nodes[index].state.isAlive { setState(.stopped, of: slot) }
    stateCounts[Int(nodes[index].state.rawValue)] -= 1
    nodes[index].isVacant = true
    occupancyVersion += 1
    guard let parent = nodes[index].parent else { return }
    if nodes[index].childID != nil { nodes[Int(parent.index)].supervision?.occupied -= 1 }
    if case .dynamic? = nodes[index].childID { return }
    if let id = nodes[index].childID { places.set(nil, for: id, under: parent) }
    nodes[Int(parent.index)].children.removeAll { $0 == slot }
    shapeVersion += 1
  }
}

extension SupervisionFacts {
  /// Remembers a restart; those before second `oldest` no longer count.
  fileprivate mutating func record(_ instant: RuntimeInstant, droppingBefore oldest: Int64) {
    if let first = ticks.first, first.wholeSeconds < oldest {
      ticks.removeAll { $0.wholeSeconds < oldest }
    }
    ticks.append(instant)
  }
}

extension String {
  /// What the numbers of a dynamic supervisor's children are put behind: `conn` for `conn_sup`.
  fileprivate var childPrefix: String {
    for ending in ["_sup", "_supervisor", "-sup", "sup"] where hasSuffix(ending) {
      let stem = dropLast(ending.count)
      if !stem.isEmpty { return String(stem) }
    }
    return self + "#"
  }

  /// The last word of a behaviour such as `supervisor shop`.
  fileprivate var shortName: String {
    split(separator: " ").last.map(String.init) ?? self
  }
}
