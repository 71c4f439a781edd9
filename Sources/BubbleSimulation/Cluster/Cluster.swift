public import BubbleEvents
public import BubbleKernel

/// Several nodes and the network between them, as one value on one virtual clock.
///
/// In each instant the nodes run in the order of their names, each until nobody on it is ready;
/// then what has arrived is handed over, and they run again; when nothing arrives any more, time
/// moves on. The same seed and the same requests give the same events, byte for byte. A copy runs
/// ahead, or another way, and the original does not change.
///
/// Events are numbered through all nodes, and name causes on other nodes.
public struct Cluster: Sendable {
  /// What runs on a node from its start, such as its name server; begun whenever the node starts.
  public typealias Boot = @Sendable (inout Kernel) -> Void

  /// A node, and the life that it lives or lived last.
  private struct Node: Sendable {
    var spec: NodeSpec
    var kernel: Kernel
    var isRunning: Bool { spec.isRunning }
    var isReady: Bool { isRunning && kernel.hasReadyProcess }
  }

  /// Turns that one instant may hold; then time moves on by a millisecond.
  public var turnsPerInstant = 1_000_000
  /// The present instant.
  public private(set) var now = RuntimeInstant.zero
  /// The names of the nodes, running or not.
  public let names: NodeNames

  private var nodes: [Node]
  private(set) var network: Network
  private let order: [Int]
  private let boot: Boot
  private var generator: SplitMix64
  private var turnsInInstant = 0
  private var lastEvent: Event.ID = 0
  private var events: [Event] = []

  /// Starts the nodes that run from the beginning; none of them is connected.
  public init(
    seed: UInt64, nodes specs: [NodeSpec], options: ClusterOptions = ClusterOptions(),
    boot: @escaping Boot = { _ in }
  ) {
    let names = NodeNames(specs.map(\.name))
    self.names = names
    self.boot = boot
    generator = SplitMix64(seed: seed)
    let networkSeed = generator.next()
    network = Network(specs, options: options, seed: networkSeed)
    order = specs.indices.sorted { (specs[$0].name, $0) < (specs[$1].name, $1) }
    nodes = []
    for (index, spec) in specs.enumerated() {
      let kernel = Kernel(seed: generator.next(), node: NodeID(UInt32(index) + 1))
      nodes.append(Node(spec: spec, kernel: kernel))
    }
    for index in order where specs[index].isRunning { bootNode(index, cause: nil) }
  }

  // MARK: - Nodes

  /// The nodes that run, in the order of their names.
  public var running: [NodeID] {
    order.filter { nodes[$0].isRunning }.map { nodes[$0].kernel.node }
  }

  /// A node, in its present or last life; nil for one that the cluster does not have.
  public func kernel(_ node: NodeID) -> Kernel? {
    index(node).map { nodes[$0].kernel }
  }

  /// Whether a node runs.
  public func isRunning(_ node: NodeID) -> Bool {
    index(node).map { nodes[$0].isRunning } ?? false
  }

  /// How much is told as events.
  public var eventLevel: EventLevel {
    get { nodes.first?.kernel.eventLevel ?? .lifecycle }
    set { for index in nodes.indices { nodes[index].kernel.eventLevel = newValue } }
  }

  /// Does something with a node from outside, such as to send a message; nil for one that does not
  /// run.
  public mutating func update<Result>(
    _ node: NodeID, _ change: (inout Kernel) -> Result
  ) -> Result? {
    guard let index = index(node), nodes[index].isRunning else { return nil }
    return drive(index, change)
  }

  /// Stops a node: its processes are gone without a word, and its sockets are closed.
  ///
  /// False when it does not run.
  @discardableResult
  public mutating func stop(_ node: NodeID) -> Bool {
    stop(node, cause: nil)
  }

  /// Starts a node, without connections or processes of its earlier life; false when it runs.
  @discardableResult
  public mutating func start(_ node: NodeID) -> Bool {
    start(node, cause: nil)
  }

  mutating func stop(_ node: NodeID, cause: Event.ID?) -> Bool {
    guard let index = index(node), nodes[index].isRunning else { return false }
    nodes[index].spec.isRunning = false
    let stopped = post(.node(node, .stopped), cause: cause)
    network.stop(node, now: now, cause: stopped)
    return true
  }

  mutating func start(_ node: NodeID, cause: Event.ID?) -> Bool {
    guard let index = index(node), !nodes[index].isRunning else { return false }
    let earlier = nodes[index].kernel
    nodes[index].spec.isRunning = true
    nodes[index].kernel = Kernel(seed: generator.next(), node: node)
    nodes[index].kernel.succeed(earlier)
    nodes[index].kernel.eventLevel = earlier.eventLevel
    network.start(node)
    bootNode(index, cause: cause)
    return true
  }

  // MARK: - Cables

  /// Cuts every cable between different sides, in one instant; those inside a side stay, and those
  /// that are cut already.
  public mutating func cut(_ sides: [[NodeID]]) {
    cut(cables(between: sides), cause: nil)
  }

  /// Makes every cable between different sides whole again; nobody connects by this alone.
  public mutating func heal(_ sides: [[NodeID]]) {
    heal(cables(between: sides), cause: nil)
  }

  /// Makes all cables whole again.
  public mutating func healAll() {
    heal(nodes.map { [$0.kernel.node] })
  }

  /// Whether the cable between two nodes is cut.
  public func isCut(_ one: NodeID, _ other: NodeID) -> Bool {
    network.isCut(one, other)
  }

  /// Sets how long a signal takes over the cable between two nodes, from now on.
  public mutating func setLatency(_ latency: Duration, between one: NodeID, and other: NodeID) {
    network.setLatency(latency, one, other)
  }

  /// Sets how many bytes a second go over the cable between two nodes, from now on; nil for any
  /// number.
  public mutating func setBandwidth(
    _ bandwidth: Int?, between one: NodeID, and other: NodeID
  ) {
    network.setBandwidth(bandwidth, one, other)
  }

  mutating func cut(_ cables: [(NodeID, NodeID)], cause: Event.ID?) {
    for (one, other) in cables where !network.isCut(one, other) {
      let cut = post(.node(one, .cableCut(other)), cause: cause)
      network.cut(one, other, now: now, cause: cut)
    }
    for act in network.takeLosses(dueBy: now) { perform(act) }
  }

  mutating func heal(_ cables: [(NodeID, NodeID)], cause: Event.ID?) {
    for (one, other) in cables where network.isCut(one, other) {
      post(.node(one, .cableHealed(other)), cause: cause)
      network.heal(one, other)
    }
  }

  /// The cables between nodes of different sides, the smaller node of each first.
  func cables(between sides: [[NodeID]]) -> [(NodeID, NodeID)] {
    var cables: [(NodeID, NodeID)] = []
    for (index, side) in sides.enumerated() {
      for other in sides[(index + 1)...].joined() {
        for one in side
        where one != other && self.index(one) != nil && self.index(other) != nil {
          cables.append((min(one, other), max(one, other)))
        }
      }
    }
    return cables
  }
}

extension Cluster {
  // MARK: - Time and turns

  /// When time next brings something about, unless somebody is ready now.
  public var nextInstant: RuntimeInstant? {
    let timers = nodes.lazy.filter(\.isRunning).compactMap(\.kernel.nextTimer)
    return (Array(timers) + [network.nextInstant].compactMap(\.self)).min()
  }

  /// Whether something has arrived that is not handed over yet, or a loss is due.
  var hasArrivals: Bool { network.nextInstant.map { $0 <= now } ?? false }

  /// Whether nothing happens any more in this instant.
  public var isQuiet: Bool {
    guard !nodes.contains(where: \.isReady) else { return false }
    return nextInstant.map { $0 > now } ?? true
  }

  /// Runs up to that many turns in the present instant and returns how many; fewer when nothing
  /// happens in it any more.
  @discardableResult
  public mutating func run(turns limit: Int) -> Int {
    var taken = 0
    while taken < limit {
      handOver()
      guard let ready = order.first(where: { nodes[$0].isReady }) else {
        guard hasArrivals else {
          turnsInInstant = 0
          return taken
        }
        continue
      }
      taken += turn(ready, limit - taken)
    }
    return taken
  }

  /// Runs everything up to `instant`, timers included, and leaves the time there.
  public mutating func run(until instant: RuntimeInstant) {
    while true {
      while now <= instant, run(turns: Self.batch) > 0 {}
      guard let next = nextInstant, next <= instant else { break }
      advance(to: next)
    }
    advance(to: instant)
  }

  /// Runs until nothing happens any more in the present instant.
  public mutating func runUntilQuiet() {
    while run(turns: Self.batch) > 0 {}
  }

  /// Runs until nothing can happen any more without a request, or until `limit` has passed.
  public mutating func runUntilIdle(for limit: Duration = .seconds(3600)) {
    let end = now + limit
    while true {
      while now <= end, run(turns: Self.batch) > 0 {}
      guard let next = nextInstant, next <= end else { return }
      advance(to: next)
    }
  }

  /// Moves time to `instant` and fires the timers due by then, without running any turn.
  public mutating func advance(to instant: RuntimeInstant) {
    turnsInInstant = 0
    now = max(now, instant)
    for index in order where nodes[index].isRunning {
      let now = now
      drive(index) { $0.advance(to: now) }
    }
  }

  /// Takes out the events of all nodes since the last time, in the order of their numbers.
  public mutating func takeEvents() -> [Event] {
    defer { events = [] }
    return events
  }

  /// Turns that are taken in one go where nobody looks in between.
  private static let batch = 4096

  private mutating func turn(_ index: Int, _ limit: Int) -> Int {
    let left = turnsPerInstant - turnsInInstant
    let taken = drive(index) { $0.runTurns(min(limit, left)) }
    turnsInInstant += taken
    if turnsInInstant >= turnsPerInstant {
      let limit = turnsPerInstant
      drive(index) { $0.noteLimit("\(limit) turns in one instant") }
      advance(to: now + .milliseconds(1))
    }
    return taken
  }

  /// Hands over what has arrived once no node has anything to do before that.
  private mutating func handOver() {
    guard !order.contains(where: { nodes[$0].isReady }) else { return }
    for act in network.takeActs(dueBy: now) { perform(act) }
  }

  private mutating func perform(_ act: Network.Act) {
    switch act {
    case .deliver(let signal, let cause):
      _ = update(signal.node) { $0.deliver(signal, cause: cause) }
    case .connect(let node, let other, let isHidden, let cause):
      _ = update(node) { $0.connect(other, isHidden: isHidden, cause: cause) }
    case .disconnect(let node, let other, let reason, let cause):
      _ = update(node) { $0.disconnect(other, reason: reason, cause: cause) }
    }
  }

  // MARK: - One node

  func index(_ node: NodeID) -> Int? {
    let index = Int(node.number) - 1
    return nodes.indices.contains(index) ? index : nil
  }

  private mutating func bootNode(_ index: Int, cause: Event.ID?) {
    let (names, now, boot) = (names, now, boot)
    let (node, spec) = (nodes[index].kernel.node, nodes[index].spec)
    let event = NodeEvent.started(name: spec.name, isHidden: spec.isHidden)
    let started = post(.node(node, event), cause: cause)
    drive(index) { kernel in
      kernel.nodeNames = names
      kernel.advance(to: now)
      kernel.act(becauseOf: started) { boot(&$0) }
    }
  }

  /// Posts an event of the cluster itself; returns its number.
  @discardableResult
  mutating func post(_ kind: Event.Kind, cause: Event.ID?) -> Event.ID {
    lastEvent += 1
    if eventLevel != .none {
      events.append(Event(id: lastEvent, instant: now, cause: cause, kind: kind))
    }
    return lastEvent
  }

  /// Lets something happen on a node, and takes over what comes of it: its events, and what leaves.
  @discardableResult
  private mutating func drive<Result>(
    _ index: Int, _ change: (inout Kernel) -> Result
  ) -> Result {
    nodes[index].kernel.lastEvent = lastEvent
    let result = change(&nodes[index].kernel)
    lastEvent = nodes[index].kernel.lastEvent
    events += nodes[index].kernel.takeEvents()
    guard nodes[index].kernel.hasDepartures else { return result }
    let node = nodes[index].kernel.node
    for departure in nodes[index].kernel.takeDepartures() {
      for act in network.accept(departure, from: node, now: now) { perform(act) }
    }
    return result
  }
}
