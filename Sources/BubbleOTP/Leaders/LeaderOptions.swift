public import BubbleEvents

/// Who belongs to a group of `GenLeader` processes, and what rules it has.
///
/// They should be the same on all nodes. A node that not everybody knows of is made known to all by
/// those that do.
public struct LeaderOptions: Hashable, Sendable {
  /// The nodes that may lead; the order of their names is that of their priority.
  public var candidates: [NodeID]
  /// The nodes that only follow.
  public var workers: [NodeID]
  /// How often those that are not there are looked for, and how long one that does not answer can
  /// hold up an election (OTP: heartbeat).
  public var heartbeat = Duration.seconds(5)
  /// Whether all are told what the leader tells one that joins later (OTP: bcast_type all).
  public var informsAll = false
  /// Whether only a candidate that is in touch with more than half of them may lead.
  ///
  /// OTP's gen_leader has no such rule: there each side of a partition has a leader.
  public var needsMajority = false
  /// A node of the group through which this one joins, as a candidate, when nobody has named it
  /// (OTP: seed_node).
  public var seed: NodeID?

  /// A group with those nodes.
  public init(candidates: [NodeID], workers: [NodeID] = []) {
    self.candidates = candidates
    self.workers = workers
  }
}
