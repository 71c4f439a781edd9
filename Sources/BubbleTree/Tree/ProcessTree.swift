package import BubbleEvents

/// The tree of places at one instant, folded from the event stream.
///
/// Folding is O(1) an event and never copies; a copy of the whole is as cheap as its arrays.
/// Streams are taken as they come: events that contradict what is known change nothing, and nothing
/// traps.
package struct ProcessTree: Sendable {
  /// How much is remembered.
  package struct Limits: Hashable, Sendable {
    /// The most recent events, for causes and the log.
    package var events = 65_536
    /// Ended processes outside supervision that still show, for each parent.
    package var looseGhosts = 8
    /// Places given up before the first of them is used for another one.
    package var restingPlaces = 1024

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
  /// The last events.
  package internal(set) var recent: EventRing

  /// The applications, in the order in which they were first heard of.
  package internal(set) var applications: [ApplicationFacts] = []
  /// What is known of the release that the machine runs; nil while nothing is.
  package internal(set) var release: ReleaseFacts?
  /// The nodes, the network between them and what they agree on.
  package internal(set) var cluster = ClusterFacts()
  /// How many starts and stops of applications are over.
  var applicationTurns = 0

  var nodes: [TreeNode] = []
  var places = SlotIndex()
  var vacancies: Vacancies
  /// The places that orphans had as children.
  var orphans: [PID: SlotID] = [:]
  var rootGhosts = 0
  var stateCounts = [Int](repeating: 0, count: ProcessState.allCases.count)
  let limits: Limits

  package init(limits: Limits = Limits()) {
    self.limits = limits
    recent = EventRing(limit: limits.events)
    vacancies = Vacancies(rest: limits.restingPlaces)
  }

  /// The last event that was folded; 0 before the first.
  package var lastEvent: Event.ID { recent.last?.id ?? 0 }

  /// How many places there ever were at a time.
  package var placeCount: Int { nodes.count }

  /// The same tree, with versions that `other` has not used: what was made for `other` is outdated.
  package func renewed(after other: ProcessTree) -> ProcessTree {
    var tree = self
    tree.shapeVersion = max(shapeVersion, other.shapeVersion) + 1
    tree.occupancyVersion = max(occupancyVersion, other.occupancyVersion) + 1
    return tree
  }

  /// The place with that identity.
  package subscript(slot: SlotID) -> TreeNode { nodes[Int(slot.index)] }

  /// The place that `pid` lives or lived in; nil for one that has ended as an orphan.
  package func slot(of pid: PID) -> SlotID? {
    guard let entry = entry(of: pid), !entry.isDisplaced else { return nil }
    return entry.slot
  }

  /// The place that was taken from `pid` while it lived, its supervisor having been killed.
  package func formerSlot(of pid: PID) -> SlotID? {
    if let slot = orphans[pid] { return slot }
    guard let entry = entry(of: pid), entry.isDisplaced else { return nil }
    return entry.slot
  }

  /// The place that `pid` was started in, be it another one's by now.
  package func firstSlot(of pid: PID) -> SlotID? { formerSlot(of: pid) ?? slot(of: pid) }

  private func entry(of pid: PID) -> SlotIndex.Entry? {
    guard let entry = places[pid], let first = nodes[Int(entry.slot.index)].firstPID, pid >= first
    else { return nil }
    return entry
  }

  /// The place that `id` names under `parent`.
  package func slot(of id: ChildID, under parent: SlotID) -> SlotID? {
    switch id {
    case .dynamic(let number):
      let children = nodes[Int(parent.index)].children
      guard children.indices.contains(number) else { return nil }
      let slot = children[number]
      return nodes[Int(slot.index)].childID == id ? slot : nil
    case .named:
      return places.slot(named: id, under: parent)
    }
  }

  /// Whether the place is still somebody's.
  package func contains(_ slot: SlotID) -> Bool {
    nodes.indices.contains(Int(slot.index)) && !nodes[Int(slot.index)].isVacant
  }

  /// How many places are in `state`.
  package func count(of state: ProcessState) -> Int { stateCounts[Int(state.rawValue)] }

  /// How many places have a living process.
  package var aliveCount: Int {
    ProcessState.allCases.reduce(0) { $0 + ($1.isAlive ? count(of: $1) : 0) }
  }

  /// Processes that live although another one took their place: their supervisor was killed.
  package var orphanCount: Int { orphans.count }

  /// Whether there was a machine and nothing lives in it any more.
  ///
  /// A supervisor that has given up still lives while it ends its children. A node that is stopped
  /// can be started again.
  package var isOver: Bool {
    guard !roots.isEmpty, aliveCount == 0, count(of: .starting) == 0,
      cluster.nodes.allSatisfy(\.isRunning)
    else { return false }
    return count(of: .gaveUp) == 0 || !nodes.contains { $0.pid != nil && $0.node == nil }
  }

  /// The places from the root down to `slot`, both included.
  package func path(of slot: SlotID) -> [SlotID] {
    var path = [slot]
    var next = nodes[Int(slot.index)].parent
    while let parent = next {
      path.append(parent)
      next = nodes[Int(parent.index)].parent
    }
    return path.reversed()
  }

  /// The budget of the supervisor in `slot` at `instant`; nil for a worker.
  package func budget(of slot: SlotID, at instant: RuntimeInstant) -> Budget? {
    nodes[Int(slot.index)].supervision.map { Budget(facts: $0, at: instant) }
  }

  /// The place that `event` is about.
  package func subject(of event: Event) -> SlotID? {
    event.kind.subject.flatMap { slot(of: $0) }
  }

  /// The place that is meant.
  func slot(of subject: EventSubject) -> SlotID? {
    switch subject {
    case .process(let pid): slot(of: pid)
    case .child(let supervisor, let id):
      slot(of: supervisor).flatMap { slot(of: id, under: $0) }
    }
  }

  /// The events from `id` back along their causes, the nearest first; shorter when older ones are
  /// no longer remembered.
  package func why(_ id: Event.ID) -> [Event] {
    guard let event = recent[id] else { return [] }
    return [event] + recent.causes(of: event)
  }
}
