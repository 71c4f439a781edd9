/// Who lives where, learnt from the events of a machine.
///
/// A place is known from the spawning of its process on, since a supervisor starts its children
/// before its own start ends. The masters of applications and the release handler live below the
/// application controller, and top supervisors below the masters; the root lives below nobody.
package struct Residents: Sendable {
  /// A process in a place.
  package struct Resident: Hashable, Sendable {
    /// The process above it.
    package let supervisor: PID
    /// What the place is called there.
    package let id: ChildID
    /// Whether its start is over.
    package fileprivate(set) var isStarted = false
    /// Whether it supervises others.
    package fileprivate(set) var isSupervisor = false
  }

  /// What an event changes.
  package enum Change: Hashable, Sendable {
    /// A process has taken its place, and its start goes on.
    case settled(PID)
    /// Its start is over.
    case started(PID)
    /// It has ended, and its place is empty.
    case ended(PID)
  }

  /// Those who live in a place, but the root.
  package private(set) var all: [PID: Resident] = [:]
  /// The process that everybody lives below; nil while there is none.
  package private(set) var root: PID?
  /// The place that each supervisor is about to fill.
  private var starting: [PID: ChildID] = [:]
  private var masters: Set<PID> = []
  private var controller: PID?

  /// Knows nobody yet.
  package init() {}

  /// The place of a process; nil for the root and for those outside supervision.
  package subscript(pid: PID) -> Resident? { all[pid] }

  /// Learns from the next event.
  package mutating func follow(_ event: Event) -> Change? {
    switch event.kind {
    case .child(let supervisor, let id, .starting): starting[supervisor] = id
    case .child(_, _, .started(let pid)): return start(pid)
    case .process(let pid, .spawned(nil, let behaviour)): return settle(root: pid, behaviour)
    case .process(let pid, .spawned(let parent?, let behaviour)):
      return settle(pid, spawnedBy: parent, behaviour)
    case .process(let pid, .exited): return end(pid)
    case .supervisor(let pid, .configured): all[pid]?.isSupervisor = true
    case .application(let event): return follow(event)
    case .release(let event): return settle(handler: event.handler)
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .node, .reported,
      .message, .limitReached:
      break
    }
    return nil
  }

  /// The ids from below the root down to `pid`, empty for the root; nil when it is not below it.
  package func path(of pid: PID) -> [ChildID]? {
    var ids: [ChildID] = []
    var next = pid
    while next != root {
      guard let resident = all[next] else { return nil }
      ids.append(resident.id)
      next = resident.supervisor
    }
    ids.reverse()
    return ids
  }

  // MARK: - Private helpers

  private mutating func settle(root pid: PID, _ behaviour: String) -> Change? {
    if Behaviour(behaviour).isApplicationController { controller = pid }
    guard root == nil else { return nil }
    root = pid
    return .settled(pid)
  }

  private mutating func settle(
    _ pid: PID, spawnedBy parent: PID, _ behaviour: String
  ) -> Change? {
    let id: ChildID
    if masters.contains(parent) {
      let behaviour = Behaviour(behaviour)
      id = .named(.atom(behaviour.module ?? behaviour.name))
    } else {
      guard let next = starting.removeValue(forKey: parent) else { return nil }
      id = next
    }
    all[pid] = Resident(supervisor: parent, id: id)
    return .settled(pid)
  }

  /// The release handler has its place beside the applications.
  private mutating func settle(handler pid: PID) -> Change? {
    guard all[pid] == nil, let controller else { return nil }
    all[pid] = Resident(supervisor: controller, id: .named("release_handler"))
    return .settled(pid)
  }

  private mutating func start(_ pid: PID) -> Change? {
    guard all[pid] != nil else { return nil }
    all[pid]?.isStarted = true
    return .started(pid)
  }

  private mutating func end(_ pid: PID) -> Change? {
    starting[pid] = nil
    masters.remove(pid)
    if pid == root {
      root = nil
      return .ended(pid)
    }
    return all.removeValue(forKey: pid) == nil ? nil : .ended(pid)
  }

  private mutating func follow(_ event: ApplicationEvent) -> Change? {
    switch event.change {
    case .starting:
      guard let master = event.master, let controller else { return nil }
      masters.insert(master)
      all[master] = Resident(supervisor: controller, id: .named(.atom(event.application)))
      return .settled(master)
    case .started(let top?): return start(top)
    case .started(nil), .loaded, .unloaded, .startFailed, .phase, .stopping, .stopped, .refused,
      .endsMachine:
      return nil
    }
  }
}
