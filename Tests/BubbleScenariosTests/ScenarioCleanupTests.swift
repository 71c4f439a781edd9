import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// What a worker does when it ends takes its time whenever OTP runs terminate, and what follows for
/// others; each as OTP 25 does it.
@Suite struct ScenarioCleanupTests {
  @Test(arguments: [
    ("reason: normal", "1500 normal"), ("reason: bad", "1500 bad"),
    ("reason: bad, how: exit", "1500 bad"), ("reason: bad, how: error", "1500 {bad,STACK}"),
    ("reason: '{shutdown, done}'", "1500 {shutdown,done}"),
  ])
  func `a worker that ends by itself cleans up before its supervisor hears of it`(
    ends: String, exit: String
  ) throws {
    let run = try ScenarioRun(
      a: "traps_exits: true, stop: 500 ms, restart: temporary, ends: {after: 1 s, \(ends)}",
      seconds: 3)
    #expect(run.exits(of: "a") == [exit])
  }

  @Test(arguments: [
    "states: {b: {after: 1 s, next: c}, c: {on: {x: crash}}}, stop: 500 ms, traps_exits: true",
    "traps_exits: true, stop: refuses, ends: {after: 1 s}",
  ])
  func `a worker that fails and does not come to an end is killed when its time has passed`(
    properties: String
  ) throws {
    let run = try ScenarioRun(
      a: "restart: temporary, shutdown: 300 ms, \(properties)",
      script: "[{at: 1500 ms, send: a, message: x}, {at: 1600 ms, terminate: a}]", seconds: 5)
    #expect(run.exits(of: "a").map { $0.prefix(4) } == ["1900"])
  }

  @Test func `a worker whose parent is killed cleans up`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - supervisor: mid
              restart: temporary
              children: [{worker: a, traps_exits: true, stop: 300 ms}]
        faults: [{at: 1 s, kill: mid}]
        """, seconds: 3)
    #expect(run.exits(of: "mid") == ["1000 killed"])
    #expect(run.exits(of: "a") == ["1300 killed"])
  }

  /// The best known trap: the old child still has the name that the new one wants.
  @Test func `a killed supervisor cannot start again while its registered child cleans up`() throws
  {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 3 in 5 s
          children:
            - worker: other
            - supervisor: mid
              children: [{worker: conn, traps_exits: true, stop: 300 ms}]
            - worker: user
              calls: {to: conn, every: 10 s}
        faults: [{at: 1 s, kill: mid}]
        """, seconds: 3)
    let conn = try #require(run.pid(of: "conn"))
    let reasons = run.events.compactMap { event in
      if case .child(_, ChildID("conn"), .startFailed(let reason)) = event.kind {
        "\(reason)"
      } else {
        nil
      }
    }
    #expect(reasons == Array(repeating: "{already_started,\(conn)}", count: 3))
    #expect(run.escalations == 1)
    #expect(run.exits(of: "top") == [])
    #expect(run.exits(of: "conn") == ["1300 killed"])
    #expect(run.machine.processCount == 0)
  }

  @Test func `whoever asks a supervisor that is gone for a child exits`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 3 in 5 s
          children:
            - supervisor: conns
              restart: temporary
              strategy: simple_one_for_one
              template: {worker: conn, restart: temporary}
              count: 1
            - worker: listener
              starts: {under: conns, every: 500 ms, most: 5}
        faults: [{at: 700 ms, kill: conns}]
        """, seconds: 10)
    let reason = "{noproc,{gen_server,call,[conns,count_children,infinity]}}"
    #expect(run.exits(of: "listener").prefix(2) == ["1000 \(reason)", "1500 \(reason)"])
    #expect(run.escalations == 1)
  }

  @Test func `a child that others do not talk to does not stand in the way of the next one`() throws
  {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          strategy: one_for_all
          intensity: 3 in 5 s
          children:
            - worker: trigger
            - supervisor: bottom
              shutdown: 100 ms
              children: [{worker: slow, traps_exits: true, stop: 2 s}]
        faults: [{at: 1 s, kill: trigger}]
        """, seconds: 2)
    #expect(run.starts(of: "slow") == [0, 1100])
    #expect(run.escalations == 0)
    #expect(run.exits(of: "slow").isEmpty)
  }
}
