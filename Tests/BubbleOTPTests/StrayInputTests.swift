import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// What a supervisor's decisions take for impossible stops the program, so nothing that anybody may
/// send a supervisor, or do in its name, may ever be it.
struct StrayInputTests {
  /// A supervisor, strangers, and what is done to them at random.
  private struct Mob {
    var simulation: Simulation
    var generator: BubbleKernel.SplitMix64
    let strangers: [PID]
    let supervisor: PID

    init(kind: Int, seed: UInt64) throws {
      simulation = Simulation(seed: seed)
      generator = BubbleKernel.SplitMix64(seed: seed)
      var strangers: [PID] = []
      for _ in 0..<4 { strangers.append(simulation.spawn(Listener())) }
      simulation.runUntilIdle()
      self.strangers = strangers
      let tree = Self.supervisor(kind, strangers, &generator)
      guard case .ok(let pid, _)? = simulation.start(tree.start) else {
        throw Shop.ShopError.notStarted
      }
      supervisor = pid
    }

    /// Watches and links strangers in its init, and at each start of a child.
    static func supervisor(
      _ kind: Int, _ strangers: [PID], _ generator: inout BubbleKernel.SplitMix64
    ) -> Supervisor {
      let count = kind < 3 ? 4 : 1
      let children = (1...count).map { number in
        ChildSpec(
          id: .integer(number), start: start(number, strangers),
          restart: ChildRestart.allCases[Int.random(in: 0..<3, using: &generator)],
          shutdown: [.brutalKill, .timeout(10), .infinity][number % 3])
      }
      let strategies: [SupervisionStrategy] = [
        .oneForOne, .oneForAll, .restForOne, .simpleOneForOne,
      ]
      return Supervisor("mobbed") { context in
        _ = context.monitor(strangers[0])
        try context.link(strangers[1])
        let intensity = RestartIntensity(50, in: 5)
        guard kind < strategies.count else {
          return .dynamic(DynamicSupervisor(intensity: intensity))
        }
        return .supervise(
          SupervisorFlags(strategy: strategies[kind], intensity: intensity), children)
      }
    }

    /// Now and then another stranger is returned as the child, maybe for the second time.
    static func start(_ number: Int, _ strangers: [PID]) -> ProcessStart {
      let clerk = ProcessStart.genServer {
        Clerk(name: "clerk\(number)", trapsExits: number % 2 == 0, failingStarts: 3...4)
      }
      return ProcessStart { context, arguments in
        _ = context.monitor(strangers[2])
        let dice = Int.random(in: 0..<8, using: &context.generator)
        if dice == 0, context.isAlive(strangers[3]) {
          return .finished(.ok(strangers[3], info: nil))
        }
        return try clerk.run(&context, arguments)
      }
    }

    mutating func number(below limit: Int) -> Int {
      Int.random(in: 0..<limit, using: &generator)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }

    /// One thing that anybody may do, and some turns.
    mutating func act() {
      switch number(below: 8) {
      case 0: simulation.send(Term.atom("hello"), to: supervisor)
      case 1: _ = simulation.kernel.call(anyCall(), to: supervisor)
      case 2: simulation.apply(anyRequest())
      case 3: _ = simulation.kernel.system(anySystemRequest(), to: supervisor)
      case 4: order(anyDeed())
      case 5: _ = simulation.kernel.call(anySupervisorRequest(), to: supervisor)
      case 6:
        simulation.apply(.process(pick(simulation.kernel.processes), .exit(pick(Self.reasons))))
      default: simulation.advance(to: simulation.now + .milliseconds(number(below: 20)))
      }
      _ = simulation.run(turns: number(below: 6))
    }

    static let reasons: [ExitReason] = [.normal, .shutdown, .kill, .failure("boom")]

    private mutating func anyCall() -> any Sendable { number(below: 100) }

    private mutating func anySystemRequest() -> SystemRequest {
      pick([
        .suspend, .resume, .resume, .changeCode(version: "1", extra: "none"),
        .replaceState(field: "children", value: "none"),
      ])
    }

    private mutating func anyKey() -> Term {
      pick([.integer(number(below: 6)), .pid(pick(simulation.kernel.processes)), "nobody"])
    }

    private mutating func anySupervisorRequest() -> SupervisorRequest {
      let spec = ChildSpec(
        id: .integer(number(below: 6)), start: Self.start(number(below: 6), strangers))
      return pick([
        .startDynamic([]), .startDynamic(["more"]), .startChild(spec), .terminateChild(anyKey()),
        .restartChild(anyKey()), .deleteChild(anyKey()), .getChildSpec(anyKey()), .whichChildren,
        .countChildren,
      ])
    }

    private mutating func anyRequest() -> ControlRequest {
      let id: ChildID = pick([.named(.integer(number(below: 6))), .dynamic(number(below: 6))])
      let flags = SupervisorFlags(
        strategy: pick(SupervisionStrategy.allCases), intensity: RestartIntensity(50, in: 5))
      return pick([
        .child(of: supervisor, id, .restart),
        .child(of: supervisor, id, .terminate),
        .child(of: supervisor, id, .delete),
        .supervisor(supervisor, .startChild([])),
        .supervisor(supervisor, .changeFlags(flags)),
        .child(of: supervisor, id, .injectFault(.refusedShutdown)),
        .child(
          of: supervisor, id,
          .change(ChildSettings(restart: pick(ChildRestart.allCases), shutdown: .timeout(5)))),
        .supervisor(supervisor, .reorderChildren([id])),
      ])
    }

    /// What a stranger does to the supervisor.
    private mutating func anyDeed() -> @Sendable (inout ProcessContext) throws -> Void {
      let (supervisor, reason) = (supervisor, pick([ExitReason.normal, .failure("stray")]))
      return pick([
        { $0.exit(supervisor, reason: reason) }, { try $0.link(supervisor) },
        { $0.unlink(supervisor) }, { _ = $0.monitor(supervisor) }, { $0.finish(reason) },
        { $0.reply(to: Caller(pid: supervisor, tag: Reference(7)), Term.atom("stray")) },
      ])
    }

    private mutating func order(_ deed: @escaping @Sendable (inout ProcessContext) throws -> Void) {
      simulation.send(Listener.Order(deed: deed), to: pick(strangers))
    }
  }

  @Test(arguments: 0...4, 1...25 as ClosedRange<UInt64>)
  func `whatever is sent to a supervisor, it goes on, and ends when it is told to`(
    kind: Int, seed: UInt64
  ) throws {
    var mob = try Mob(kind: kind, seed: seed)
    for _ in 0..<120 where mob.simulation.inspect(mob.supervisor) != nil { mob.act() }
    _ = mob.simulation.kernel.system(.resume, to: mob.supervisor)
    _ = mob.simulation.kernel.system(.terminate(.shutdown), to: mob.supervisor)
    for stranger in mob.strangers {
      _ = mob.simulation.run(turns: mob.number(below: 4))
      mob.simulation.apply(.process(stranger, .kill))
    }
    // A child that refuses to end is killed, also one that was started last.
    for _ in 1...10 where mob.simulation.inspect(mob.supervisor) != nil {
      for pid in mob.simulation.kernel.processes where pid != mob.supervisor {
        mob.simulation.apply(.process(pid, .kill))
      }
      mob.simulation.runUntilIdle()
    }
    #expect(
      mob.simulation.inspect(mob.supervisor) == nil, "reproduce with kind \(kind), seed \(seed)")
  }

  /// As the table of pids in OTP's supervisor.erl.
  @Test func `a process that is returned by two starts of one template is one child`() throws {
    let template = ChildSpec(
      id: "one",
      start: ProcessStart { context, _ in
        .finished(context.whereis("resident").map { .ok($0, info: nil) } ?? .ignore)
      })
    var shop = try Shop(
      Supervisor(
        "twice", flags: SupervisorFlags(strategy: .simpleOneForOne), children: [template]))
    let resident = shop.simulation.spawn(Listener(trapsExits: false))
    shop.simulation.send(
      Listener.Order { try $0.register("resident", $0.pid) }, to: resident)
    shop.run()
    for _ in 1...2 { _ = try shop.ask(.startDynamic([])) }
    #expect(try shop.children().map(\.child) == [.pid(resident)])
    shop.simulation.stop(shop.root)
    #expect(shop.simulation.kernel.processCount == 0)
  }
}
