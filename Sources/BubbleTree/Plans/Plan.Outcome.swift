package import BubbleEvents

extension Plan {
  /// What is different between the nodes of a cluster afterwards.
  package enum Outcome: Hashable, Sendable {
    /// The first node does not take itself for connected with the second any more.
    case lost(NodeID, NodeID)
    /// The first node takes itself for connected with the second.
    case connected(NodeID, NodeID)
    /// Two processes had one global name; who keeps it, nil for nobody, and who loses it, by name.
    case conflict(name: String, kept: String?, lost: String)
    /// Who holds a global name, or leads a group of candidates, by name.
    case office(title: String, before: [String], after: [String])
  }

  /// An outcome, and whether it has come about.
  package struct ForeseenOutcome: Hashable, Sendable {
    /// What is foreseen.
    package let outcome: Outcome
    /// Whether it is so by now.
    package internal(set) var isDone = false

    init(_ outcome: Outcome) { self.outcome = outcome }
  }
}

extension ProcessTree {
  /// What is different in `later`, but for conflicts, which leave nothing behind.
  func outcomes(in later: ProcessTree) -> [Plan.Outcome] {
    guard !cluster.isEmpty else { return [] }
    var found: [Plan.Outcome] = []
    for node in cluster.nodes {
      for other in node.peers where !later.cluster.isConnected(node.id, with: other) {
        // One that does not run any more loses nobody.
        if later.cluster[node.id]?.isRunning == true { found.append(.lost(node.id, other)) }
      }
    }
    for node in later.cluster.nodes {
      for other in node.peers where !cluster.isConnected(node.id, with: other) {
        found.append(.connected(node.id, other))
      }
    }
    let before = officeHolders()
    let after = later.officeHolders()
    for title in Set(before.keys).union(after.keys).sorted() {
      let (old, new) = (before[title] ?? [], after[title] ?? [])
      if old != new { found.append(.office(title: title, before: old, after: new)) }
    }
    return found
  }

  /// Whether it is so that `outcome` has come about; of a conflict, that is told by events only.
  func shows(_ outcome: Plan.Outcome) -> Bool {
    switch outcome {
    case .lost(let node, let other): !cluster.isConnected(node, with: other)
    case .connected(let node, let other): cluster.isConnected(node, with: other)
    case .office(let title, _, let after): officeHolders()[title] ?? [] == after
    case .conflict: false
    }
  }

  /// The names of those who hold each global name or lead each group.
  private func officeHolders() -> [String: [String]] {
    var holders: [String: [String]] = [:]
    for pid in cluster.offices.keys.sorted() {
      for office in cluster.offices[pid] ?? [] {
        holders[office.title, default: []].append(name(of: pid))
      }
    }
    return holders
  }

  /// A process by name and node, or its PID where it is not known.
  func name(of pid: PID) -> String { firstSlot(of: pid).map(fullName) ?? "\(pid)" }

  /// The places whose processes ended with `event` without a word of their own: their node stopped.
  package func places(endedBy event: Event.ID) -> [SlotID] {
    nodes.filter { $0.node == nil && $0.lives.last?.endEvent == event }.map(\.id)
  }
}

extension ClusterFacts.Office {
  /// The name that is held, or the group that is led.
  package var title: String {
    switch self {
    case .globalName(let name): name.asTitle
    case .leads(let group, _): group.asTitle
    }
  }
}
