import BubbleEvents

/// Follows one request, or one death, through everything that it brings about.
struct CauseTracer: Sendable {
  /// What a related event says about a place.
  enum Fact {
    case exited(SlotID, PID, ExitReason)
    case stopping(SlotID)
    case starting(SlotID)
    case started(SlotID)
    case startFailed(SlotID, ExitReason)
    case decided(SlotID, SupervisionStrategy)
    case completed(SlotID)
    case counted(SlotID)
    case gaveUp(SlotID)
    case autoShutdown(SlotID)
    case notNeeded(SlotID, ChildRestart, ExitReason)
    case applicationEnded(SlotID)
    case endsMachine(SlotID)
    case nodeStopped(SlotID)
    case conflict(SlotID, Term, kept: PID?, lost: PID)
  }

  /// The place that `fact` is about.
  static func slot(of fact: Fact) -> SlotID {
    switch fact {
    case .exited(let slot, _, _), .stopping(let slot), .starting(let slot), .started(let slot),
      .startFailed(let slot, _), .decided(let slot, _), .completed(let slot), .counted(let slot),
      .gaveUp(let slot), .autoShutdown(let slot), .notNeeded(let slot, _, _),
      .applicationEnded(let slot), .endsMachine(let slot), .nodeStopped(let slot),
      .conflict(let slot, _, _, _):
      slot
    }
  }

  /// The request that is followed; nil to follow an event that nobody asked for.
  let request: ControlRequest?
  private var related: Set<Event.ID> = []

  init(request: ControlRequest?) { self.request = request }

  /// Follows what comes of the event `root`.
  init(root: Event.ID) {
    request = nil
    related = [root]
  }

  /// Whether `event` follows from what is traced; it is remembered if so.
  mutating func relates(_ event: Event) -> Bool {
    if let cause = event.cause, related.contains(cause) {
      related.insert(event.id)
      return true
    }
    guard related.isEmpty, let request, case .requested(request, _) = event.kind else {
      return related.contains(event.id)
    }
    related.insert(event.id)
    return true
  }

  /// What a related `event` says, in a tree that has folded it.
  func fact(_ event: Event, in tree: ProcessTree) -> Fact? {
    switch event.kind {
    case .process(let pid, .exited(let reason)):
      // What ends while it starts was not there yet: its supervisor says that the start failed.
      tree.firstSlot(of: pid).flatMap { slot in
        tree[slot].state == .starting && tree.slot(of: pid) != nil
          ? nil : .exited(slot, pid, reason)
      }
    case .child(_, _, .stopping(let pid, _)): tree.slot(of: pid).map(Fact.stopping)
    case .child(_, _, .starting): tree.subject(of: event).map(Fact.starting)
    case .child(_, _, .started): tree.subject(of: event).map(Fact.started)
    case .child(_, _, .startFailed(let reason)):
      tree.subject(of: event).map { .startFailed($0, reason) }
    case .supervisor(let supervisor, .restartDecided(_, let strategy, _, _)):
      tree.slot(of: supervisor).map { .decided($0, strategy) }
    case .supervisor(let supervisor, .restartCompleted):
      tree.slot(of: supervisor).map(Fact.completed)
    case .supervisor(let supervisor, .restartCounted): tree.slot(of: supervisor).map(Fact.counted)
    case .supervisor(let supervisor, .intensityExceeded): tree.slot(of: supervisor).map(Fact.gaveUp)
    case .supervisor(let supervisor, .autoShutdownStarted):
      tree.slot(of: supervisor).map(Fact.autoShutdown)
    case .child(_, _, .restartNotNeeded(let restart, let reason)):
      tree.subject(of: event).map { .notNeeded($0, restart, reason) }
    case .application(let step): step.master.flatMap { fact(step.change, tree.slot(of: $0)) }
    case .node(let node, .stopped): tree.slot(of: node).map(Fact.nodeStopped)
    case .node(let node, .globalNameConflict(let name, let kept, let lost)):
      tree.slot(of: node).map { .conflict($0, name, kept: kept, lost: lost) }
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .release, .node,
      .reported, .message, .limitReached:
      nil
    }
  }

  /// What a step says about the place of its master.
  private func fact(_ change: ApplicationEvent.Change, _ slot: SlotID?) -> Fact? {
    guard let slot else { return nil }
    switch change {
    case .starting: return .starting(slot)
    case .started: return .started(slot)
    case .startFailed(let reason): return .startFailed(slot, ExitReason(reason))
    case .stopping: return .stopping(slot)
    case .stopped: return .applicationEnded(slot)
    case .endsMachine: return .endsMachine(slot)
    case .loaded, .unloaded, .phase, .refused: return nil
    }
  }
}
