package import BubbleEvents

/// What is known of the nodes of a cluster, of the network between them and of what they agree on;
/// empty for a machine that stands alone.
package struct ClusterFacts: Hashable, Sendable {
  /// A node, running or not.
  package struct Node: Hashable, Sendable {
    /// Its identity, in all its lives.
    package let id: NodeID
    /// Its name, such as `a@shop`.
    package internal(set) var name: String
    /// Whether others connect to it without telling each other (OTP: hidden).
    package internal(set) var isHidden: Bool
    /// Its place, below which its processes are.
    package let slot: SlotID
    package internal(set) var isRunning = true
    /// The nodes that it takes itself for connected with, in the order of their numbers.
    package internal(set) var peers: [NodeID] = []
  }

  /// What joins two nodes, whether they use it or not.
  package struct Cable: Hashable, Sendable {
    /// The end with the smaller number.
    package let low: NodeID
    /// The other end.
    package let high: NodeID

    /// The cable between two nodes, named in either order.
    package init(_ one: NodeID, _ other: NodeID) {
      low = min(one, other)
      high = max(one, other)
    }
  }

  /// Why a process wears a crown.
  package enum Office: Hashable, Sendable {
    /// It holds that global name.
    case globalName(Term)
    /// It leads that group of candidates, and gives its orders with that fencing number.
    case leads(Term, fence: Int)
  }

  /// The nodes, in the order in which they were first heard of.
  package internal(set) var nodes: [Node] = []
  /// The cables that are cut.
  package internal(set) var cuts: Set<Cable> = []
  /// The offices that processes hold, in the order in which they came to them.
  package internal(set) var offices: [PID: [Office]] = [:]
  /// The groups that processes are in, once for each time that they joined.
  package internal(set) var groups: [PID: [Term]] = [:]

  /// Whether there are several nodes, or one that tells of itself.
  package var isEmpty: Bool { nodes.isEmpty }

  /// The node with that identity; nil for one that was not heard of.
  package subscript(id: NodeID) -> Node? { nodes.first { $0.id == id } }

  /// What a node is called: its name, or what stands for one that was not heard of.
  package func name(of id: NodeID) -> String { self[id]?.name ?? "\(id)" }

  /// The name up to the host where that tells the node from all others, or else the whole of it.
  package func shortName(of id: NodeID) -> String {
    let name = name(of: id)
    guard let short = name.split(separator: "@").first, short.count < name.count else {
      return name
    }
    let isUnique = nodes.allSatisfy { $0.id == id || !$0.name.hasPrefix("\(short)@") }
    return isUnique ? String(short) : name
  }

  /// The node that is called `text`, in full or in short; nil for none.
  package func node(called text: some StringProtocol) -> Node? {
    nodes.first { $0.name == text } ?? nodes.first { shortName(of: $0.id) == text }
  }

  /// Whether `id` takes itself for connected with `other`.
  package func isConnected(_ id: NodeID, with other: NodeID) -> Bool {
    self[id]?.peers.contains(other) ?? false
  }

  /// All cables, in the order of the nodes; every two nodes have one.
  package var cables: [Cable] {
    nodes.indices.flatMap { first in
      nodes[(first + 1)...].map { Cable(nodes[first].id, $0.id) }
    }
  }

  /// Those who hold a global name or lead by one, the earliest first where they are of one node.
  package func holders(of office: (Office) -> Bool) -> [PID] {
    offices.filter { $0.value.contains(where: office) }.map(\.key).sorted()
  }
}

// MARK: - Folding

extension ClusterFacts {
  mutating func change(_ id: NodeID, _ body: (inout Node) -> Void) {
    if let index = nodes.firstIndex(where: { $0.id == id }) { body(&nodes[index]) }
  }

  mutating func connect(_ id: NodeID, with other: NodeID) {
    change(id) { node in
      guard !node.peers.contains(other) else { return }
      node.peers.insert(other, at: node.peers.firstIndex { $0 > other } ?? node.peers.endIndex)
    }
  }

  mutating func disconnect(_ id: NodeID, from other: NodeID) {
    change(id) { node in node.peers.removeAll { $0 == other } }
  }

  /// A node is gone with all that its processes were.
  mutating func stop(_ id: NodeID) {
    change(id) { node in
      node.isRunning = false
      node.peers = []
    }
    offices = offices.filter { $0.key.node != id }
    groups = groups.filter { $0.key.node != id }
  }

  mutating func take(_ office: Office, _ pid: PID) {
    release(pid) { office.isSame(as: $0) }
    offices[pid, default: []].append(office)
  }

  mutating func release(_ pid: PID, _ isMeant: (Office) -> Bool) {
    offices[pid]?.removeAll(where: isMeant)
    if offices[pid]?.isEmpty == true { offices[pid] = nil }
  }

  mutating func leave(_ group: Term, _ pid: PID) {
    guard let index = groups[pid]?.lastIndex(of: group) else { return }
    groups[pid]?.remove(at: index)
    if groups[pid]?.isEmpty == true { groups[pid] = nil }
  }

  /// A process has ended, and is nothing any more.
  mutating func forget(_ pid: PID) {
    guard !isEmpty else { return }
    offices[pid] = nil
    groups[pid] = nil
  }
}

extension ClusterFacts.Office {
  /// Whether both are the same name, or the lead of the same group.
  fileprivate func isSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.globalName(let name), .globalName(let known)): name == known
    case (.leads(let group, _), .leads(let known, _)): group == known
    case (.globalName, _), (.leads, _): false
    }
  }
}
