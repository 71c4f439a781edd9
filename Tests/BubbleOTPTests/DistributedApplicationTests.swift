import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleReleaseFiles
import BubbleSimulation
import Testing

/// Applications that run on one of several nodes.
///
/// The stories are those that were run on Erlang nodes.
struct DistributedApplicationTests {
  /// An application that tells of its callbacks.
  struct Told: Application {
    func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
      try start(.normal, arguments, &context)
    }

    func start(
      _ type: ApplicationStartType, _ arguments: Term, _ context: inout ProcessContext
    ) throws -> ApplicationStart {
      context.note("start \(type.term(context.nodeNames))")
      return .supervisor(Supervisor("top", name: "top", children: []).start)
    }

    func startPhase(
      _ phase: String, _ type: ApplicationStartType, _ arguments: Term,
      _ context: inout ProcessContext
    ) throws {
      context.note("phase \(phase) \(type.term(context.nodeNames))")
    }

    func prepareStop(_ state: Term, _ context: inout ProcessContext) throws -> Term {
      context.note("prep_stop")
      return state
    }

    func stop(_ state: Term, _ context: inout ProcessContext) throws {
      context.note("stop")
    }
  }

  static let (a, b, c) = (NodeID(1), NodeID(2), NodeID(3))

  /// Nodes that may run the application `dapp`.
  struct Company {
    var cluster: Cluster

    init(_ nodes: [[NodeID]], timeout: Duration = .milliseconds(200), hasPhases: Bool = false) {
      let names = nodes.joined().sorted().map { NodeSpec(["a", "b", "c"][Int($0.number) - 1]) }
      cluster = Cluster(seed: 1, nodes: names) { kernel in
        var resource = ApplicationResource("dapp", version: "1")
        if hasPhases { resource.startPhases = [.init("go")] }
        let place = DistributedApplication("dapp", timeout: timeout, on: nodes)
        _ = kernel.begin(
          ApplicationController.start(
            available: [ApplicationDefinition(resource, Told())], distributed: [place]))
        _ = kernel.spawn(Client())
      }
      settle()
    }

    mutating func settle() { cluster.run(until: cluster.now + .seconds(1)) }

    /// Asks the controllers of nodes at the same time.
    mutating func ask(_ nodes: [NodeID], _ request: ApplicationRequest) {
      for node in nodes {
        let deed = Client.Deed { context in
          let name = ProcessName.local("application_controller")
          return try context.calling(request, to: name, timeout: nil).map { answer in
            switch answer as? ApplicationReply {
            case .ok: "ok"
            case .error(let reason): .tuple(["error", reason])
            case .value(let value): value ?? "nowhere"
            case .started, .applications, .masters, nil: "other"
            }
          }
        }
        let client = client(of: node)
        _ = cluster.update(node) { $0.send(deed, to: client) }
      }
      settle()
    }

    /// The second process of a node's present life.
    func client(of node: NodeID) -> PID {
      cluster.kernel(node)?.processes.dropFirst().first ?? node.pid
    }

    mutating func start(_ nodes: [NodeID], _ restart: ApplicationRestart = .permanent) {
      ask(nodes, .start("dapp", restart))
    }

    /// What the last one that was asked on a node has answered.
    func answer(_ node: NodeID) -> String? {
      let client = cluster.kernel(node)?.inspect(client(of: node), mailboxLimit: 0)
      return client?.state.last?.value.split(separator: " ", maxSplits: 1).last.map(String.init)
    }

    /// Where the nodes believe that it runs.
    mutating func whereItRuns(_ nodes: [NodeID]) -> [String?] {
      ask(nodes, .runningNode("dapp"))
      return nodes.map(answer)
    }

    /// What the applications have told since the last time, by nodes.
    mutating func story() -> [String] {
      settle()
      let names = cluster.names
      return cluster.takeEvents().compactMap { event in
        guard case .process(let pid, .noted(let text)) = event.kind else { return nil }
        return "\(names[pid.node]) \(text)"
      }
    }
  }

  @Test func `it runs on the first node, moves when that is lost, and comes back`() {
    var company = Company([[Self.a], [Self.b, Self.c]])
    company.start([Self.a, Self.b, Self.c])
    #expect([Self.a, Self.b, Self.c].map(company.answer) == ["ok", "ok", "ok"])
    #expect(company.story() == ["a start normal"])
    #expect(company.whereItRuns([Self.a, Self.b, Self.c]) == ["a", "a", "a"])
    company.cluster.stop(Self.a)
    company.cluster.run(until: company.cluster.now + .milliseconds(199))
    let early = company.cluster.takeEvents().contains { $0.kind.name == "noted" }
    #expect(!early)
    #expect(company.story() == ["b start normal"])
    #expect(company.whereItRuns([Self.b, Self.c]) == ["b", "b"])
    company.cluster.start(Self.a)
    company.start([Self.a])
    #expect(company.answer(Self.a) == "ok")
    #expect(company.story() == ["a start {takeover,b}", "b prep_stop", "b stop"])
    #expect(company.whereItRuns([Self.a, Self.b, Self.c]) == ["a", "a", "a"])
  }

  @Test func `with start phases a failover is told as one, to the phases too`() {
    var company = Company([[Self.a], [Self.b]], hasPhases: true)
    company.start([Self.a, Self.b])
    #expect(company.story() == ["a start normal", "a phase go normal"])
    company.cluster.stop(Self.a)
    #expect(company.story() == ["b start {failover,a}", "b phase go {failover,a}"])
    company.cluster.start(Self.a)
    company.start([Self.a])
    let story = company.story()
    #expect(
      story == ["a start {takeover,b}", "a phase go {takeover,b}", "b prep_stop", "b stop"])
  }

  @Test func `a node takes it over by hand, though its priority is lower`() {
    var company = Company([[Self.a], [Self.b]])
    company.start([Self.a, Self.b])
    _ = company.story()
    company.ask([Self.b], .takeOver("dapp", .permanent))
    #expect(company.answer(Self.b) == "ok")
    #expect(company.story() == ["b start {takeover,a}", "a prep_stop", "a stop"])
    company.ask([Self.b], .takeOver("dapp", .permanent))
    #expect(company.answer(Self.b) == "{error,{already_running_locally,dapp}}")
    #expect(company.story() == [])
  }

  @Test func `both sides of a partition run it, and after a heal both go on`() {
    var company = Company([[Self.a], [Self.b]])
    company.start([Self.a, Self.b])
    _ = company.story()
    company.cluster.cut([[Self.a], [Self.b]])
    #expect(company.story() == ["b start normal"])
    company.cluster.healAll()
    company.ask([Self.a], .runningNode("dapp"))
    let deed = Client.Deed { context in context.connecting(to: Self.b).map { _ in "ok" } }
    let client = company.client(of: Self.a)
    _ = company.cluster.update(Self.a) { $0.send(deed, to: client) }
    #expect(company.story() == [])
    #expect(company.whereItRuns([Self.a, Self.b]) == ["a", "b"])
  }

  @Test(arguments: [ApplicationRestart.temporary, .permanent])
  func `it is not started elsewhere when it ends by itself`(restart: ApplicationRestart) throws {
    var company = Company([[Self.a], [Self.b]])
    company.start([Self.a, Self.b], restart)
    _ = company.story()
    _ = company.cluster.update(Self.a) { kernel in
      for number in 3...9 {
        let pid = PID(UInt32(number), node: Self.a)
        guard kernel.inspect(pid, mailboxLimit: 0)?.name == "top" else { continue }
        kernel.apply(.process(pid, .kill))
      }
    }
    #expect(company.story() == ["a prep_stop", "a stop"])
    company.cluster.stop(Self.a)
    #expect(company.story() == [])
  }

  @Test func `a stop ends it on its node, and nobody else starts it`() {
    var company = Company([[Self.a], [Self.b]])
    company.start([Self.a, Self.b])
    _ = company.story()
    company.ask([Self.a], .stop("dapp"))
    #expect(company.answer(Self.a) == "ok")
    #expect(company.story() == ["a prep_stop", "a stop"])
    company.ask([Self.b], .stop("dapp"))
    #expect(company.answer(Self.b) == "ok")
    #expect(company.whereItRuns([Self.a, Self.b]) == ["nowhere", "nowhere"])
  }

  @Test func `it moves when its node may not run it any more, and back`() {
    var company = Company([[Self.a], [Self.b]])
    company.start([Self.a, Self.b])
    _ = company.story()
    company.ask([Self.a], .permit("dapp", false))
    #expect(company.story() == ["b start {takeover,a}", "a prep_stop", "a stop"])
    company.ask([Self.a], .permit("dapp", true))
    #expect(company.story() == ["a start {takeover,b}", "b prep_stop", "b stop"])
    #expect(company.answer(Self.a) == "ok")
  }

  @Test func `a start waits until it was asked for on every node that is there`() {
    var company = Company([[Self.a], [Self.b]])
    company.start([Self.b])
    #expect(company.answer(Self.b) == nil)
    #expect(company.story() == [])
    company.start([Self.a])
    #expect([Self.a, Self.b].map(company.answer) == ["ok", "ok"])
    #expect(company.story() == ["a start normal"])
  }

  @Test func `a node that is not there is not waited for`() {
    var company = Company([[Self.a], [Self.b]])
    company.cluster.stop(Self.a)
    company.start([Self.b])
    #expect(company.answer(Self.b) == "ok")
    #expect(company.story() == ["b start normal"])
  }
}
