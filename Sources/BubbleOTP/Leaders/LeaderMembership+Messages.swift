import BubbleEvents
import BubbleKernel

extension LeaderMembership {
  // MARK: - What comes

  /// Takes a letter of the election; false for one that is for the process itself.
  mutating func take(_ letter: LeaderLetter, _ context: inout ProcessContext) -> Bool {
    let node = letter.from.node
    switch letter.content {
    case .records(let records):
      if peers[node]?.pid == letter.from { absorb(records, from: node, &context) }
      return true
    case .offer(let fence, let synch):
      if peers[node]?.pid == letter.from {
        offers[node] = Offer(leader: letter.from, fence: fence, synch: synch)
      }
      return true
    case .broadcast(let fence, let broadcast):
      if case .following(letter.from, fence) = phase { return false }
      if offers[node]?.leader == letter.from, offers[node]?.fence == fence {
        offers[node]?.broadcasts.append(broadcast)
      }
      return true
    case .order: return false
    }
  }

  /// Takes an answer to the group's own calls; false for another one.
  mutating func answered(
    _ mark: Reference, _ answer: any Sendable, _ context: inout ProcessContext
  ) -> Bool {
    if let probe = probes.removeValue(forKey: mark) {
      if let hello = unpack(answer, as: LeaderHello.self),
        let record = hello.records.first(where: { $0.pid.node == probe.node })
      {
        meet(record.pid, &context)
        absorb(hello.records, from: probe.node, &context)
        // What has become known since the question.
        tell(record.pid, .records(map.records), &context)
      }
      return true
    }
    guard let caller = handedOn.removeValue(forKey: mark) else { return false }
    context.reply(to: caller, answer)
    return true
  }

  /// What the end of a monitor was about.
  enum End: Sendable {
    /// It was the group's own; the node of a candidate that is lost to a leader.
    case own(NodeID?)
    case foreign
  }

  /// Takes note of the end of one of the group's own monitors.
  mutating func ended(_ mark: Reference, _ context: inout ProcessContext) -> End {
    if probes.removeValue(forKey: mark) != nil { return .own(nil) }
    if let caller = handedOn.removeValue(forKey: mark) {
      context.reply(to: caller, LeaderFailure(reason: "leader_died"))
      return .own(nil)
    }
    guard let (node, peer) = peers.first(where: { $0.value.mark == mark }) else {
      return .foreign
    }
    peers[node] = nil
    offered.remove(peer.pid)
    offers[node] = nil
    if case .following(peer.pid, _) = phase { lostLeader = node }
    let isCandidate = map[node]?.isCandidate ?? false
    changeOwn { $0.peers[node] = nil }
    return .own(phase == .leading && isCandidate ? node : nil)
  }

  /// Hands an order on to the leader.
  mutating func handOn(
    _ order: LeaderOrder, from caller: Caller, to leader: PID, _ context: inout ProcessContext
  ) {
    handedOn[context.call(order, to: leader)] = caller
  }

  /// The heartbeat: looks for those who are missing, and gives up on an election that lasts.
  mutating func beatCame(_ mark: Reference, _ context: inout ProcessContext) {
    guard mark == beat else { return }
    beat = nil
    probeMissing(&context)
    if case .electing(let since) = phase, context.now - since >= options.heartbeat {
      phase = .leaderless("no_leader")
    }
  }

  /// Lets the heart beat while somebody is missing, or an election goes on.
  mutating func keepBeating(_ context: inout ProcessContext) throws {
    var isElecting = false
    if case .electing = phase { isElecting = true }
    guard beat == nil, isElecting || !missing.isEmpty else { return }
    beat = try context.startTimer(options.heartbeat, LeaderBeat(), to: .pid(context.pid))
  }

  /// Whether a message has to do with an election, and so does not wait for its end.
  func awaited() -> Awaited {
    let marks = Set(probes.keys).union(handedOn.keys).union(peers.values.map(\.mark))
    return .message { message in
      switch message {
      case .call(let payload, _): payload is LeaderHello
      case .cast(let payload):
        if let letter = unpack(payload, as: LeaderLetter.self) {
          letter.isOfElection
        } else {
          false
        }
      case .reply(let mark, _), .down(let mark, _, _): marks.contains(mark)
      case .timer(_, let payload): payload is LeaderBeat
      case .exit: true
      case .system(.terminate, _): true
      case .plain, .started, .system, .control: false
      }
    }
  }
}

extension LeaderLetter {
  /// Whether it is not for the process itself.
  var isOfElection: Bool {
    if case .order = content { false } else { true }
  }
}
