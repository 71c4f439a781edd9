import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// What processes, servers and supervisors cost; Tests/Oracle/bench.erl does the same on the BEAM.
enum RuntimeBench {
  /// Whether somebody takes the events.
  enum Audience: String, CaseIterable {
    /// Lifecycle events go to a subscriber, in portions.
    case subscriber
    /// Nobody listens, and no event is made.
    case nobody
  }

  /// One row of the table.
  struct Row {
    /// What bench.erl calls it; nil when the BEAM has nothing like it.
    var key: String?
    var title: String
    var unit: BenchTable.Unit = .nanoseconds
    /// How often it is measured; the best counts.
    var runs = 5
    var measure: (Audience) throws -> Double
  }

  /// All rows; with a `share` of 100 each does a hundredth of its work.
  static func rows(share: Int) -> [Row] {
    [
      Row(key: "spawn_run_exit", title: "spawn, run, exit") { spawns(200_000 / share, $0) },
      Row(key: "message_round_trip", title: "message round trip") {
        roundTrips(500_000 / share, $0)
      },
      Row(key: "gen_server_call", title: "gen_server call") { calls(300_000 / share, $0) },
      Row(key: "gen_server_cast", title: "gen_server cast") { casts(1_000_000 / share, $0) },
      Row(key: "kill_to_restarted_one_for_one", title: "kill to restarted, one_for_one", runs: 3) {
        kills(.oneForOne, children: 1, rounds: max(1, 100 / share), $0)
      },
      Row(
        key: "kill_to_restarted_one_for_all_10", title: "kill to restarted, one_for_all of 10",
        runs: 3
      ) { kills(.oneForAll, children: 10, rounds: max(1, 30 / share), $0) },
      Row(key: "start_dynamic_child", title: "start 1 of 100,000 dynamic children", runs: 3) {
        dynamic(100_000 / share, $0).start
      },
      Row(key: "stop_dynamic_child", title: "stop 1 of 100,000 dynamic children", runs: 3) {
        dynamic(100_000 / share, $0).stop
      },
      Row(
        key: "bytes_per_gen_server_100000", title: "memory per gen_server of 100,000", unit: .bytes,
        runs: 1
      ) { try Memory.perServer(of: 100_000, $0) },
      Row(
        key: "bytes_per_gen_server_1000000", title: "memory per gen_server of 1,000,000",
        unit: .bytes, runs: 1
      ) { try Memory.perServer(of: 1_000_000, $0) },
      Row(key: nil, title: "copy a kernel of 10,000 processes") { copy(of: 10_000, $0).copy },
      Row(key: nil, title: "  first change after it") { copy(of: 10_000, $0).change },
    ]
  }

  /// The best of the row's runs, each on a machine of its own.
  static func best(of row: Row, _ audience: Audience) throws -> Double {
    try (0..<row.runs).map { _ in try row.measure(audience) }.min() ?? 0
  }

  // MARK: - Rows

  private static func spawns(_ count: Int, _ audience: Audience) -> Double {
    var stage = BenchStage(audience)
    _ = stage.simulation.spawn(BenchProcesses.Spawner(left: count))
    return stage.time(per: count)
  }

  private static func roundTrips(_ count: Int, _ audience: Audience) -> Double {
    var stage = BenchStage(audience)
    let echo = stage.simulation.spawn(BenchProcesses.Echo())
    stage.run()
    _ = stage.simulation.spawn(BenchProcesses.Pinger(left: count, echo: echo))
    return stage.time(per: count)
  }

  private static func calls(_ count: Int, _ audience: Audience) -> Double {
    var stage = BenchStage(audience)
    let server = stage.start(.genServer { BenchProcesses.Counter() })
    _ = stage.simulation.spawn(BenchProcesses.Client(left: count, server: server))
    return stage.time(per: count)
  }

  private static func casts(_ count: Int, _ audience: Audience) -> Double {
    var stage = BenchStage(audience)
    let server = stage.start(.genServer { BenchProcesses.Counter() })
    _ = stage.simulation.spawn(BenchProcesses.Caster(left: count, server: server))
    return stage.time(per: count)
  }

  /// A supervisor looks through the restarts of its whole period at each restart, so each gets only
  /// 100 of them.
  private static func kills(
    _ strategy: SupervisionStrategy, children: Int, rounds: Int, _ audience: Audience
  ) -> Double {
    let specs = (1...children).map { number in
      let name = number == 1 ? "victim" : "w\(number)"
      return ChildSpec(
        id: .atom(name), start: .genServer(name: name) { BenchProcesses.Counter() })
    }
    let flags = SupervisorFlags(
      strategy: strategy, intensity: RestartIntensity(200, in: 3600))
    let tree = Supervisor("bench", flags: flags, children: specs)
    let times = (1...rounds).map { _ in
      var stage = BenchStage(audience)
      let supervisor = stage.start(tree.start)
      _ = stage.simulation.spawn(BenchProcesses.Killer(left: 100, supervisor: supervisor))
      return stage.time(per: 100)
    }
    return times.reduce(0, +) / Double(rounds)
  }

  private static func dynamic(
    _ count: Int, _ audience: Audience
  ) -> (start: Double, stop: Double) {
    let template = ChildSpec(
      id: "w", start: .genServer { BenchProcesses.Counter() }, restart: .temporary)
    let tree = Supervisor(
      "bench", flags: SupervisorFlags(strategy: .simpleOneForOne), children: [template])
    var stage = BenchStage(audience)
    let owner = stage.simulation.spawn(BenchProcesses.Owner(tree: tree, left: count))
    let start = stage.time(per: count)
    precondition(stage.simulation.kernel.processCount == count + 2, "all children run")
    stage.simulation.send(BenchProcesses.Owner.Stop(), to: owner)
    let stop = stage.time(per: count)
    precondition(stage.simulation.kernel.processCount == 0, "all children are gone")
    return (start, stop)
  }

  /// Bytes for each of `count` idle servers; only right in a program that has done nothing else.
  static func memory(_ count: Int, _ audience: Audience) -> Double {
    let before = Memory.resident
    var stage = BenchStage(audience)
    _ = stage.simulation.spawn(BenchProcesses.Starter(left: count))
    stage.run()
    stage.forgetEvents()
    precondition(stage.simulation.kernel.processCount == count + 1, "all servers run")
    let bytes = Double(Memory.resident - before) / Double(count)
    keep(stage)
    return bytes
  }

  private static func copy(
    of count: Int, _ audience: Audience
  ) -> (copy: Double, change: Double) {
    var stage = BenchStage(audience)
    _ = stage.simulation.spawn(BenchProcesses.Starter(left: count))
    stage.run()
    stage.forgetEvents()
    let some = PID(UInt32(count / 2))
    let copies = 1000
    let copy = Stopwatch.best(of: 1, operations: copies) {
      [Simulation]()
    } _: { taken in
      taken.reserveCapacity(copies)
      for _ in 0..<copies { taken.append(stage.simulation) }
    }
    let change = Stopwatch.best(of: 20, operations: 1) {
      stage.simulation
    } _: { copy in
      copy.cast(BenchProcesses.Counter.Request.next, to: some)
      while copy.run(turns: 200) > 0 {}
    }
    return (copy, change)
  }
}
