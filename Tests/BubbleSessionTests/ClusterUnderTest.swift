import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleKernel
import BubbleOTP
@testable import BubbleSession
import BubbleSimulation

/// A worker that greets the one of its name on the next node again and again; whoever is greeted
/// links itself with the one who greets.
private struct Greeter: GenServer {
  let next: NodeID

  var behaviour: String { "gen_server greeter" }

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Greeter> {
    _ = try context.sendAfter(.milliseconds(100), Term.atom("tick"), to: .pid(context.pid))
    return .ok
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Greeter> {
    guard case .message(let payload) = message else { return .noReply }
    if payload as? Term == "tick" {
      _ = try context.sendAfter(.milliseconds(100), Term.atom("tick"), to: .pid(context.pid))
      try context.send(Term.pid(context.pid), to: .remoteName("desk", next))
    } else if case .pid(let pid)? = payload as? Term {
      try context.link(pid)
    }
    return .noReply
  }
}

/// Three nodes, each with a tree of two workers that greet each other around.
enum ClusterUnderTest {
  static let nodes = (1...3).map { NodeID(UInt32($0)) }
  static let (a, b, c) = (nodes[0], nodes[1], nodes[2])

  static func machine(seed: UInt64 = 7, latency: Duration = .milliseconds(5)) -> SimulatedMachine {
    var options = ClusterOptions()
    options.latency = latency
    let specs = ["a@shop", "b@shop", "c@shop"].map { NodeSpec($0) }
    return SimulatedMachine(
      Cluster(seed: seed, nodes: specs, options: options) { kernel in
        GlobalNameServer.start(on: &kernel)
        ProcessGroupServer.start(on: &kernel)
        let own = kernel.node
        let next = NodeID(own.number % 3 + 1)
        let desk = ChildSpec(id: "desk", start: .genServer(name: "desk") { Greeter(next: next) })
        let bank = ChildSpec(id: "bank", start: .genServer { Greeter(next: own) })
        let flags = SupervisorFlags(intensity: RestartIntensity(100, in: 5))
        _ = kernel.begin(Supervisor("top", flags: flags, children: [desk, bank]).start)
      })
  }

  static func session() -> Session {
    let model = ConsoleModel(
      scenario: "cluster", seed: 7, size: Size(columns: 80, rows: 24), view: .table,
      options: ConsoleOptions(motion: .none))
    return Session(subject: SimulatedSubject(machine()), model: model)
  }

  /// What can be done to a cluster, each after the one before it.
  static let requests: [ControlRequest] = [
    .network(.cut([[a], [b, c]])), .network(.heal([[a], [b, c]])), .node(b, .stop),
    .node(b, .start),
  ]

  /// A machine that has run for a second, been asked for all that, and run for a second after each.
  static func story(seed: UInt64 = 7) -> SimulatedMachine {
    var machine = machine(seed: seed)
    machine.run(until: machine.now + .seconds(1))
    for request in requests {
      machine.apply(request, by: .key("x"))
      machine.run(until: machine.now + .seconds(1))
    }
    return machine
  }

  /// Events as a recording holds them.
  static func text(_ events: [Event]) -> String {
    String(decoding: events.flatMap { RecordingLine.event($0).bytes }, as: UTF8.self)
  }
}
