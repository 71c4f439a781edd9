import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

// The examples of the doc comments of BubbleOTP, line by line; a test of the repository holds the
// two together.

private struct Counter: GenServer {
  var count = 0
  mutating func handleCall(
    _ request: Term, from: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Counter> {
    count += 1
    return .reply(.integer(count))
  }
}

private struct Tally: GenLeader {
  var count = 0
  mutating func elected(
    _ election: LeaderElection, joining node: NodeID?, _ context: inout ProcessContext
  ) throws -> LeaderSynch {
    .all(.integer(count))
  }
  mutating func surrendered(
    to synch: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws {
    if case .integer(let count) = synch { self.count = count }
  }
  mutating func handleLeaderCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Tally> {
    count += 1
    return .reply(.integer(count), broadcast: .integer(count))
  }
  mutating func fromLeader(
    _ broadcast: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Tally> {
    if case .integer(let count) = broadcast { self.count = count }
    return .noReply
  }
}

private struct Door: GenStateMachine {
  enum State { case locked, open }
  var pushed = 0

  mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> StateMachineStart<Door> {
    .running(.locked)
  }

  mutating func handleEvent(
    _ event: StateEvent<Door>, _ state: State, _ context: inout ProcessContext
  ) throws -> StateResult<Door> {
    switch (state, event) {
    case (.locked, .cast("code")):
      return .nextState(.open, [.timeout(.state, .seconds(5), "lock")])
    case (.locked, .cast("push")): return .keepState([.postpone])
    case (.open, .cast("push")):
      pushed += 1
      return .keepState()
    case (.open, .timeout(.state, _)): return .nextState(.locked)
    default: return .keepStateAndData()
    }
  }
}

private struct Alarms: GenEventHandler {
  var raised: [Term] = []

  mutating func handleEvent(
    _ event: Term, _ context: inout ProcessContext
  ) throws -> HandlerResult {
    raised.append(event)
    return .ok
  }
}

private typealias Database = Counter
private typealias Cache = Counter

private let shop = Supervisor("shop", children: [])

private struct ShopApplication: Application {
  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
    .supervisor(shop.start)
  }
}

/// What the examples of the doc comments do.
@Suite struct ExampleTests {
  private func count(_ simulation: inout Simulation) -> Int { simulation.kernel.processCount }

  @Test func `a supervisor starts its children`() {
    let shop = Supervisor(
      "shop", flags: SupervisorFlags(strategy: .oneForAll),
      children: [
        ChildSpec(id: "db", start: .genServer { Database() }),
        ChildSpec(id: "cache", start: .genServer { Cache() }, restart: .transient),
      ])
    var simulation = Simulation(seed: 1)
    simulation.start(shop.start)
    #expect(count(&simulation) == 3)
  }

  @Test func `a partition supervisor starts its partitions`() {
    var simulation = Simulation(seed: 1)
    let workers = PartitionSupervisor(
      "workers", child: ChildSpec(id: "worker", start: .genServer { Counter() }), partitions: 4)
    simulation.start(workers.supervisor.start)
    #expect(count(&simulation) == 5)
  }

  @Test func `an agent gives its value and takes another`() throws {
    var simulation = Simulation(seed: 1)
    var found: [Int] = []
    let started = simulation.start(.genServer { Agent { 0 } })
    if case .ok(let counter, _)? = started {
      let increment = AgentRequest<Int>.getAndUpdate { ($0, $0 + 1) }
      let before: Int = try simulation.call(increment, to: counter)
      found = [before, try simulation.call(increment, to: counter)]
    }
    #expect(found == [0, 1])
  }

  @Test func `a door opens to its code`() {
    var simulation = Simulation(seed: 1)
    var states: [String] = []
    if case .ok(let door, _)? = simulation.start(.genStateMachine { Door() }) {
      simulation.cast(Term.atom("code"), to: door)
      simulation.runUntilIdle(for: .seconds(1))
      states = simulation.inspect(door)?.state.map { "\($0.name)=\($0.value)" } ?? []
    }
    #expect(states.contains { $0.hasSuffix("=open") }, "\(states)")
  }

  @Test func `a registry knows who registered`() {
    var simulation = Simulation(seed: 1)
    let registry = Registry("rooms", keys: .duplicate)
    simulation.start(registry.supervisor.start)
    let witness = simulation.spawn(Member())
    simulation.runUntilIdle()
    #expect(simulation.inspect(witness)?.state.first?.value == "1")
  }

  private struct Member: ProcessBody {
    var found = 0
    var behaviour: String { "member" }

    mutating func start(_ context: inout ProcessContext) throws {
      try Registry.register("lobby", value: 7, in: "rooms", &context)
      let everybody = try Registry.lookup("lobby", in: "rooms", context)
      found = everybody.count
    }

    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}

    func describeState() -> [ProcessInspection.Field] { [.init(name: "found", value: "\(found)")] }
  }

  @Test func `work waits before it gives its value`() {
    let work = TaskWork("thumbnail") { _ in
      .wait(.sleeping(.seconds(2)) { _, _ in .value(42) })
    }
    var simulation = Simulation(seed: 1)
    simulation.start(.task(work))
    simulation.runUntilIdle(for: .seconds(1))
    #expect(count(&simulation) == 1)
    simulation.runUntilIdle(for: .seconds(2))
    #expect(count(&simulation) == 0)
  }

  @Test func `a tally goes on in another leader`() {
    let nodes = [NodeID(1), NodeID(2)]
    var cluster = Cluster(seed: 1, nodes: [NodeSpec("a"), NodeSpec("b")]) { kernel in
      _ = kernel.begin(.genLeader(name: "tally", LeaderOptions(candidates: nodes)) { Tally() })
      _ = kernel.spawn(Client())
    }
    cluster.runUntilIdle()
    for node in nodes {
      let order = Client.Deed { try $0.leaderCalling("count", to: .local("tally")) }
      _ = cluster.update(nodes[1]) { $0.send(order, to: PID(2, node: nodes[1])) }
      cluster.runUntilQuiet()
      if node == nodes[0] { cluster.stop(node) }
      cluster.runUntilQuiet()
    }
    let answers = cluster.kernel(nodes[1])?.inspect(PID(2, node: nodes[1]), mailboxLimit: 0)?.state
    #expect(answers?.map(\.value) == ["5000 1", "5000 2"])
  }
}
