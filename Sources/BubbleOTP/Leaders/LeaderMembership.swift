import BubbleEvents
import BubbleKernel

/// The part that one process has in its group: who it is in touch with, and what it is at present.
struct LeaderMembership: Sendable {
  /// What the process is at present.
  enum Phase: Hashable, Sendable {
    /// It waits for the end of an election; everything else waits with it.
    case electing(since: RuntimeInstant)
    case leading
    case following(PID, fence: Int)
    /// Nobody leads here, and that may last; orders are refused with the reason.
    case leaderless(Term)
  }

  /// A process of the group on another node.
  struct Peer: Sendable {
    var pid: PID
    /// The monitor of it.
    var mark: Reference
  }

  /// A node that is asked whether a process of the group is there.
  struct Probe: Sendable {
    var node: NodeID
    var since: RuntimeInstant
    /// Whether an election waits for the answer: nothing is known of the node yet.
    var isFirst: Bool
  }

  /// A leadership that waits to be recognised, and what the leader has broadcast meanwhile.
  struct Offer: Sendable {
    var leader: PID
    var fence: Int
    var synch: Term
    var broadcasts: [Term] = []
  }

  /// The name of the group, under which each of its processes is registered.
  let name: String
  let options: LeaderOptions
  var map: LeaderMap
  var phase: Phase
  var peers: [NodeID: Peer] = [:]
  var probes: [Reference: Probe] = [:]
  /// The nodes that have been asked, ever.
  private var known: Set<NodeID> = []
  /// Orders that the leader has been handed, with whom to answer.
  var handedOn: [Reference: Caller] = [:]
  /// By the nodes of the leaders.
  var offers: [NodeID: Offer] = [:]
  /// The processes that the present leadership has been offered to.
  var offered: Set<PID> = []
  /// The node of the leader that was lost last; nil when another one has been recognised since.
  var lostLeader: NodeID?
  /// The version of the own record that all peers have.
  private var toldVersion = 0
  var beat: Reference?

  /// A member that does not know anybody yet; nil on a node that does not belong to the group.
  init?(name: String, options: LeaderOptions, _ context: ProcessContext) {
    let node = context.node
    var candidates = Set(options.candidates)
    if let seed = options.seed {
      candidates.insert(seed)
      if !options.workers.contains(node) { candidates.insert(node) }
    }
    guard candidates.contains(node) || options.workers.contains(node) else { return nil }
    self.name = name
    self.options = options
    var own = LeaderRecord(
      pid: context.pid, isCandidate: candidates.contains(node), candidates: candidates,
      workers: Set(options.workers).subtracting(candidates))
    own.highest = context.kept(Self.fenceKey(name))
    map = LeaderMap(own: own)
    phase = .electing(since: context.now)
  }

  static func fenceKey(_ name: String) -> String { "gen_leader \(name)" }

  // MARK: - Being in touch

  /// Looks for everybody who is not there and is not looked for already.
  mutating func probeMissing(_ context: inout ProcessContext) {
    let sought = Set(probes.values.map(\.node))
    for node in missing where !sought.contains(node) {
      let hello = LeaderHello(records: map.records)
      let mark = context.call(hello, to: .remoteName(name, node))
      let isFirst = known.insert(node).inserted
      probes[mark] = Probe(node: node, since: context.now, isFirst: isFirst)
    }
  }

  var missing: [NodeID] {
    map.own.candidates.union(map.own.workers)
      .filter { $0 != map.own.pid.node && peers[$0] == nil }.sorted()
  }

  /// Whether somebody has been asked for the first time, and has not had the time of a heartbeat
  /// to answer.
  func isAsking(_ context: ProcessContext) -> Bool {
    probes.values.contains { $0.isFirst && context.now - $0.since < options.heartbeat }
  }

  /// A process of the group has said hello.
  mutating func greeted(
    _ hello: LeaderHello, by caller: Caller, _ context: inout ProcessContext
  ) {
    guard let pid = caller.pid, pid != context.pid else { return }
    meet(pid, &context)
    absorb(hello.records, from: pid.node, &context)
    context.reply(to: caller, LeaderHello(records: map.records))
  }

  mutating func meet(_ pid: PID, _ context: inout ProcessContext) {
    if let known = peers[pid.node] {
      guard known.pid != pid else { return }
      context.demonitor(known.mark, flush: true)
      offered.remove(known.pid)
    }
    peers[pid.node] = Peer(pid: pid, mark: context.monitorQuietly(pid))
    changeOwn { $0.peers[pid.node] = pid }
  }

  mutating func changeOwn(_ change: (inout LeaderRecord) -> Void) {
    change(&map.own)
    map.own.version += 1
  }

  /// Takes over what is new, and passes it on.
  mutating func absorb(
    _ records: [LeaderRecord], from node: NodeID, _ context: inout ProcessContext
  ) {
    let new = map.absorb(records)
    guard !new.isEmpty else { return }
    for (other, peer) in peers.sorted(by: { $0.key < $1.key }) where other != node {
      tell(peer.pid, .records(new), &context)
    }
    probeMissing(&context)
  }

  func tell(_ pid: PID, _ content: LeaderLetter.Content, _ context: inout ProcessContext) {
    context.cast(LeaderLetter(from: context.pid, content: content), to: pid)
  }

  /// Tells everybody what has changed here.
  mutating func tellChanges(_ context: inout ProcessContext) {
    guard toldVersion < map.own.version else { return }
    toldVersion = map.own.version
    for (_, peer) in peers.sorted(by: { $0.key < $1.key }) {
      tell(peer.pid, .records([map.own]), &context)
    }
  }
}
