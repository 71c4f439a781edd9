package import BubbleEvents
package import BubbleTree

/// What happened below a supervisor since a lab was opened, counted from the events.
package struct LabTally: EventFold, Hashable, Sendable {
  /// Processes that ended because of others: told to stop, or through a link.
  package private(set) var stopped = 0
  /// Starts.
  package private(set) var started = 0
  /// The supervisors that gave up, the first one first.
  package private(set) var gaveUp: [SlotID] = []

  private let top: SlotID
  /// The places that somebody lived in at the beginning.
  private let initial: Set<SlotID>
  private var touched: Set<SlotID> = []
  /// The processes that were asked to end.
  private var targets: Set<PID> = []
  private var downSince: [SlotID: RuntimeInstant] = [:]
  private var downtimes: [SlotID: Duration] = [:]

  /// Begins to count below `top`.
  package init(_ tree: ProcessTree, below top: SlotID) {
    self.top = top
    initial = Set(
      tree.inOrder().filter { tree[$0].pid != nil && tree.isPlace($0, below: top) })
  }

  /// Processes of the beginning that nothing happened to.
  package var leftAlone: Int { initial.count - touched.count }

  /// How long nobody was in `slot`, up to `now`.
  package func downtime(of slot: SlotID, at now: RuntimeInstant) -> Duration {
    (downtimes[slot] ?? .zero) + (downSince[slot].map { now - $0 } ?? .zero)
  }

  /// The downtimes of all places together, up to `now`.
  package func downtime(at now: RuntimeInstant) -> Duration {
    Set(downtimes.keys).union(downSince.keys).reduce(.zero) { $0 + downtime(of: $1, at: now) }
  }

  /// Whether nobody was in `slot` at any time.
  package func wasDown(_ slot: SlotID) -> Bool {
    downtimes[slot] != nil || downSince[slot] != nil
  }

  /// Whether any place was without a process at any time.
  package var wasAnyDown: Bool { !downtimes.isEmpty || !downSince.isEmpty }

  /// Counts `event`, which `tree` has just folded.
  package mutating func fold(_ event: Event, in tree: ProcessTree) {
    switch event.kind {
    case .requested(let request, _): note(request, tree.subject(of: event), in: tree)
    case .process(let pid, .exited): end(pid, event, in: tree)
    case .child(_, _, .started(let pid)):
      guard let slot = tree.slot(of: pid), tree.isPlace(slot, below: top) else { return }
      started += 1
      if let since = downSince.removeValue(forKey: slot) {
        downtimes[slot, default: .zero] += event.instant - since
      }
    case .supervisor(let supervisor, .intensityExceeded):
      if let slot = tree.slot(of: supervisor), !gaveUp.contains(slot) { gaveUp.append(slot) }
    case .requestRefused, .process, .signal, .supervisor, .child, .application, .release, .node,
      .reported, .message, .limitReached:
      break
    }
  }

  // MARK: - Private

  /// Who is asked to end is not stopped by its supervisor.
  private mutating func note(_ request: ControlRequest, _ slot: SlotID?, in tree: ProcessTree) {
    switch request {
    case .process(let pid, .kill), .process(let pid, .exit): targets.insert(pid)
    case .child(_, _, .terminate):
      if let pid = slot.flatMap({ tree[$0].pid }) { targets.insert(pid) }
    case .process, .child, .supervisor, .application, .release, .node, .network: break
    }
  }

  private mutating func end(_ pid: PID, _ event: Event, in tree: ProcessTree) {
    guard let slot = tree.firstSlot(of: pid),
      tree.isPlace(slot, below: top)
    else { return }
    if initial.contains(slot) { touched.insert(slot) }
    let isThere = tree.slot(of: pid) != nil
    if isThere, downSince[slot] == nil { downSince[slot] = event.instant }
    guard targets.remove(pid) == nil else { return }
    let wasTold = tree[slot].lives.last { $0.pid == pid }?.wasStopped ?? false
    if wasTold || tree.cameThroughLink(event) { stopped += 1 }
  }
}

extension ProcessTree {
  /// Whether `slot` lies below `top`, however deep.
  fileprivate func isPlace(_ slot: SlotID, below top: SlotID) -> Bool {
    var next = self[slot].parent
    while let parent = next {
      if parent == top { return true }
      next = self[parent].parent
    }
    return false
  }

  /// Whether an exit was brought about by the exit of somebody linked.
  fileprivate func cameThroughLink(_ exit: Event) -> Bool {
    guard let cause = exit.cause,
      case .signal(.exitSent(_, _, _, let isLink))? = recent[cause]?.kind
    else { return false }
    return isLink
  }
}
