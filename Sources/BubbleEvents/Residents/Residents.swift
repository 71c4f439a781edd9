/// Who lives where, learnt from the events of a machine.
///
/// A place is known from the spawning of its process on, since a supervisor starts its children
/// before its own start ends. The masters of applications and the release handler live below the
/// application controller, and top supervisors below the masters; a root lives below nobody, one on
/// each node. With a node that stops everybody on it is gone.
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
    /// A node has stopped, and all places of its processes are empty.
    case stopped(NodeID)
  }

  /// Those who live in a place, but the roots.
  package private(set) var all: [PID: Resident] = [:]
  /// The processes that everybody on a node lives below.
  package private(set) var roots: [NodeID: PID] = [:]
  /// The names of the nodes that have started; none of a machine that stands alone.
  package private(set) var nodeNames: [NodeID: String] = [:]
  /// The place that each supervisor is about to fill.
  private var starting: [PID: ChildID] = [:]
  private var masters: Set<PID> = []
  private var controllers: [NodeID: PID] = [:]

  /// Knows nobody yet.
  package init() {}

  /// The place of a process; nil for a root and for those outside supervision.
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
    case .node(let node, .started(let name, _)): nodeNames[node] = name
    case .node(let node, .stopped): return leave(node)
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .node, .reported,
      .message, .limitReached:
      break
    }
    return nil
  }

  /// The ids from below the root down to `pid`, empty for the root; nil when it is not below one.
  ///
  /// In a cluster the name of the root's node comes first, and stands for the root.
  package func path(of pid: PID) -> [ChildID]? {
    var ids: [ChildID] = []
    var next = pid
    while roots[next.node] != next {
      guard let resident = all[next] else { return nil }
      ids.append(resident.id)
      next = resident.supervisor
    }
    if let name = nodeNames[next.node] { ids.append(.named(.atom(name))) }
    ids.reverse()
    return ids
  }

  // MARK: - Private helpers

  private mutating func settle(root pid: PID, _ behaviour: String) -> Change? {
    if Behaviour(behaviour).isApplicationController { controllers[pid.node] = pid }
    guard roots[pid.node] == nil else { return nil }
    roots[pid.node] = pid
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
    guard all[pid] == nil, let controller = controllers[pid.node] else { return nil }
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
    if roots[pid.node] == pid {
      roots[pid.node] = nil
      return .ended(pid)
    }
    return all.removeValue(forKey: pid) == nil ? nil : .ended(pid)
  }

  /// Everybody on a node is gone, without a word of theirs.
  private mutating func leave(_ node: NodeID) -> Change {
    all = all.filter { $0.key.node != node }
    starting = starting.filter { $0.key.node != node }
    masters = masters.filter { $0.node != node }
    roots[node] = nil
    controllers[node] = nil
    return .stopped(node)
  }

  private mutating func follow(_ event: ApplicationEvent) -> Change? {
    switch event.change {
    case .starting:
      guard let master = event.master, let controller = controllers[master.node] else {
        return nil
      }
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
