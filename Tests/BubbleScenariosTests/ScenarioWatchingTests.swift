import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Links, monitors, and what a worker does of others during its own start; each as OTP 25 does it.
@Suite struct ScenarioWatchingTests {
  @Test(arguments: [
    ("links: b", "crash", ["1000 crash"]), ("links: b", "normal", []),
    ("links: b, traps_exits: true", "crash", []),
    ("links: {process: b, on_exit: stop}, traps_exits: true", "crash", ["1000 crash"]),
    ("links: {process: b, on_exit: stop}, traps_exits: true", "normal", ["1000 normal"]),
    ("links: [{process: b, on_exit: stop, reason: alone}], traps_exits: true", "x", ["1000 alone"]),
    ("links: {process: b, on_exit: work}, traps_exits: true", "crash", []),
    ("monitors: b", "crash", []), ("monitors: {process: b, on_down: stop}", "x", ["1000 x"]),
    ("monitors: {process: b, on_down: stop}", "normal", ["1000 normal"]),
    ("monitors: {process: b, on_down: stop, reason: alone}", "x", ["1000 alone"]),
  ])
  func `a worker does at the end of another what the file says`(
    a: String, reason: String, exits: [String]
  ) throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 9 in 5 s
          children:
            - {worker: b, restart: temporary, ends: {after: 1 s, reason: \(reason)}}
            - {worker: a, restart: temporary, \(a)}
        """, seconds: 3)
    #expect(run.exits(of: "a") == exits)
  }

  @Test(arguments: [
    ("links: b", ["{badarg,STACK}"]), ("monitors: {process: b, on_down: stop}", []),
    ("start: {calls: b}", ["{noproc,{gen_server,call,[b,{request,1}]}}"]),
    (
      "start: {calls: {to: b, message: hello, timeout: 1 s}}",
      ["{noproc,{gen_server,call,[b,{hello,1},1000]}}"]
    ),
  ])
  func `whoever watches or calls one that starts later meets nobody`(
    a: String, failures: [String]
  ) throws {
    let run = try ScenarioRun(a: "restart: temporary, \(a)", others: "{worker: b}", seconds: 1)
    let reasons = run.events.compactMap { event in
      if case .child(_, ChildID("a"), .startFailed(let reason)) = event.kind {
        "\(reason)"
      } else {
        nil
      }
    }
    #expect(reasons == failures)
    if failures.isEmpty { #expect(run.exits(of: "a") == ["0 noproc"]) }
  }

  @Test func `a start that calls others takes as long as their answers`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - {worker: b, work: 300 ms}
            - {worker: c, work: 200 ms}
            - {worker: a, start: {calls: [b, {to: c, message: get}], takes: 100 ms}}
        """, seconds: 1)
    #expect(run.starts(of: "a") == [600])
  }

  @Test(arguments: [("one_for_one", [3, 0]), ("rest_for_one", [3, 3])])
  func `a worker fills a supervisor once, at its own start`(
    strategy: String, counts: [Int]
  ) throws {
    var run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          strategy: \(strategy)
          children:
            - supervisor: pool
              strategy: simple_one_for_one
              template: {worker: node}
            - worker: monitor
              starts: {under: pool, at: start, most: 3}
        faults: [{at: 1 s, kill: pool}]
        """, seconds: 0.5)
    func nodes() -> Int {
      run.machine.processes.count { pid in
        run.machine.inspect(pid)?.behaviour == "gen_server node"
      }
    }
    var found = [nodes()]
    run.run(until: 5)
    found.append(nodes())
    #expect(found == counts)
  }

  @Test func `a child that asks its own supervisor for another during its start waits for ever`()
    throws
  {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - supervisor: dyn
              strategy: simple_one_for_one
              template: {worker: session, starts: {under: dyn, at: start}}
              count: 1
        """, seconds: 60)
    let waiting = run.machine.processes.compactMap { pid in
      run.machine.inspect(pid).flatMap { inspection in
        inspection.waitingFor.map { "\(inspection.behaviour) waits for \($0)" }
      }
    }
    let session = try #require(run.machine.processes.last)
    #expect(
      waiting == [
        "supervisor dyn waits for the start of \(session)",
        "gen_server session waits for a reply",
      ])
  }

  @Test func `a child may exit with another reason when it is told to stop, and that is reported`()
    throws
  {
    let run = try ScenarioRun(
      a: "restart: temporary, traps_exits: true, stop: {takes: 10 ms, reason: \"{shutdown, bye}\"}",
      others: "{worker: b, restart: temporary, traps_exits: true, stop: {reason: oops}}",
      script: "[{at: 1 s, terminate: a}, {at: 2 s, terminate: b}]", seconds: 3)
    #expect(run.exits(of: "a") == ["1010 {shutdown,bye}"])
    #expect(run.exits(of: "b") == ["2000 oops"])
    let reports = run.events.compactMap { event in
      if case .reported(.supervisor(_, .shutdownError, let reason, _, let child)) = event.kind {
        "\(child.id) \(reason)"
      } else {
        nil
      }
    }
    #expect(reports == ["b oops"])
  }

  @Test func `a task that nobody waits for is begun again, and one that is linked ends its worker`()
    throws
  {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 9 in 5 s
          children:
            - {supervisor: jobs, tasks: infinity}
            - worker: a
              tasks: {task: job, under: jobs, await: never, fails: 1, restart: transient, every: 9 s}
            - worker: b
              restart: temporary
              tasks: {task: mail, await: never, linked: true, fails: 2, every: 1 s, takes: 500 ms}
        """, seconds: 20)
    #expect(run.exits(of: "a").isEmpty)
    #expect(run.exits(of: "b") == ["2500 crash"])
    let restarts = run.milliseconds {
      if case .supervisor(_, .restartDecided) = $0 { true } else { false }
    }
    #expect(restarts == [10000])
  }
}
