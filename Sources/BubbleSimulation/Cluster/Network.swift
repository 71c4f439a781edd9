internal import BubbleEvents
internal import BubbleKernel

/// The network between the nodes of a cluster, as a value: it takes departures and says what
/// happens at which node when.
///
/// In one instant first losses are noticed, then connections made, then signals arrive; each in
/// the order of the nodes' names, the sender's first.
struct Network: Sendable {
  /// What happens at a node.
  enum Act: Sendable {
    case deliver(Signal, cause: Event.ID?)
    case connect(NodeID, with: NodeID, isHidden: Bool, cause: Event.ID?)
    case disconnect(NodeID, from: NodeID, NodeDownReason, cause: Event.ID?)
  }

  let options: ClusterOptions
  private let isHidden: [Bool]
  private(set) var isRunning: [Bool]
  /// The nodes in the order of their names.
  private let order: [Int]
  private var lanes: [Lane]
  private var cables: [Cable]
  private var generator: SplitMix64

  init(_ nodes: [NodeSpec], options: ClusterOptions, seed: UInt64) {
    self.options = options
    isHidden = nodes.map(\.isHidden)
    isRunning = nodes.map(\.isRunning)
    order = nodes.indices.sorted { (nodes[$0].name, $0) < (nodes[$1].name, $1) }
    lanes = Array(repeating: Lane(), count: nodes.count * nodes.count)
    cables = Array(
      repeating: Cable(latency: options.latency, bandwidth: options.bandwidth),
      count: nodes.count * nodes.count)
    generator = SplitMix64(seed: seed)
  }

  private var count: Int { isHidden.count }

  private func index(_ node: NodeID) -> Int? {
    let index = Int(node.number) - 1
    return isHidden.indices.contains(index) ? index : nil
  }

  private func lane(_ from: Int, _ to: Int) -> Int { from * count + to }

  private func cable(_ one: Int, _ other: Int) -> Int {
    min(one, other) * count + max(one, other)
  }

  private func id(_ index: Int) -> NodeID { NodeID(UInt32(index) + 1) }

  /// Both directions between each two nodes, in the order of names.
  private var pairs: [(from: Int, to: Int)] {
    order.flatMap { from in order.filter { $0 != from }.map { (from, $0) } }
  }

  // MARK: - What nodes ask for

  /// Takes what leaves a node; what happens at once because of it.
  mutating func accept(_ departure: Departure, from node: NodeID, now: RuntimeInstant) -> [Act] {
    guard let from = index(node) else { return [] }
    guard let to = index(departure.node), to != from else {
      return [.disconnect(node, from: departure.node, .connectionClosed, cause: departure.cause)]
    }
    let path = lane(from, to)
    switch departure.content {
    case .disconnect:
      close(from, to, now: now, cause: departure.cause)
      return []
    case .signal(let signal):
      if let connection = lanes[path].belief {
        let cable = cables[cable(from, to)]
        guard cable.live == connection else { return [] }
        lanes[path].add(
          .signal(signal), at: now, over: cable, connection, cause: departure.cause)
        return []
      }
      return want(departure, isExplicit: false, from, to, now: now)
    case .connect(_, let isExplicit):
      guard lanes[path].belief == nil else { return [] }
      return want(departure, isExplicit: isExplicit, from, to, now: now)
    }
  }

  /// Lets a departure wait for a connection, or refuses it.
  private mutating func want(
    _ departure: Departure, isExplicit: Bool, _ from: Int, _ to: Int, now: RuntimeInstant
  ) -> [Act] {
    let path = lane(from, to)
    guard isExplicit || lanes[path].isWanted || mayConnect(lanes[path]) else {
      return [
        .disconnect(id(from), from: id(to), .connectionClosed, cause: departure.cause)
      ]
    }
    lanes[path].waiting.append(departure)
    if !lanes[path].isWanted { lanes[path].cause = departure.cause }
    lanes[path].isWanted = true
    let cable = cable(from, to)
    if cables[cable].setUp == nil {
      let time = cables[cable].isCut ? options.setUpTime : cables[cable].latency * 2
      cables[cable].setUp = now + time
    }
    return []
  }

  private func mayConnect(_ lane: Lane) -> Bool {
    switch options.autoConnect {
    case .always: true
    case .once: !lane.wasConnected
    case .never: false
    }
  }

  /// Ends a connection at one end; the other one hears of it behind all that was sent before.
  private mutating func close(_ from: Int, _ to: Int, now: RuntimeInstant, cause: Event.ID?) {
    let path = lane(from, to)
    guard let connection = lanes[path].belief else { return }
    lanes[path].belief = nil
    lanes[path].notice = nil
    let cable = cable(from, to)
    guard cables[cable].live == connection else { return }
    cables[cable].live = nil
    lanes[path].add(.closed, at: now, over: cables[cable], connection, cause: cause)
  }

  // MARK: - What becomes of cables and nodes

  /// Cuts a cable: what is under way is lost, and each end notices in its time.
  mutating func cut(
    _ one: NodeID, _ other: NodeID, now: RuntimeInstant, cause: Event.ID?
  ) {
    guard let one = index(one), let other = index(other), one != other else { return }
    cables[cable(one, other)].isCut = true
    cables[cable(one, other)].live = nil
    for (from, to) in [(one, other), (other, one)] {
      let path = lane(from, to)
      lanes[path].flights = []
      guard let connection = lanes[path].belief, lanes[path].notice == nil else { continue }
      lanes[path].notice = notice(connection, now, cause)
    }
  }

  private mutating func notice(
    _ connection: Int, _ now: RuntimeInstant, _ cause: Event.ID?
  ) -> Lane.Notice {
    switch options.noticing {
    case .atOnce:
      return Lane.Notice(
        instant: now, connection: connection, reason: .connectionClosed, cause: cause)
    case .ticks(let time):
      let quarter = time / 4
      let part = Double(generator.next() >> 11) / Double(1 << 53)
      return Lane.Notice(
        instant: now + quarter * 3 + quarter * 2 * part, connection: connection,
        reason: .tickTimeout, cause: cause)
    }
  }

  /// Makes a cable whole again; nobody connects by this alone (OTP: D3).
  mutating func heal(_ one: NodeID, _ other: NodeID) {
    guard let one = index(one), let other = index(other) else { return }
    cables[cable(one, other)].isCut = false
  }

  func isCut(_ one: NodeID, _ other: NodeID) -> Bool {
    guard let one = index(one), let other = index(other) else { return true }
    return cables[cable(one, other)].isCut
  }

  mutating func setLatency(_ latency: Duration, _ one: NodeID, _ other: NodeID) {
    guard let one = index(one), let other = index(other) else { return }
    cables[cable(one, other)].latency = latency
  }

  mutating func setBandwidth(_ bandwidth: Int?, _ one: NodeID, _ other: NodeID) {
    guard let one = index(one), let other = index(other) else { return }
    cables[cable(one, other)].bandwidth = bandwidth
  }

  /// Takes note that a node has stopped: its sockets are closed (OTP: D46).
  mutating func stop(_ node: NodeID, now: RuntimeInstant, cause: Event.ID?) {
    guard let stopped = index(node) else { return }
    isRunning[stopped] = false
    for other in 0..<count where other != stopped {
      close(stopped, other, now: now, cause: cause)
      let flights = lanes[lane(stopped, other)].flights
      lanes[lane(stopped, other)].reset()
      lanes[lane(stopped, other)].flights = flights
      lanes[lane(other, stopped)].flights = []
    }
  }

  mutating func start(_ node: NodeID) {
    if let node = index(node) { isRunning[node] = true }
  }
}

extension Network {
  // MARK: - What time brings

  /// When something happens next.
  var nextInstant: RuntimeInstant? {
    var next: RuntimeInstant?
    func consider(_ instant: RuntimeInstant?) {
      if let instant { next = min(next ?? instant, instant) }
    }
    for cable in cables { consider(cable.setUp) }
    for lane in lanes {
      consider(lane.notice?.instant)
      consider(lane.flights.first?.arrival)
    }
    return next
  }

  /// Whether more is under way than messages between processes that are told of: an end, a loss, a
  /// connection that can be made, or what the system says.
  func isChanging(isUntold: (PID) -> Bool) -> Bool {
    cables.contains { $0.setUp != nil && !$0.isCut }
      || lanes.contains { lane in
        lane.notice != nil || lane.flights.contains { $0.load.isChange(isUntold: isUntold) }
      }
  }

  /// Takes out what happens by that instant, in order.
  mutating func takeActs(dueBy now: RuntimeInstant) -> [Act] {
    guard let next = nextInstant, next <= now else { return [] }
    var acts = takeLosses(dueBy: now)
    for (from, to) in pairs { finishSetUp(from, to, now, &acts) }
    for (from, to) in pairs { arrive(from, to, now, &acts) }
    return acts
  }

  /// Takes out the losses that are noticed by that instant, in order.
  mutating func takeLosses(dueBy now: RuntimeInstant) -> [Act] {
    var acts: [Act] = []
    for (from, to) in pairs { notice(from, to, now, &acts) }
    return acts
  }

  private mutating func notice(
    _ from: Int, _ to: Int, _ now: RuntimeInstant, _ acts: inout [Act]
  ) {
    let path = lane(from, to)
    guard let notice = lanes[path].notice, notice.instant <= now else { return }
    lanes[path].notice = nil
    guard lanes[path].belief == notice.connection else { return }
    lanes[path].belief = nil
    acts.append(.disconnect(id(from), from: id(to), notice.reason, cause: notice.cause))
  }

  /// Makes the connection between two nodes, or gives up on it.
  private mutating func finishSetUp(
    _ one: Int, _ other: Int, _ now: RuntimeInstant, _ acts: inout [Act]
  ) {
    let cable = cable(one, other)
    guard let due = cables[cable].setUp, due <= now else { return }
    cables[cable].setUp = nil
    let isPossible = isRunning[one] && isRunning[other] && !cables[cable].isCut
    let ends = [(one, other), (other, one)]
    if isPossible {
      cables[cable].count += 1
      cables[cable].live = cables[cable].count
    }
    let cause = lanes[lane(one, other)].cause ?? lanes[lane(other, one)].cause
    for (from, to) in ends {
      let path = lane(from, to)
      let waiting = lanes[path].waiting
      let wasWanted = lanes[path].isWanted
      lanes[path].waiting = []
      lanes[path].isWanted = false
      lanes[path].cause = nil
      if isPossible {
        establish(from, to, now, cause, &acts)
        send(waiting, path, over: cables[cable], now)
      } else if wasWanted, isRunning[from] {
        acts.append(.disconnect(id(from), from: id(to), .connectionClosed, cause: cause))
      }
    }
  }

  /// Sends the signals that have waited for a connection.
  private mutating func send(
    _ waiting: [Departure], _ path: Int, over cable: Cable, _ now: RuntimeInstant
  ) {
    for departure in waiting {
      guard case .signal(let signal) = departure.content else { continue }
      lanes[path].add(
        .signal(signal), at: now, over: cable, cable.count, cause: departure.cause)
    }
  }

  /// Lets one end believe in the new connection; one that it still believes in is lost first.
  private mutating func establish(
    _ from: Int, _ to: Int, _ now: RuntimeInstant, _ cause: Event.ID?, _ acts: inout [Act]
  ) {
    let path = lane(from, to)
    if lanes[path].belief != nil {
      acts.append(.disconnect(id(from), from: id(to), .connectionClosed, cause: cause))
    }
    lanes[path].notice = nil
    lanes[path].belief = cables[cable(from, to)].count
    lanes[path].wasConnected = true
    lanes[path].sent = now
    acts.append(
      .connect(
        id(from), with: id(to), isHidden: isHidden[from] || isHidden[to], cause: cause))
  }

  /// Hands over what has arrived; what belongs to a connection that the receiver does not believe
  /// in is dropped.
  private mutating func arrive(
    _ from: Int, _ to: Int, _ now: RuntimeInstant, _ acts: inout [Act]
  ) {
    let back = lane(to, from)
    for flight in lanes[lane(from, to)].takeArrived(by: now)
    where lanes[back].belief == flight.connection {
      switch flight.load {
      case .signal(let signal): acts.append(.deliver(signal, cause: flight.cause))
      case .closed:
        lanes[back].belief = nil
        lanes[back].notice = nil
        acts.append(.disconnect(id(to), from: id(from), .connectionClosed, cause: flight.cause))
      }
    }
  }
}
