import BubbleEvents
import BubbleKernel

extension GenLeaderBody {
  // MARK: - Elections

  /// Does all that follows from what has come, tells it, and waits for what may come next.
  mutating func settle(_ context: inout ProcessContext) {
    hearRest(&context)
    while pending == nil, !context.isEnding, let step = membership?.nextStep(context) {
      perform(step, &context)
      membership?.tellChanges(&context)
    }
    guard !context.isEnding else { return }
    membership?.tellChanges(&context)
    do {
      try membership?.keepBeating(&context)
    } catch {
      return end(LeaderEnding(raised: error), &context)
    }
    if pending == nil, case .electing = membership?.phase, let membership {
      context.wait(for: membership.awaited())
    }
  }

  private mutating func perform(
    _ step: LeaderMembership.Step, _ context: inout ProcessContext
  ) {
    switch step {
    case .claim(let overruled): claim(overruling: overruled, &context)
    case .resign:
      membership?.resign(context)
      context.post(.node(context.node, .leaderResigned(.atom(name), context.pid)))
      _ = runAtOnce(&context) { leader, election, context in
        try leader.resigned(election, &context)
      }
    case .surrender(let offer): surrender(to: offer, &context)
    case .welcome(let node): welcome(node, &context)
    }
  }

  private mutating func claim(overruling overruled: [Int], _ context: inout ProcessContext) {
    let lostLeader = membership?.lostLeader
    membership?.lostLeader = nil
    guard let fence = membership?.claim(overruling: overruled, &context) else { return }
    context.post(.node(context.node, .leaderElected(.atom(name), context.pid, fence: fence)))
    let synch = runAtOnce(&context) { leader, election, context in
      try leader.elected(election, joining: nil, &context)
    }
    guard let synch else { return }
    membership?.tellChanges(&context)
    membership?.offerToCandidates(synch.term, &context)
    if let lostLeader, membership?.peers[lostLeader] == nil { lost(lostLeader, &context) }
  }

  private mutating func surrender(
    to offer: LeaderMembership.Offer, _ context: inout ProcessContext
  ) {
    membership?.offers = [:]
    membership?.lostLeader = nil
    membership?.phase = .following(offer.leader, fence: offer.fence)
    context.post(
      .node(
        context.node, .leaderSurrendered(.atom(name), context.pid, to: offer.leader)))
    _ = runAtOnce(&context) { leader, election, context in
      try leader.surrendered(to: offer.synch, election, &context)
    }
    unheard = offer.broadcasts
    hearRest(&context)
  }

  /// Hears what came before this process followed, until a callback waits.
  private mutating func hearRest(_ context: inout ProcessContext) {
    while pending == nil, !context.isEnding, !unheard.isEmpty {
      heard(unheard.removeFirst(), &context)
    }
  }

  private mutating func welcome(_ node: NodeID, _ context: inout ProcessContext) {
    let synch = runAtOnce(&context) { leader, election, context in
      try leader.elected(election, joining: node, &context)
    }
    guard let synch else { return }
    membership?.offer(synch.term, to: node, &context)
    if options.informsAll, case .all(let term) = synch {
      membership?.broadcast(term, except: node, &context)
    }
  }
}
