import BubbleEvents
import BubbleKernel

extension GlobalNameServer {
  /// What an operation changes; nil when it is refused.
  func changes(
    of operation: GlobalOperation, _ context: inout ProcessContext
  ) -> [GlobalChange]? {
    switch operation.kind {
    case .register(let name, let entry, let isForced):
      let isTaken = entries[name] != nil || entries.values.contains { $0.pid == entry.pid }
      return isTaken && !isForced ? nil : [.insert(name, entry)]
    case .unregister(let name): return [.remove(name)]
    case .merge(let other, _):
      guard let mine = operation.tables[context.node], let theirs = operation.tables[other] else {
        return []
      }
      return merge(mine, theirs, &context)
    }
  }

  /// The union of two tables: what only one side knows spreads, conflicts are resolved by the entry
  /// of this node, the smaller of the two that connect (OTP: D97, D107, D109).
  private func merge(
    _ mine: [Term: GlobalEntry], _ theirs: [Term: GlobalEntry], _ context: inout ProcessContext
  ) -> [GlobalChange] {
    let names = Set(mine.keys).union(theirs.keys)
      .sorted { $0.description < $1.description }
    return names.compactMap { name in
      guard let own = mine[name], let foreign = theirs[name] else {
        return (mine[name] ?? theirs[name]).map { .insert(name, $0) }
      }
      guard own.pid != foreign.pid else { return .insert(name, own) }
      return resolve(name, own, foreign, &context)
    }
  }

  private func resolve(
    _ name: Term, _ own: GlobalEntry, _ foreign: GlobalEntry, _ context: inout ProcessContext
  ) -> GlobalChange {
    let names = context.nodeNames
    let ownWins = names[own.pid.node] < names[foreign.pid.node]
    let (winner, loser) = ownWins ? (own, foreign) : (foreign, own)
    let kept = GlobalChange.insert(name, GlobalEntry(pid: winner.pid, resolver: own.resolver))
    switch own.resolver {
    case .randomExit:
      let cause = context.cause
      context.cause = tellConflict(name, kept: winner.pid, lost: loser.pid, &context)
      context.kill(loser.pid)
      context.cause = cause
      return kept
    case .randomNotify:
      tellConflict(name, kept: winner.pid, lost: loser.pid, &context)
      context.send(GlobalNameConflict(name: name, other: nil), to: loser.pid)
      return kept
    case .notifyAll:
      tellConflict(name, kept: nil, lost: loser.pid, &context)
      context.send(GlobalNameConflict(name: name, other: foreign.pid), to: own.pid)
      context.send(GlobalNameConflict(name: name, other: own.pid), to: foreign.pid)
      return .remove(name)
    case .custom(let resolve):
      return choose(name, own, foreign, resolve, &context)
    }
  }

  /// Lets a function decide; what it throws leaves the name to the greater node's process.
  private func choose(
    _ name: Term, _ own: GlobalEntry, _ foreign: GlobalEntry,
    _ resolve: @Sendable (Term, PID, PID) throws -> PID?, _ context: inout ProcessContext
  ) -> GlobalChange {
    do {
      let pid = try resolve(name, foreign.pid, own.pid)
      let lost = pid == foreign.pid ? own.pid : foreign.pid
      guard let pid, pid == own.pid || pid == foreign.pid else {
        tellConflict(name, kept: nil, lost: lost, &context)
        return .remove(name)
      }
      tellConflict(name, kept: pid, lost: lost, &context)
      return .insert(name, GlobalEntry(pid: pid, resolver: own.resolver))
    } catch {
      tellConflict(name, kept: foreign.pid, lost: own.pid, &context)
      return .insert(name, foreign)
    }
  }

  @discardableResult
  private func tellConflict(
    _ name: Term, kept: PID?, lost: PID, _ context: inout ProcessContext
  ) -> Event.ID? {
    context.post(.node(context.node, .globalNameConflict(name, kept: kept, lost: lost)))
  }

  // MARK: - The table

  /// Makes changes here, and shares names with those nodes from now on: it connects with those that
  /// it is not connected with yet (OTP: D97).
  mutating func apply(
    _ changes: [GlobalChange], _ nodes: [NodeID], _ context: inout ProcessContext
  ) {
    for node in nodes where node != context.node {
      synchronized.insert(node)
      if !context.isConnected(to: node) { joining[context.connect(to: node)] = node }
    }
    for change in changes {
      switch change {
      case .remove(let name): forget(name, &context)
      case .insert(let name, let entry):
        let isKnown = entries[name]?.pid == entry.pid
        if !isKnown { forget(name, &context) }
        entries[name] = entry
        if isKnown { continue }
        tell(.globalNameRegistered(name, entry.pid), ifHere: entry.pid, &context)
        monitors[context.monitorQuietly(entry.pid)] = name
        context.changeTable(GlobalNameTable.name) { (table: inout GlobalNameTable) in
          table.names[name] = entry.pid
        }
      }
    }
  }

  /// Tells of a name where its process lives, so that it is told once.
  private func tell(_ event: NodeEvent, ifHere pid: PID, _ context: inout ProcessContext) {
    if pid.node == context.node { context.post(.node(pid.node, event)) }
  }

  mutating func forget(_ name: Term, _ context: inout ProcessContext) {
    guard let entry = entries.removeValue(forKey: name) else { return }
    tell(.globalNameReleased(name, entry.pid), ifHere: entry.pid, &context)
    for (mark, watched) in monitors where watched == name {
      context.demonitor(mark, flush: true)
      monitors[mark] = nil
    }
    context.changeTable(GlobalNameTable.name) { (table: inout GlobalNameTable) in
      table.names[name] = nil
    }
  }
}

/// The locks of one node (OTP: D112-D116).
struct GlobalLocks: Sendable {
  private struct Hold: Sendable {
    var requester: Term
    /// The processes that hold it, with the marks of the monitors of them.
    var holders: [PID: Reference]
  }

  private var holds: [Term: Hold] = [:]

  /// Lets a process hold a lock; false when it is held in another name.
  mutating func set(
    _ id: GlobalLockID, _ holder: PID, _ context: inout ProcessContext
  ) -> Bool {
    var hold = holds[id.resource] ?? Hold(requester: id.requester, holders: [:])
    guard hold.requester == id.requester else { return false }
    if hold.holders[holder] == nil { hold.holders[holder] = context.monitorQuietly(holder) }
    holds[id.resource] = hold
    return true
  }

  mutating func delete(_ id: GlobalLockID, _ holder: PID, _ context: inout ProcessContext) {
    guard holds[id.resource]?.requester == id.requester,
      let mark = holds[id.resource]?.holders.removeValue(forKey: holder)
    else { return }
    context.demonitor(mark, flush: true)
    if holds[id.resource]?.holders.isEmpty == true { holds[id.resource] = nil }
  }

  /// A monitor has fired: its process, or the connection with it, is gone.
  mutating func ended(_ mark: Reference) {
    for (resource, hold) in holds {
      guard let holder = hold.holders.first(where: { $0.value == mark })?.key else { continue }
      holds[resource]?.holders[holder] = nil
      if holds[resource]?.holders.isEmpty == true { holds[resource] = nil }
    }
  }
}
