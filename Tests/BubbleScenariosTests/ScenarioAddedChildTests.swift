import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Children that are added while the machine runs, as supervisor:start_child and Elixir's
/// DynamicSupervisor add them.
@Suite struct ScenarioAddedChildTests {
  private static func tree(_ faults: String, seconds: Double = 5) throws -> ScenarioRun {
    try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          strategy: one_for_all
          intensity: 9 in 5 s
          children: [{worker: steady}]
        faults: [\(faults)]
        """, seconds: seconds)
  }

  @Test func `a child is added at the end of the start order, and restarted with the others`()
    throws
  {
    let run = try Self.tree(
      "{at: 1 s, start: top, child: {worker: extra, tick: 100 ms}}, {at: 2 s, kill: steady}")
    #expect(run.starts(of: "extra") == [1000, 2000])
    #expect(run.starts(of: "steady") == [0, 2000])
    #expect(run.exits(of: "extra") == ["2000 shutdown"])
  }

  @Test func `an added child is known by its id to later steps and to other workers`() throws {
    let run = try ScenarioRun(
      a: "casts: {to: extra, every: 100 ms}",
      script: """
        [{at: 1 s, start: top, child: {worker: extra}}, {at: 2 s, kill: extra},
         {at: 3 s, terminate: extra}, {at: 4 s, delete: extra}]
        """, seconds: 5)
    #expect(run.starts(of: "extra") == [1000, 2000])
    #expect(run.exits(of: "extra") == ["2000 killed", "3000 shutdown"])
    #expect(run.requests.count == 4)
  }

  @Test func `an id that nobody describes is a worker without properties`() throws {
    let run = try Self.tree(
      "{at: 1 s, start: top, child: plain}, {at: 2 s, start: top, child: plain}")
    #expect(run.starts(of: "plain") == [1000])
    let refusals = run.events.compactMap { event in
      if case .requestRefused(_, let why) = event.kind { "\(why)" } else { nil }
    }
    #expect(refusals.count == 1)
    #expect(refusals.first?.contains("already_started") == true)
  }

  @Test func `a supervisor that is restarted knows its listed children only`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - supervisor: mid
              children: [{worker: listed}]
        faults: [{at: 1 s, start: mid, child: extra}, {at: 2 s, kill: mid}]
        """, seconds: 3)
    #expect(run.starts(of: "extra") == [1000])
    #expect(run.starts(of: "listed") == [0, 2000])
  }

  @Test func `children that bring their own specifications each have their restart`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - supervisor: jobs
              strategy: simple_one_for_one
              children: [{worker: a, restart: temporary}, {worker: b, restart: transient}]
        faults:
          - {at: 1 s, kill: jobs#1}
          - {at: 2 s, kill: jobs#2}
          - {at: 3 s, start: jobs, child: {worker: c, ends: {after: 500 ms, reason: normal}}}
          - {at: 4 s, kill: jobs}
        """, seconds: 5)
    #expect(run.starts(of: .dynamic(0)) == [0, 3000, 3500])
    #expect(run.starts(of: .dynamic(1)) == [0, 2000])
    #expect(run.machine.processCount == 2)
  }

  @Test(arguments: [
    "children: [{worker: w, restart: temporary}]",
    "template: {worker: w, restart: temporary}, count: 1",
  ])
  func `there are never more children than there may be`(children: String) throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - {supervisor: jobs, strategy: simple_one_for_one, max_children: 2, \(children)}
        faults:
          - {at: 1 s, start: jobs\(children.hasPrefix("c") ? ", child: w" : "")}
          - {at: 2 s, start: jobs\(children.hasPrefix("c") ? ", child: w" : "")}
          - {at: 3 s, kill: jobs#1}
          - {at: 4 s, start: jobs\(children.hasPrefix("c") ? ", child: w" : "")}
        """, seconds: 5)
    let refusals = run.milliseconds { if case .requestRefused = $0 { true } else { false } }
    #expect(refusals == [2000])
    #expect(run.starts(of: .dynamic(0)) == [0, 4000])
    #expect(run.starts(of: .dynamic(1)) == [1000])
  }

  @Test func `a worker adds children with specifications of their own`() throws {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - {supervisor: jobs, strategy: simple_one_for_one, children: []}
            - worker: clerk
              starts: {under: jobs, child: {worker: w, tick: 1 s}, every: 300 ms, most: 2}
        """, seconds: 2)
    #expect(run.starts(of: .dynamic(0)) == [300])
    #expect(run.starts(of: .dynamic(1)) == [600])
  }

  @Test func `keys of another mapping are taken over, those that are there stay`() throws {
    let run = try ScenarioRun(
      yaml: """
        anchors:
          - &base {tick: 100 ms, restart: temporary}
          - &slow {tick: 500 ms, state: {n: +1}}
        tree:
          supervisor: top
          children:
            - {worker: a, <<: *base}
            - {worker: b, <<: [*base, *slow]}
            - {<<: *slow, worker: c, tick: 250 ms}
        """, seconds: 2)
    #expect(run.field("messages", of: "a") == "20" && run.field("messages", of: "b") == "20")
    #expect(run.field("n", of: "b") == "20" && run.field("messages", of: "c") == "8")
  }

  @Test func `a handler is swapped for another one, which goes on counting, and one is deleted`()
    throws
  {
    let run = try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          children:
            - {worker: alarms, handlers: [{handler: log}, {handler: pager}]}
            - {worker: sensor, casts: {to: alarms, every: 100 ms}}
            - worker: admin
              swaps: {handler: log, of: alarms, by: file_log, after: 1 s}
              deletes: {handler: pager, of: alarms, after: 1500 ms}
        """, seconds: 2)
    let state = try #require(run.inspection(of: "alarms")).state
    #expect(state.contains { $0.name.contains("file_log") })
    #expect(!state.contains { $0.name.contains("pager") })
    #expect(state.contains { $0.value.contains("20") || $0.value.contains("19") })
  }

  @Test func `each change of a machine's state is an event`() throws {
    let run = try ScenarioRun(
      a: "states: {locked: {on: {code: open}}, open: {after: 300 ms, next: locked}}",
      script: "[{at: 1 s, send: a, message: code}]", seconds: 2)
    let states = run.events.compactMap { event in
      if case .process(_, .stateEntered(let state, let previous, let by)) = event.kind {
        "\(event.instant.nanoseconds / 1_000_000) \(previous.map { "\($0)" } ?? "-") \(state) \(by)"
      } else {
        nil
      }
    }
    #expect(states.count == 3)
    #expect(states.first == "0 - locked start")
    #expect(
      states.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
        "0 - locked", "1000 locked open", "1300 open locked",
      ])
  }
}

extension ScenarioRun {
  /// The instants, in milliseconds, at which the start of a numbered child was over.
  fileprivate func starts(of id: ChildID) -> [Int] {
    milliseconds { if case .child(_, id, .started) = $0 { true } else { false } }
  }
}
