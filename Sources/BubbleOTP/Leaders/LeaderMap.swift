import BubbleEvents
import BubbleKernel

/// What a process of a group says of itself, to all others that can be reached somehow.
struct LeaderRecord: Sendable {
  /// A leadership.
  struct Claim: Hashable, Sendable {
    var fence: Int
    /// The fencing numbers of leaders that are to give way to this one.
    var overruled: [Int]
  }

  let pid: PID
  var isCandidate: Bool
  /// Grows with every change.
  var version = 0
  /// Who it knows to belong to the group.
  var candidates: Set<NodeID>
  var workers: Set<NodeID>
  /// Who it is in touch with.
  var peers: [NodeID: PID] = [:]
  var claim: Claim?
  /// The greatest fencing number that it has seen.
  var highest = 0

  /// Whether this one is of a later life or change than another one of its node.
  func isNewer(than other: LeaderRecord?) -> Bool {
    guard let other else { return true }
    return (pid.number, version) > (other.pid.number, other.version)
  }
}

/// The records of all processes of a group that one of them has heard of, and what follows from
/// them.
///
/// Everybody passes on what is new, so that those who can reach each other, over whatever others,
/// come to know the same, and decide the same.
struct LeaderMap: Sendable {
  var own: LeaderRecord
  private(set) var others: [NodeID: LeaderRecord] = [:]

  init(own: LeaderRecord) {
    self.own = own
  }

  subscript(node: NodeID) -> LeaderRecord? {
    node == own.pid.node ? own : others[node]
  }

  /// All records, in the order of the nodes' numbers.
  var records: [LeaderRecord] {
    [own] + others.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Takes over those records that are new, and returns them.
  mutating func absorb(_ records: [LeaderRecord]) -> [LeaderRecord] {
    let new = records.filter {
      $0.pid.node != own.pid.node && $0.isNewer(than: others[$0.pid.node])
    }
    for record in new {
      others[record.pid.node] = record
      own.candidates.formUnion(record.candidates)
      own.workers.formUnion(record.workers)
      own.highest = max(own.highest, record.highest)
    }
    return new
  }

  /// The nodes that may lead.
  var candidates: Set<NodeID> { own.candidates }

  /// Whether both say that they are in touch with each other.
  func areInTouch(_ one: NodeID, _ other: NodeID) -> Bool {
    guard let one = self[one], let other = self[other] else { return false }
    return one.peers[other.pid.node] == other.pid && other.peers[one.pid.node] == one.pid
  }

  /// The nodes that can be reached from this one over others, itself first.
  var part: [NodeID] {
    var part = [own.pid.node]
    var index = 0
    while index < part.count {
      let node = part[index]
      index += 1
      for next in (self[node]?.peers.keys.sorted()) ?? []
      where !part.contains(next) && areInTouch(node, next) {
        part.append(next)
      }
    }
    return part
  }

  /// Whether a node may lead; with the majority rule it has to be in touch with more than half of
  /// the candidates, itself among them.
  func mayLead(_ node: NodeID, needsMajority: Bool) -> Bool {
    guard let record = self[node], record.isCandidate else { return false }
    guard needsMajority else { return true }
    let others = candidates.filter { $0 != node && areInTouch(node, $0) }
    return (others.count + 1) * 2 > candidates.union([node]).count
  }
}
