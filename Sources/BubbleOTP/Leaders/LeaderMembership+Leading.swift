import BubbleEvents
import BubbleKernel

extension LeaderMembership {
  // MARK: - Leading

  /// Leads from now on, with a new fencing number, which it returns.
  ///
  /// Each node has numbers of its own, those with its remainder by the number of nodes, and keeps
  /// the last over its lives.
  mutating func claim(overruling overruled: [Int], _ context: inout ProcessContext) -> Int {
    let nodes = max(1, context.nodeNames.names.count)
    let remainder = Int(context.node.number) % nodes
    let last = max(map.own.highest, context.kept(Self.fenceKey(name)))
    var fence = last - last % nodes + remainder
    if fence <= last { fence += nodes }
    context.keep(fence, as: Self.fenceKey(name))
    changeOwn {
      $0.claim = LeaderRecord.Claim(fence: fence, overruled: overruled)
      $0.highest = fence
    }
    phase = .leading
    offered = []
    return fence
  }

  /// Leads no more.
  mutating func resign(_ context: ProcessContext) {
    changeOwn { $0.claim = nil }
    phase = .electing(since: context.now)
    offered = []
  }

  /// Tells the candidates that it is in touch with to follow.
  mutating func offerToCandidates(_ synch: Term, _ context: inout ProcessContext) {
    for (node, peer) in peers.sorted(by: { $0.key < $1.key })
    where map[node]?.isCandidate == true {
      offer(synch, to: peer.pid, &context)
    }
  }

  /// Tells the process of a node to follow.
  mutating func offer(_ synch: Term, to node: NodeID, _ context: inout ProcessContext) {
    if let peer = peers[node] { offer(synch, to: peer.pid, &context) }
  }

  private mutating func offer(_ synch: Term, to pid: PID, _ context: inout ProcessContext) {
    guard let fence = map.own.claim?.fence else { return }
    offered.insert(pid)
    tell(pid, .offer(fence: fence, synch: synch), &context)
  }

  /// Tells all who follow, but one, in the order of the nodes' numbers.
  func broadcast(
    _ broadcast: Term, except node: NodeID? = nil, _ context: inout ProcessContext
  ) {
    guard let fence = map.own.claim?.fence else { return }
    for (other, peer) in peers.sorted(by: { $0.key < $1.key })
    where other != node && offered.contains(peer.pid) {
      tell(peer.pid, .broadcast(fence: fence, broadcast), &context)
    }
  }

  /// The group as this process sees it.
  func election(_ context: ProcessContext) -> LeaderElection {
    let names = context.nodeNames
    func sorted(_ nodes: Set<NodeID>) -> [NodeID] {
      nodes.sorted { (names[$0], $0) < (names[$1], $1) }
    }
    let alive = map.candidates.filter { $0 == context.node || peers[$0] != nil }
    var election = LeaderElection(
      candidates: sorted(map.candidates), workers: sorted(map.own.workers), alive: sorted(alive))
    switch phase {
    case .leading:
      election.leader = context.pid
      election.fence = map.own.claim?.fence
    case .following(let leader, let fence):
      election.leader = leader
      election.fence = fence
    case .electing, .leaderless: break
    }
    return election
  }

  // MARK: - Deciding

  /// Something that the group's state asks of this process.
  enum Step: Sendable {
    case claim(overruling: [Int])
    case resign
    case surrender(Offer)
    case welcome(NodeID)
  }

  /// What is to be done next; nil for nothing.
  mutating func nextStep(_ context: ProcessContext) -> Step? {
    let names = context.nodeNames
    let part = map.part.sorted { (names[$0], $0) < (names[$1], $1) }
    let best = part.first { map.mayLead($0, needsMajority: options.needsMajority) }
    let rivals = part.filter { $0 != context.node }.compactMap { map[$0] }
      .filter { $0.claim != nil }
    if let claim = map.own.claim {
      return nextStep(leading: claim, rivals.compactMap(\.claim), best == context.node, part)
    }
    if case .following(let leader, let fence) = phase,
      rivals.contains(where: { $0.pid == leader && $0.claim?.fence == fence }),
      peers[leader.node]?.pid == leader,
      rivals.count == 1 || best != context.node
    {
      return nil
    }
    if rivals.count == 1 {
      let leader = rivals[0]
      if let offer = offers[leader.pid.node], offer.leader == leader.pid,
        offer.fence == leader.claim?.fence
      {
        return .surrender(offer)
      }
    } else if best == context.node, !rivals.isEmpty || !isAsking(context) {
      return .claim(overruling: rivals.compactMap(\.claim?.fence))
    }
    expect(part, isHopeless: rivals.isEmpty && best == nil && !isAsking(context), context)
    return nil
  }

  private func nextStep(
    leading claim: LeaderRecord.Claim, _ rivals: [LeaderRecord.Claim], _ isBest: Bool,
    _ part: [NodeID]
  ) -> Step? {
    if !map.mayLead(map.own.pid.node, needsMajority: options.needsMajority) { return .resign }
    if rivals.contains(where: { $0.overruled.contains(claim.fence) }) { return .resign }
    guard rivals.allSatisfy({ claim.overruled.contains($0.fence) }) else {
      return isBest ? .claim(overruling: rivals.map(\.fence)) : nil
    }
    let joined = part.first { node in
      guard let peer = peers[node], !offered.contains(peer.pid) else { return false }
      return map.areInTouch(map.own.pid.node, node) && map[node]?.claim == nil
    }
    return joined.map(Step.welcome)
  }

  /// Waits for an election to end, unless it cannot.
  private mutating func expect(
    _ part: [NodeID], isHopeless: Bool, _ context: ProcessContext
  ) {
    let hasCandidate = part.contains { map[$0]?.isCandidate == true }
    if isHopeless, hasCandidate {
      phase = .leaderless("no_majority")
      return
    }
    switch phase {
    case .electing, .leaderless: break
    case .leading, .following: phase = .electing(since: context.now)
    }
  }
}
