import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// A process that begins with one function that may wait, and then does what it is sent.
struct Citizen: ProcessBody {
  /// What it is told to do.
  struct Order: Sendable {
    var deed: @Sendable (inout ProcessContext) throws -> Blocking<Bool>
  }

  private let first: @Sendable (inout ProcessContext) throws -> Blocking<Bool>
  private var next: Blocking<Bool>.Then?

  init(_ first: @escaping @Sendable (inout ProcessContext) throws -> Blocking<Bool>) {
    self.first = first
  }

  var behaviour: String { "citizen" }

  mutating func start(_ context: inout ProcessContext) throws {
    goOn(try first(&context), &context)
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    if let order = message.plain(as: Order.self) { goOn(try order.deed(&context), &context) }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let then = next else { return }
    goOn(try then(received, &context), &context)
  }

  private mutating func goOn(_ blocking: Blocking<Bool>, _ context: inout ProcessContext) {
    switch blocking {
    case .value: next = nil
    case .waiting(let awaited, let instant, let then):
      next = then
      context.wait(for: awaited, until: instant)
    }
  }
}

/// Three nodes with their name servers and a citizen each, all connected.
struct Country {
  static let (a, b, c) = (NodeID(1), NodeID(2), NodeID(3))

  var cluster: Cluster
  /// All that has been told.
  var events: [Event] = []
  let citizens: [PID]

  /// What the citizens begin with is done after all nodes are connected.
  init(
    noticing: ClusterOptions.Noticing = .atOnce, preventsOverlaps: Bool = false,
    citizen: @escaping @Sendable (inout ProcessContext) throws -> Blocking<Bool> = { _ in
      .value(true)
    }
  ) {
    var options = ClusterOptions()
    options.noticing = noticing
    var cluster = Cluster(
      seed: 1, nodes: [NodeSpec("a@shop"), NodeSpec("b@shop"), NodeSpec("c@shop")],
      options: options
    ) { kernel in
      var options = GlobalNameServer.Options()
      options.preventsOverlaps = preventsOverlaps
      GlobalNameServer.start(on: &kernel, options)
      ProcessGroupServer.start(on: &kernel)
      RemoteCallServer.start(on: &kernel)
    }
    citizens = [Self.a, Self.b, Self.c].compactMap { node in
      cluster.update(node) { $0.spawn(Citizen { _ in .value(true) }) }
    }
    self.cluster = cluster
    for node in [Self.b, Self.c] { order(Self.a) { $0.connecting(to: node) } }
    for node in [Self.a, Self.b, Self.c] { order(node, citizen) }
  }

  mutating func order(
    _ node: NodeID, _ deed: @escaping @Sendable (inout ProcessContext) throws -> Blocking<Bool>
  ) {
    let citizen = citizens[Int(node.number) - 1]
    _ = cluster.update(node) { $0.send(Citizen.Order(deed: deed), to: citizen) }
    settle()
  }

  mutating func ask(_ request: ControlRequest) {
    cluster.apply(request, by: .key("x"))
    settle()
  }

  mutating func settle() {
    cluster.runUntilQuiet()
    events += cluster.takeEvents()
  }

  /// The kinds of events from the one given to the one that began it all.
  func chain(from event: Event) -> [String] {
    var names = [event.kind.name]
    var next = event.cause
    while let cause = next.flatMap({ id in events.first { $0.id == id } }) {
      names.append(cause.kind.name)
      next = cause.cause
    }
    return names
  }

  /// What was told of nodes since that many events, each in a few words.
  func told(since count: Int = 0) -> [String] {
    events[count...].compactMap { event in
      guard case .node(let node, let happening) = event.kind else { return nil }
      let names = cluster.names
      return switch happening {
      case .started(let name, _): "\(name) started"
      case .stopped: "\(names[node]) stopped"
      case .connected(let other, _): "\(names[node]) connected \(names[other])"
      case .disconnected(let other, let reason): "\(names[node]) lost \(names[other]): \(reason)"
      case .cableCut(let other): "cut \(names[node])|\(names[other])"
      case .cableHealed(let other): "healed \(names[node])|\(names[other])"
      case .globalNameRegistered(let name, let pid): "\(pid) is \(name)"
      case .globalNameReleased(let name, let pid): "\(pid) is not \(name)"
      case .globalNameConflict(let name, let kept, let lost):
        "\(names[node]): \(name) stays with \(kept.map { "\($0)" } ?? "nobody"), not \(lost)"
      case .groupJoined(let group, let pid): "\(pid) joined \(group)"
      case .groupLeft(let group, let pid): "\(pid) left \(group)"
      case .leaderElected, .leaderSurrendered, .leaderResigned: happening.name
      }
    }
  }
}

extension Event.Kind {
  /// The process that it is about, or whose child it is about.
  var pid: PID? {
    switch subject {
    case .process(let pid), .child(let pid, _): pid
    case nil: nil
    }
  }
}
