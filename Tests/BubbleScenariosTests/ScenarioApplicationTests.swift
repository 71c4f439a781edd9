import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Scenarios of applications: what OTP's rules make of them.
@Suite struct ScenarioApplicationTests {
  /// web stands before db, which it needs; stats has no one who needs it.
  private static func shop(
    _ restart: String, web: String = "", faults: String = "[]", others: String = ""
  ) -> String {
    """
    applications:
      - application: web
        needs: [db, tools]
        \(web)
        tree: {supervisor: web_sup, children: [{worker: router}, {worker: pages}]}
      - application: db
        version: "2.1"
        env: {size: 5, host: '"db1"'}
        tree: {supervisor: db_sup, children: [{worker: log}]}
      - application: stats
        restart: \(restart)
        needs: db
        tree: {supervisor: stats_sup, intensity: 0 in 5 s, children: [{worker: meter}]}
      - application: tools
    \(others)
    faults: \(faults)
    """
  }

  /// The steps of applications: `0 db starting`.
  private func steps(_ run: ScenarioRun) -> [String] {
    run.events.compactMap { event in
      guard case .application(let step) = event.kind else { return nil }
      return "\(event.instant.nanoseconds / 1_000_000) \(step.application) \(step.change.name)"
    }
  }

  private func outcome(_ run: ScenarioRun, _ words: String...) -> [String] {
    steps(run).filter { step in words.contains { step.hasSuffix($0) } }
  }

  @Test func `applications start in the order of need, whatever the order of the file`() throws {
    let run = try ScenarioRun(yaml: Self.shop("temporary"), seconds: 1)
    #expect(
      outcome(run, "started") == ["0 db", "0 tools", "0 web", "0 stats"].map { $0 + " started" })
    #expect(run.machine.processCount == 1 + 3 + 3 + 4)
  }

  @Test(arguments: [
    ("temporary", "meter", []), ("transient", "meter", ["stats", "web", "tools", "db"]),
    ("permanent", "meter", ["stats", "web", "tools", "db"]),
    ("temporary", "stats_sup", []), ("temporary", "stats", []),
    ("temporary", "db", ["db", "stats", "web", "tools"]),
  ])
  func `the restart type says what the end of an application does`(
    restart: String, victim: String, stops: [String]
  ) throws {
    let run = try ScenarioRun(
      yaml: Self.shop(restart, faults: "[{at: 1 s, kill: \(victim)}]"), seconds: 3)
    let expected = stops.isEmpty ? ["stats"] : stops
    #expect(Set(outcome(run, "stopped")) == Set(expected.map { "1000 \($0) stopped" }))
    #expect(outcome(run, "stopped").first == "1000 \(expected[0]) stopped")
    #expect((run.machine.processCount == 0) == !stops.isEmpty)
    #expect(outcome(run, "ends_machine").isEmpty == stops.isEmpty)
  }

  @Test func `a machine that ends stops the others, last started first`() throws {
    let run = try ScenarioRun(
      yaml: Self.shop("permanent", faults: "[{at: 1 s, kill: db_sup}]"), seconds: 3)
    #expect(
      outcome(run, "stopping", "stopped") == [
        "1000 db stopped", "1000 stats stopping", "1000 stats stopped", "1000 web stopping",
        "1000 web stopped", "1000 tools stopped",
      ])
  }

  @Test func `callbacks take time, and phases run in their order`() throws {
    let run = try ScenarioRun(
      yaml: Self.shop(
        "temporary",
        web: "start: {takes: 200 ms}\n    "
          + "phases: [{phase: warm, takes: 300 ms}, open]\n    stop: 400 ms",
        faults: "[{at: 2 s, stop_app: web}]"), seconds: 4)
    #expect(
      steps(run).filter { $0.contains("web") } == [
        "0 web loaded", "0 web starting", "200 web phase", "500 web phase", "500 web started",
        "2000 web stopping", "2400 web stopped",
      ])
  }

  @Test(arguments: [
    (
      "start: {fails: 1, reason: no_licence}", "{no_licence,{web_app,start,[normal,[]]}}", 0
    ),
    (
      "start: {fails: 1, reason: bad, how: exit}",
      "{bad_return,{{web_app,start,[normal,[]]},{EXIT,bad}}}", 0
    ),
    (
      "phases: [{phase: warm, fails: always, reason: cold}]",
      "{bad_return,{{web,start_phase,[warm,normal,[]]},{EXIT,cold}}}", 1
    ),
  ])
  func `a start that fails ends the machine when it is permanent`(
    web: String, reason: String, phases: Int
  ) throws {
    let run = try ScenarioRun(yaml: Self.shop("temporary", web: web), seconds: 1)
    let reasons = run.events.compactMap { event -> String? in
      guard case .application(let step) = event.kind, case .startFailed(let reason) = step.change
      else { return nil }
      return "\(reason)"
    }
    #expect(reasons == [reason])
    #expect(outcome(run, "phase").count == phases)
    #expect(run.machine.processCount == 0)
  }

  @Test func `what is only loaded or left out starts when somebody starts it`() throws {
    let others = """
        - application: late
          restart: none
          tree: {supervisor: late_sup, children: [{worker: l}]}
        - application: ready
          restart: load
          tree: {supervisor: ready_sup, children: [{worker: r}]}
      """
    let faults = """
      [{at: 1 s, start_app: late}, {at: 2 s, start_app: ready, as: permanent},
      {at: 3 s, kill: late_sup}, {at: 4 s, kill: ready_sup}]
      """
    let run = try ScenarioRun(
      yaml: Self.shop("temporary", faults: faults, others: others), seconds: 5)
    let theirs = steps(run).filter { $0.contains("late") || $0.contains("ready") }
    #expect(
      theirs == [
        "0 ready loaded", "1000 late loaded", "1000 late starting", "1000 late started",
        "2000 ready starting", "2000 ready started", "3000 late stopped", "4000 ready stopped",
        "4000 ready ends_machine",
      ])
  }

  @Test func `what cannot be started or stopped is told`() throws {
    let faults =
      "[{at: 1 s, stop_app: db}, {at: 2 s, start_app: web}, {at: 3 s, stop_app: web}, "
      + "{at: 4 s, start_app: web}, {at: 5 s, stop_app: db}]"
    let run = try ScenarioRun(yaml: Self.shop("temporary", faults: faults), seconds: 6)
    let refused = run.events.compactMap { event -> String? in
      guard case .application(let step) = event.kind, case .refused(let reason) = step.change else {
        return nil
      }
      return "\(event.instant.nanoseconds / 1_000_000_000) \(reason)"
    }
    #expect(refused == ["2 {already_started,web}", "4 {not_started,db}", "5 {not_started,db}"])
  }

  @Test func `an included application runs in the tree of who includes it`() throws {
    let yaml = """
      applications:
        - application: whole
          includes: part
          tree:
            supervisor: top
            children:
              - worker: first
              - {application: part, restart: transient, shutdown: brutal_kill}
              - {worker: last, calls: {to: inner, every: 1 s}}
        - application: part
          needs: tools
          tree: {supervisor: part_sup, children: [{worker: inner}]}
        - application: tools
      faults:
        - {at: 2 s, kill: whole/top/part_sup/inner}
        - {at: 3 s, terminate: part_sup}
      """
    let run = try ScenarioRun(yaml: yaml, seconds: 4)
    #expect(outcome(run, "started") == ["0 tools started", "0 whole started"])
    #expect(outcome(run, "loaded").count == 3)
    #expect(run.starts(of: "inner") == [0, 2000])
    #expect(run.exits(of: "part_sup") == ["3000 killed"])
    #expect(run.requests.count == 2 && run.captions.isEmpty)
  }

  @Test(arguments: ["db", "db_sup", "log", "db_sup/log", "db/db_sup/log", "application_controller"])
  func `a place is found by its ids`(place: String) throws {
    let run = try ScenarioRun(
      yaml: Self.shop("temporary", faults: "[{at: 1 s, kill: \(place)}]"), seconds: 2)
    let killed = run.requests.compactMap { request in
      if case .process(let pid, .kill) = request { pid } else { nil }
    }
    let pid = try #require(killed.first, "nobody is at \(place)")
    #expect(run.events.contains { $0.kind == .process(pid, .exited(.killed)) })
  }

  @Test func `a place is found again after its application was started again`() throws {
    let faults =
      "[{at: 1 s, stop_app: stats}, {at: 2 s, kill: meter}, {at: 3 s, start_app: stats}, "
      + "{at: 4 s, kill: meter}]"
    let run = try ScenarioRun(yaml: Self.shop("temporary", faults: faults), seconds: 5)
    #expect(run.captions == ["the script found nobody at stats/stats_sup/meter"])
    #expect(run.exits(of: "meter") == ["1000 shutdown", "4000 killed"])
  }

  @Test func `who is talked to in another application is found by name`() throws {
    let yaml = """
      applications:
        - application: web
          needs: db
          tree: {supervisor: sup, children: [{worker: router, calls: {to: db/sup/log, every: 1 s}}]}
        - application: db
          tree: {supervisor: sup, children: [{worker: log}]}
      """
    let run = try ScenarioRun(yaml: yaml, seconds: 5.5)
    #expect(run.field("messages", of: "log") == "5")
  }
}
