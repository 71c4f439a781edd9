package import BubbleEvents

/// The tree of places at one instant, folded from the event stream.
///
/// Folding is O(1) an event and never copies; a copy of the whole is as cheap as its arrays.
package struct ProcessTree: Sendable {
  /// How much is remembered.
  package struct Limits: Hashable, Sendable {
    /// The most recent events, for causes and the log.
    package var events = 65_536
    /// Ended processes outside supervision that still show, for each parent.
    package var looseGhosts = 8

    package init() {}
  }

  /// The instant of the last event.
  package internal(set) var now = RuntimeInstant.zero
  /// The places without a parent, in spawn order.
  package internal(set) var roots: [SlotID] = []
  /// Changes whenever places, their order, kinds or names change, and only then.
  package internal(set) var shapeVersion = 0 {
    didSet { occupancyVersion += 1 }
  }
  /// Changes with `shapeVersion`, and whenever somebody takes or leaves a place that stays.
  package internal(set) var occupancyVersion = 0
  /// Processes that live although another one took their place: their supervisor was killed.
  package internal(set) var orphanCount = 0
  /// The last events.
  package internal(set) var recent: EventRing

  var nodes: [TreeNode] = []
  var places = PlaceIndex()
  var stateCounts = [Int](repeating: 0, count: ProcessState.allCases.count)
  let limits: Limits

  package init(limits: Limits = Limits()) {
    self.limits = limits
    recent = EventRing(limit: limits.events)
  }

  /// The place with that identity.
  package subscript(slot: SlotID) -> TreeNode { nodes[Int(slot.index)] }

  /// The place that `pid` lives or lived in; nil for one whose place was taken by another.
  package func slot(of pid: PID) -> SlotID? { places.slot(of: pid) }

  /// The place that `id` names under `parent`.
  package func slot(of id: ChildID, under parent: SlotID) -> SlotID? {
    places.slot(of: id, under: parent, nodes: nodes)
  }

  /// Whether the place is still somebody's.
  package func contains(_ slot: SlotID) -> Bool {
    nodes.indices.contains(Int(slot.index)) && !self[slot].isVacant
  }

  /// How many places are in `state`.
  package func count(of state: ProcessState) -> Int { stateCounts[Int(state.rawValue)] }

  /// How many places have a living process.
  package var aliveCount: Int {
    ProcessState.allCases.reduce(0) { $0 + ($1.isAlive ? count(of: $1) : 0) }
  }

  /// The places from the root down to `slot`, both included.
  package func path(of slot: SlotID) -> [SlotID] {
    var path = [slot]
    while let parent = self[path[path.count - 1]].parent { path.append(parent) }
    return path.reversed()
  }

  /// The budget of the supervisor in `slot` at `instant`; nil for a worker.
  package func budget(of slot: SlotID, at instant: RuntimeInstant) -> Budget? {
    self[slot].supervision.map { Budget(facts: $0, at: instant) }
  }

  /// The place that `event` is about.
  package func subject(of event: Event) -> SlotID? {
    switch event.kind.subject {
    case .process(let pid): slot(of: pid)
    case .child(let supervisor, let id):
      slot(of: supervisor).flatMap { slot(of: id, under: $0) }
    case nil: nil
    }
  }

  /// The events from `id` back along their causes, the nearest first; shorter when older ones are
  /// no longer remembered.
  package func why(_ id: Event.ID) -> [Event] {
    var chain: [Event] = []
    var next: Event.ID? = id
    while let id = next, let event = recent[id] {
      chain.append(event)
      next = event.cause
    }
    return chain
  }
}

extension Event.Kind {
  /// What an event is about.
  enum Subject {
    case process(PID)
    case child(supervisor: PID, ChildID)
  }

  /// The process or the child that the event is about.
  var subject: Subject? {
    switch self {
    case .requested(let request): request.subject
    case .processSpawned(let pid, _, _), .processExited(let pid, _), .processSuspended(let pid),
      .processResumed(let pid), .linked(let pid, _), .unlinked(let pid, _),
      .exitSignalTrapped(let pid, _, _), .nameRegistered(_, let pid), .nameReleased(_, let pid),
      .messageHandled(let pid, _):
      .process(pid)
    case .monitored(let pid, _), .demonitored(let pid, _), .downDelivered(let pid, _, _),
      .exitSignalSent(_, let pid, _, _), .messageSent(_, let pid, _), .callStarted(let pid, _, _),
      .callReturned(let pid, _), .callTimedOut(let pid, _):
      .process(pid)
    case .supervisorConfigured(let supervisor, _), .restartCounted(let supervisor, _, _),
      .childrenReordered(let supervisor, _), .intensityExceeded(let supervisor, _, _, _),
      .restartDecided(let supervisor, _, _, _, _), .restartCompleted(let supervisor, _),
      .autoShutdownStarted(let supervisor, _, _):
      .process(supervisor)
    case .childSpecified(let supervisor, let child, _): .child(supervisor: supervisor, child.id)
    case .childForgotten(let supervisor, let id), .childStarting(let supervisor, let id),
      .childIgnored(let supervisor, let id), .childStartFailed(let supervisor, let id, _),
      .restartNotNeeded(let supervisor, let id, _, _):
      .child(supervisor: supervisor, id)
    case .childStarted(_, _, let pid), .childStopping(_, _, let pid, _),
      .childStopTimedOut(_, _, let pid), .childStopped(_, _, let pid, _),
      .childTerminated(_, _, let pid, _):
      .process(pid)
    case .reported(let report): report.subject
    case .limitReached(let pid, _): pid.map(Subject.process)
    }
  }
}

extension ControlRequest {
  fileprivate var subject: Event.Kind.Subject? {
    switch self {
    case .exit(let pid, _), .kill(let pid), .suspend(let pid), .resume(let pid), .send(let pid, _):
      .process(pid)
    case .restartChild(let supervisor, let id), .terminateChild(let supervisor, let id),
      .deleteChild(let supervisor, let id):
      .child(supervisor: supervisor, id)
    case .startChild(let supervisor, _), .changeFlags(let supervisor, _): .process(supervisor)
    }
  }
}

extension Report {
  fileprivate var subject: Event.Kind.Subject? {
    switch self {
    case .supervisor(let supervisor, _, _, _, let child): .child(supervisor: supervisor, child.id)
    case .progress(_, _, let pid), .serverTerminated(let pid, _), .crash(let pid, _),
      .unexpectedMessage(let pid, _):
      .process(pid)
    }
  }
}

extension ProcessTree {
  /// Whether there was a machine and nothing lives in it any more.
  package var isOver: Bool { !roots.isEmpty && aliveCount == 0 && count(of: .starting) == 0 }
}
