internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// Applications that run on one of several nodes (OTP: dist_ac).
///
/// Controllers tell each other how an application stands with them, and each decides by that.
extension ApplicationController {
  /// Takes note of where applications may run, and listens to the other nodes.
  mutating func beginDistribution(_ context: inout ProcessContext) {
    let node = context.node
    for place in distributed where place.priority(of: node) != nil {
      distributions[place.name] = ApplicationDistribution(place: place, node: node)
    }
    if !distributions.isEmpty { context.monitorNodes() }
  }

  /// Begins a start that the nodes have to agree on; the reply when it is over at once.
  mutating func startDistributed(
    _ name: String, _ restart: ApplicationRestart, for requester: Requester,
    _ context: inout ProcessContext
  ) -> ApplicationReply? {
    guard let known = distributions[name] else { return nil }
    if known.own.isStarted, !known.own.isWaiting, known.runner != nil {
      return .error(.tuple(["already_started", .atom(name)]))
    }
    distributions[name]?.waiting.append(requester)
    distributions[name]?.restart = restart
    distributions[name]?.own.isStarted = true
    distributions[name]?.own.isWaiting = true
    for node in known.nodes where !context.isConnected(to: node) {
      distributions[name]?.connecting.insert(context.connect(to: node))
    }
    tellStand(name, asks: true, &context)
    context.send(letter(name, .decide, context), to: context.pid)
    return nil
  }

  private func letter(
    _ name: String, _ content: ApplicationLetter.Content, _ context: ProcessContext
  ) -> ApplicationLetter {
    ApplicationLetter(from: context.node, application: name, content: content)
  }

  private func tell(
    _ node: NodeID, _ name: String, _ content: ApplicationLetter.Content,
    _ context: inout ProcessContext
  ) {
    guard context.isConnected(to: node) else { return }
    context.deliver(
      .plain(letter(name, content, context)), to: .remoteName("application_controller", node))
  }

  private func tellStand(_ name: String, asks: Bool = false, _ context: inout ProcessContext) {
    guard let distribution = distributions[name] else { return }
    for node in distribution.nodes {
      tell(node, name, .stand(distribution.own, asks: asks), &context)
    }
  }

  // MARK: - Deciding

  /// Does what is to be done on this node; a reason when the controller has to end.
  mutating func decide(_ name: String, _ context: inout ProcessContext) -> ExitReason? {
    guard let distribution = distributions[name], distribution.connecting.isEmpty,
      !distribution.own.runs, !isStarting(name)
    else { return nil }
    if let runner = distribution.runner {
      endLoss(name, &context)
      guard distribution.own.isWaiting else { return nil }
      guard !distribution.isBefore(runner) else {
        return begin(name, .takeover(runner), &context)
      }
      distributions[name]?.own.isWaiting = false
      distributions[name]?.waiting = []
      tellStand(name, &context)
      return answer(distribution.waiting, name, .ok, &context)
    }
    guard distribution.best(context.nodeNames) == context.node else { return nil }
    if let loss = distribution.loss {
      guard loss.timer == nil else { return nil }
      let hasPhases = available[name]?.resource.startPhases != nil
      return begin(name, hasPhases ? .failover(loss.node) : .normal, &context)
    }
    let connected = distribution.nodes.filter { context.isConnected(to: $0) }
    let stands = connected.map { distribution.others[$0] } + [distribution.own]
    guard stands.allSatisfy({ $0?.isStarted == true }),
      stands.contains(where: { $0?.isWaiting == true })
    else { return nil }
    return begin(name, .normal, &context)
  }

  private mutating func begin(
    _ name: String, _ type: ApplicationStartType, _ context: inout ProcessContext
  ) -> ExitReason? {
    guard let definition = available[name], let distribution = distributions[name] else {
      return nil
    }
    if !loaded.contains(name) { _ = load(name, &context) }
    endLoss(name, &context)
    distributions[name]?.waiting = []
    distributions[name]?.own.isStarted = true
    distributions[name]?.own.isWaiting = false
    if case .takeover(let node) = type { distributions[name]?.takesOver = node }
    let reply = begin(definition, type, distribution.restart, distribution.waiting, &context)
    return reply.flatMap { answer(distribution.waiting, name, $0, &context) }
  }

  private mutating func endLoss(_ name: String, _ context: inout ProcessContext) {
    if let timer = distributions[name]?.loss?.timer { context.cancelTimer(timer) }
    distributions[name]?.loss = nil
  }

  // MARK: - What happens here

  /// An application has started here, or could not.
  mutating func distributedStarted(
    _ name: String, _ isRunning: Bool, _ context: inout ProcessContext
  ) {
    guard let node = distributions[name].map(\.takesOver) else { return }
    distributions[name]?.takesOver = nil
    distributions[name]?.own.runs = isRunning
    distributions[name]?.own.isStarted = isRunning
    tellStand(name, &context)
    if isRunning, let node { tell(node, name, .giveUp, &context) }
  }

  /// An application does not run here any more; unless it moves, it is not to be started elsewhere
  /// (OTP: D187, D188).
  mutating func distributedStopped(_ name: String, _ context: inout ProcessContext) {
    guard let distribution = distributions[name] else { return }
    distributions[name]?.own.runs = false
    if !distribution.isMoving { distributions[name]?.own.isStarted = false }
    distributions[name]?.isMoving = false
    // A machine that ends loses its connections, and then another one takes over (OTP: D189).
    if !isEnding { tellStand(name, &context) }
  }

  /// Stops an application that was started here and runs elsewhere; false for any other.
  mutating func stopWaiting(_ name: String, _ context: inout ProcessContext) -> Bool {
    guard let own = distributions[name]?.own, own.isStarted, !isStarting(name) else {
      return false
    }
    distributions[name]?.own = ApplicationStand(isPermitted: own.isPermitted)
    tellStand(name, &context)
    return true
  }

  /// Moves an application here from where it runs (OTP: application:takeover).
  mutating func takeOver(
    _ name: String, _ restart: ApplicationRestart, for requester: Requester,
    _ context: inout ProcessContext
  ) -> ApplicationReply? {
    guard let distribution = distributions[name], let runner = distribution.runner,
      !isStarting(name)
    else { return .error(.tuple(["not_running_distributed", .atom(name)])) }
    guard runner != context.node else {
      return .error(.tuple(["already_running_locally", .atom(name)]))
    }
    distributions[name]?.restart = restart
    distributions[name]?.waiting.append(requester)
    _ = begin(name, .takeover(runner), &context)
    return nil
  }

  /// Says whether an application may run here; one that does moves to another node, or stops
  /// (OTP: application:permit).
  mutating func permit(
    _ name: String, _ isPermitted: Bool, _ context: inout ProcessContext
  ) -> CallResult<ApplicationController> {
    guard let distribution = distributions[name] else {
      return .reply(.error(.tuple(["not_distributed", .atom(name)])))
    }
    distributions[name]?.own.isPermitted = isPermitted
    tellStand(name, &context)
    if isPermitted, let runner = distribution.runner, runner != context.node,
      distributions[name]?.isBefore(runner) == true, distribution.own.isStarted
    {
      _ = begin(name, .takeover(runner), &context)
    } else if !isPermitted, distribution.own.runs {
      guard let next = distribution.best(context.nodeNames, includingOwn: false) else {
        distributions[name]?.isMoving = true
        let done = CallResult<ApplicationController>.reply(.ok)
        return stopping(name, &context) { _, _ in done }.map(CallResult.wait) ?? done
      }
      tell(next, name, .takeOver, &context)
    }
    return .reply(.ok)
  }

  // MARK: - What other nodes tell

  mutating func take(
    _ letter: ApplicationLetter, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    let name = letter.application
    guard let distribution = distributions[name] else { return .noReply }
    switch letter.content {
    case .stand(let stand, let asks):
      distributions[name]?.others[letter.from] = stand
      if asks { tell(letter.from, name, .stand(distribution.own, asks: false), &context) }
    case .giveUp:
      guard distribution.own.runs else { return .noReply }
      distributions[name]?.isMoving = true
      return stopping(name, &context) { _, _ in .noReply }.map(CastResult.wait) ?? .noReply
    case .takeOver:
      guard !distribution.own.runs, !isStarting(name) else { return .noReply }
      return ended(begin(name, .takeover(letter.from), &context))
    case .decide: break
    }
    return ended(decide(name, &context))
  }

  /// A node has come or gone.
  mutating func take(
    _ status: NodeStatus, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    for name in distributions.keys.sorted() {
      guard let distribution = distributions[name], distribution.nodes.contains(status.node)
      else { continue }
      if status.isUp {
        tell(status.node, name, .stand(distribution.own, asks: false), &context)
        continue
      }
      let stand = distributions[name]?.others.removeValue(forKey: status.node)
      if stand?.runs == true, distribution.own.isStarted, distributions[name]?.runner == nil {
        lost(status.node, name, distribution.place.timeout, &context)
      }
      if let reason = decide(name, &context) { return .stop(reason) }
    }
    return .noReply
  }

  private mutating func lost(
    _ node: NodeID, _ name: String, _ timeout: Duration, _ context: inout ProcessContext
  ) {
    let nextLetter = letter(name, .decide, context)
    do {
      let timer = try context.startTimer(timeout, nextLetter, to: .pid(context.pid))
      distributions[name]?.loss = ApplicationDistribution.Loss(node: node, timer: timer)
    } catch {
      distributions[name]?.loss = ApplicationDistribution.Loss(node: node, timer: nil)
    }
  }

  /// The time for a lost node to return has passed.
  mutating func timePassed(
    _ mark: Reference, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    guard let name = distributions.first(where: { $0.value.loss?.timer == mark })?.key else {
      return .noReply
    }
    distributions[name]?.loss?.timer = nil
    return ended(decide(name, &context))
  }

  /// A connection has been made, or could not be.
  mutating func connected(
    _ mark: Reference, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    for name in distributions.keys.sorted()
    where distributions[name]?.connecting.remove(mark) != nil {
      if let reason = decide(name, &context) { return .stop(reason) }
    }
    return .noReply
  }
}
