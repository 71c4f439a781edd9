import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Each property of a worker does what the document says.
@Suite struct ScenarioWorkerTests {
  @Test func `a worker without properties waits`() throws {
    let run = try ScenarioRun(a: "restart: permanent", seconds: 60)
    #expect(run.starts(of: "a") == [0])
    #expect(run.field("messages", of: "a") == "0")
    #expect(run.inspection(of: "a")?.behaviour == "gen_server a")
    #expect(run.inspection(of: "a")?.name == nil)
  }

  @Test func `tick sends it a message again and again`() throws {
    let run = try ScenarioRun(a: "tick: 1 s", seconds: 10.5)
    #expect(run.field("messages", of: "a") == "10")
  }

  @Test func `the state counts, changes by chance and stays`() throws {
    let run = try ScenarioRun(
      a: "tick: 1 s, state: {hits: +2, size: 20 to 60, host: db1}", seconds: 4.5)
    #expect(run.field("hits", of: "a") == "8")
    #expect(run.field("size", of: "a").flatMap { Int($0) }.map { (20...60).contains($0) } == true)
    #expect(run.field("host", of: "a") == "db1")
  }

  @Test func `work takes time, and the mailbox fills meanwhile`() throws {
    let run = try ScenarioRun(
      a: "work: 1 s", others: "{worker: b, casts: {to: a, every: 100 ms, message: job}}",
      seconds: 10.05)
    #expect(run.field("messages", of: "a") == "10")
    #expect(run.field("messages", of: "b") == "100")
    #expect(run.inspection(of: "a")?.mailboxLength == 90)
    #expect(run.inspection(of: "a")?.mailbox.first == "cast {job,11}")
  }

  @Test func `a call is answered`() throws {
    let run = try ScenarioRun(
      a: "state: {hits: +1}", others: "{worker: b, calls: {to: a, every: 500 ms, message: get}}",
      seconds: 10.2)
    #expect(run.field("hits", of: "a") == "20")
    #expect(run.field("messages", of: "b") == "20")
  }

  @Test(arguments: [
    ("work: 10 s", ", timeout: 2 s", "3000 {timeout", ",2000"),
    ("work: 10 s", "", "6000 {timeout", ""),
    (
      "restart: temporary, ends: {after: 500 ms, reason: normal}", ", timeout: 2 s", "1000 {noproc",
      ",2000"
    ),
    ("ends: {on_message: 1, reason: boom}", ", timeout: infinity", "1000 {boom", ",infinity"),
    ("ends: {on_message: 1, reason: normal}", "", "1000 {normal", ""),
  ])
  func `a call that is not answered takes the caller down, which says whom it called`(
    other: String, timeout: String, reason: String, time: String
  ) throws {
    let run = try ScenarioRun(
      a: "restart: temporary, calls: {to: b, every: 1 s, message: get\(timeout)}",
      others: "{worker: b, \(other)}", seconds: 20)
    #expect(run.exits(of: "a") == ["\(reason),{gen_server,call,[b,{get,1}\(time)]}}"])
  }

  @Test func `a cast to nobody goes nowhere`() throws {
    let run = try ScenarioRun(
      a: "casts: {to: b, every: 1 s}",
      others: "{worker: b, restart: temporary, ends: {after: 1500 ms, reason: normal}}",
      seconds: 10.5)
    #expect(run.exits(of: "a").isEmpty)
    #expect(run.field("messages", of: "a") == "10")
  }

  @Test(arguments: [
    ("on_message: 3, reason: normal", "3000 normal"),
    ("after: 2500 ms, reason: normal", "2500 normal"),
    ("chance: 100 %, reason: '{shutdown, done}'", "1000 {shutdown,done}"),
    ("on_message: 5, after: 2 s", "2000 crash"),
    ("after: 2 s, reason: badarg, how: exit", "2000 badarg"),
    ("after: 2 s, reason: badarg, how: error", "2000 {badarg,STACK}"),
    ("after: 2 s, reason: badarg, how: stop", "2000 badarg"),
  ])
  func `it ends as it is told`(ends: String, exit: String) throws {
    let run = try ScenarioRun(
      a: "tick: 1 s, restart: temporary, ends: {\(ends)}", seconds: 10)
    #expect(run.exits(of: "a") == [exit])
  }

  @Test func `a restarted worker begins anew`() throws {
    let run = try ScenarioRun(a: "tick: 1 s, ends: {on_message: 3}", seconds: 10.5)
    #expect(run.exits(of: "a") == ["3000 crash", "6000 crash", "9000 crash"])
    #expect(run.field("messages", of: "a") == "1")
  }

  @Test func `a slow start holds up its supervisor and those after it`() throws {
    let run = try ScenarioRun(a: "start: {takes: 2 s}", others: "{worker: b}", seconds: 5)
    #expect(run.starts(of: "a") == [2000])
    #expect(run.starts(of: "b") == [2000])
  }

  @Test(arguments: [
    ("2-3", "stop", "nope"), ("2-3", "exit", "nope"), ("2-3", "error", "{nope,STACK}"),
  ])
  func `certain starts fail`(which: String, how: String, reason: String) throws {
    let run = try ScenarioRun(
      a: """
        start: {takes: 100 ms, fails: \(which), reason: nope, how: \(how)}, 
        ends: {after: 1 s}
        """, seconds: 1.5)
    #expect(run.starts(of: "a") == [100, 1400])
    #expect(run.failedStarts(of: "a") == [1200, 1300])
    let reasons = run.events.compactMap { event in
      if case .child(_, _, .startFailed(let reason)) = event.kind {
        reason.description
      } else {
        nil
      }
    }
    #expect(reasons == [reason, reason])
  }

  @Test func `starts are counted even when the supervisor is another one`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 5 in 5 s
          children:
            - supervisor: inner
              intensity: 1 in 5 s
              children:
                - worker: a
                  start: {fails: 2-4, reason: nope}
        faults: [{at: 1 s, kill: a}]
        """, seconds: 5)
    #expect(run.escalations == 1)
    #expect(run.failedStarts(of: "a").count == 3)
    #expect(run.starts(of: "a").count == 2)
  }

  @Test func `a start that always fails leaves no tree`() throws {
    let run = try ScenarioRun(a: "start: {fails: always}", seconds: 1)
    #expect(run.starts(of: "a").isEmpty)
    #expect(run.machine.processCount == 0)
  }

  @Test func `an ignored start leaves the place empty`() throws {
    let run = try ScenarioRun(
      a: "start: {ignores: 1}", script: "[{at: 1 s, restart: a}]", seconds: 2)
    let ignored = run.milliseconds { if case .child(_, _, .ignored) = $0 { true } else { false } }
    #expect(ignored == [0])
    #expect(run.starts(of: "a") == [1000])
  }

  @Test(arguments: [
    ("traps_exits: true, stop: 300 ms", "1300 shutdown", false),
    ("traps_exits: true, stop: 3 s, shutdown: 500 ms", "1500 killed", true),
    ("traps_exits: true, stop: refuses, shutdown: 2 s", "3000 killed", true),
    ("traps_exits: true, stop: 3 s, shutdown: brutal_kill", "1000 killed", false),
    ("traps_exits: true", "1000 shutdown", false),
    ("traps_exits: false", "1000 shutdown", false),
  ])
  func `it stops as it is told`(properties: String, exit: String, isTimeout: Bool) throws {
    let run = try ScenarioRun(a: properties, script: "[{at: 1 s, terminate: a}]", seconds: 20)
    #expect(run.exits(of: "a") == [exit])
    let timeouts = run.milliseconds {
      if case .child(_, _, .stopTimedOut) = $0 { true } else { false }
    }
    #expect(timeouts.isEmpty != isTimeout)
  }

  @Test(arguments: [("false", ["1000 badarg"]), ("true", [])])
  func `who traps exits survives an exit signal`(traps: String, exits: [String]) throws {
    let run = try ScenarioRun(
      a: "restart: temporary, traps_exits: \(traps)",
      script: "[{at: 1 s, exit: a, reason: badarg}]", seconds: 2)
    #expect(run.exits(of: "a") == exits)
  }

}
