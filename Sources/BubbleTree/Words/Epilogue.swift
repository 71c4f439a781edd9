package import BubbleEvents

/// What happened in all, for the end of a session: folded from the events beside the tree.
package struct Epilogue: EventFold, Hashable, Sendable {
  /// How long a place was without a process, though it was not stopped for good.
  package struct Outage: Hashable, Sendable {
    /// The place.
    package var slot: SlotID
    /// How long, in the machine's time.
    package var length: Duration
    /// Whether it still lasts.
    package var isOpen: Bool
  }

  /// What users, scripts and programs asked of the machine.
  package private(set) var requests = 0
  /// What the scenario and chance did to it.
  package private(set) var faults = 0
  /// Requests to kill, or to send an exit signal.
  package private(set) var kills = 0
  /// Processes that ended abnormally and had not been told to stop.
  package private(set) var crashes = 0
  /// Processes that were started in the place of one that had ended.
  package private(set) var restarts = 0
  /// Supervisors that exceeded their intensity.
  package private(set) var escalations = 0
  /// Cables between nodes that were cut.
  package private(set) var cuts = 0
  /// Nodes that were stopped.
  package private(set) var nodeStops = 0
  /// Times that two processes had one global name.
  package private(set) var conflicts = 0
  private var longest: Outage?

  package init() {}

  /// Takes in `event`, which `tree` has just folded.
  package mutating func fold(_ event: Event, in tree: ProcessTree) {
    switch event.kind {
    case .requested(_, let asker) where asker.isFault: faults += 1
    case .requested(let request, _):
      requests += 1
      switch request {
      case .process(_, .kill), .process(_, .exit): kills += 1
      case .process, .child, .supervisor, .application, .release, .node, .network: break
      }
    case .process(let pid, .exited(let reason)):
      guard reason.isAbnormal else { return }
      let life = tree.slot(of: pid).flatMap { tree[$0].lives.last }
      if life?.pid != pid || life?.wasStopped != true { crashes += 1 }
    case .supervisor(_, .intensityExceeded): escalations += 1
    case .child(_, _, .started(let pid)):
      guard let slot = tree.slot(of: pid), let last = tree[slot].lives.last, last.number > 1,
        last.pid == pid
      else { return }
      restarts += 1
      guard let end = tree[slot].lives.dropLast().last?.end else { return }
      note(Outage(slot: slot, length: event.instant - end, isOpen: false))
    case .node(_, let happening): fold(happening)
    case .requestRefused, .process, .signal, .supervisor, .child, .application, .release,
      .reported, .message, .limitReached:
      break
    }
  }

  private mutating func fold(_ happening: NodeEvent) {
    switch happening {
    case .stopped: nodeStops += 1
    case .cableCut: cuts += 1
    case .globalNameConflict: conflicts += 1
    case .started, .connected, .disconnected, .cableHealed, .globalNameRegistered,
      .globalNameReleased, .groupJoined, .groupLeft, .leaderElected, .leaderSurrendered,
      .leaderResigned:
      break
    }
  }

  private mutating func note(_ outage: Outage) {
    if outage.length > longest?.length ?? .zero { longest = outage }
  }

  /// Whether there is anything to tell.
  package var isEmpty: Bool {
    requests == 0 && faults == 0 && crashes == 0 && restarts == 0 && escalations == 0
      && cuts == 0 && nodeStops == 0 && conflicts == 0
  }

  /// The longest outage, those included that still last at `now`.
  ///
  /// Nil when nobody was away for long enough to measure. Linear in the places of the tree.
  package func longestOutage(in tree: ProcessTree, at now: RuntimeInstant) -> Outage? {
    var epilogue = self
    for node in tree.nodes where node.isMissed {
      guard let end = node.lives.last?.end else { continue }
      epilogue.note(Outage(slot: node.id, length: now - end, isOpen: true))
    }
    return epilogue.longest
  }
}

extension TreeNode {
  /// Whether nobody lives in it although its last process failed.
  fileprivate var isMissed: Bool {
    guard !isVacant, childID != nil, let last = lives.last, let reason = last.reason else {
      return false
    }
    return !last.wasStopped && reason.isAbnormal
  }
}

// MARK: - In words

extension Epilogue {
  /// What happened, in sentences of a line each; none when nothing did.
  ///
  /// Names are from outside and
  /// not yet safe for a terminal.
  package func sentences(in tree: ProcessTree, at now: RuntimeInstant) -> [String] {
    guard !isEmpty else { return [] }
    var facts: [String] = []
    func count(_ number: Int, _ one: String, _ many: String) {
      if number > 0 { facts.append("\(number) \(noun(for: number, one, many))") }
    }
    count(kills, "kill", "kills")
    count(requests - kills, "other action", "other actions")
    count(faults, "fault", "faults")
    count(crashes, "process crashed", "processes crashed")
    count(restarts, "restart", "restarts")
    count(escalations, "supervisor gave up", "supervisors gave up")
    count(cuts, "cable cut", "cables cut")
    count(nodeStops, "node stopped", "nodes stopped")
    count(conflicts, "name conflict", "name conflicts")
    var sentences = [facts.joined(separator: ", ")]
    if let outage = longestOutage(in: tree, at: now) {
      let ending = outage.isOpen ? ", not over yet" : ""
      sentences.append(
        "longest outage: \(tree[outage.slot].name), \(outage.length.inMilliseconds)\(ending)")
    }
    return sentences
  }
}

extension Duration {
  /// `0.301 s`.
  fileprivate var inMilliseconds: String {
    RuntimeInstant(nanoseconds: max(0, wholeNanoseconds)).description + " s"
  }
}
