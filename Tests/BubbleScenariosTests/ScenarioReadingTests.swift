import BubbleEvents
import BubbleScenarios
import BubbleScripts
import Testing

/// What a file says is what the scenario holds.
@Suite struct ScenarioReadingTests {
  private func child(_ properties: String) throws -> Scenario.Child {
    let yaml = """
      tree:
        supervisor: top
        auto_shutdown: any_significant
        children:
          - worker: other
          - {supervisor: crowd, template: {worker: c}}
          - worker: a
            \(properties)
      """
    let scenario = try Scenario(yaml: yaml, file: "x.yaml")
    guard case .supervisor(_, let children) = scenario.root.content else {
      throw ReadingFailure()
    }
    return children[2]
  }

  private func worker(_ properties: String) throws -> Scenario.Worker {
    guard case .worker(let worker) = try child(properties).content else { throw ReadingFailure() }
    return worker
  }

  private struct ReadingFailure: Error {}

  @Test func `the plainest file has OTP's defaults`() throws {
    let yaml = "tree: {supervisor: top, children: [{worker: a}]}"
    let scenario = try Scenario(yaml: yaml, file: "dir/plain.yaml")
    #expect(scenario.name == "plain")
    #expect(scenario.summary.isEmpty && scenario.script.isEmpty && scenario.faults.isEmpty)
    #expect(scenario.seed == nil && scenario.beat == nil && scenario.speed == nil)
    #expect(scenario.root.registeredName == nil)
    #expect(scenario.root.listedFlags == SupervisorFlags())
    let children = try #require(scenario.root.listedChildren)
    #expect(children.map(\.id) == ["a"])
    #expect(children[0].restart == .permanent && children[0].shutdown == .timeout(5000))
    #expect(children[0].kind == .worker && !children[0].isSignificant)
    #expect(children[0].registeredName == nil)
    #expect(children[0].content == .worker(Scenario.Worker()))
  }

  @Test func `settings are taken over`() throws {
    let yaml = """
      name: my machine
      description: what it shows
      seed: 18446744073709551615
      speed: 0.5
      beat: 0
      tree: {supervisor: top, children: [{worker: a}]}
      """
    let scenario = try Scenario(yaml: yaml, file: "x.yaml")
    #expect(scenario.name == "my machine")
    #expect(scenario.summary == "what it shows")
    #expect(scenario.seed == .max)
    #expect(scenario.speed == 0.5)
    #expect(scenario.beat == .zero)
  }

  @Test(arguments: [
    ("shutdown: brutal_kill", ChildShutdown.brutalKill), ("shutdown: infinity", .infinity),
    ("shutdown: 250", .timeout(250)), ("shutdown: 2 s", .timeout(2000)),
    ("shutdown: 0", .timeout(0)), ("type: supervisor", .infinity),
    ("{type: worker}", .timeout(5000)),
  ])
  func `a shutdown is read`(properties: String, shutdown: ChildShutdown) throws {
    let block = properties.filter { $0 != "{" && $0 != "}" }
    #expect(try child(block).shutdown == shutdown)
  }

  @Test(arguments: [
    ("1 in 5 s", RestartIntensity(1, in: 5)), ("0 in 1 s", RestartIntensity(0, in: 1)),
    ("3 in 2 min", RestartIntensity(3, in: 120)), ("3 in 500ms", nil),
    ("3/5", RestartIntensity(3, in: 5)), ("3/5s", RestartIntensity(3, in: 5)),
    ("3 in 5", RestartIntensity(3, in: 5)), ("3 5", RestartIntensity(3, in: 5)), ("35", nil),
    ("3 on 5", nil), ("3/", nil), ("/5", nil), ("3 in 0 s", nil), ("3.5 in 5 s", nil),
    ("1000001 in 5 s", nil), ("3 in 1.5 s", nil), ("-1 in 5 s", nil),
    ("{restarts: 3, seconds: 7}", RestartIntensity(3, in: 7)),
    ("{restarts: 3}", RestartIntensity(3, in: 5)), ("{seconds: 7}", RestartIntensity(1, in: 7)),
  ])
  func `an intensity is read`(text: String, intensity: RestartIntensity?) {
    let yaml = "tree: {supervisor: top, intensity: \(text), children: [{worker: a}]}"
    do {
      let scenario = try Scenario(yaml: yaml, file: "x.yaml")
      #expect(scenario.root.listedFlags?.intensity == intensity)
    } catch {
      #expect(intensity == nil)
    }
  }

  @Test func `significance needs an automatic shutdown and a child that may end`() throws {
    let child = try child("restart: transient\n      significant: true")
    #expect(child.isSignificant)
    #expect(child.restart == .transient)
  }

  @Test func `all properties of a worker combine`() throws {
    let worker = try worker(
      """
      traps_exits: true
            work: 5 ms to 10 ms
            tick: 1 s
            calls: {to: other, every: 2 s, timeout: infinity, message: "{get, k}"}
            casts:
              - {to: other}
              - {to: top/other, message: hello}
            starts: {under: crowd, every: 1 s, most: 7}
            ends: {on_message: 9, chance: 2 %, after: 1 min, reason: "{shutdown, done}", how: exit}
            start: {takes: 1 s, fails: "2-3, 7", how: error, reason: nope, ignores: 5-}
            stop: refuses
            state: {hits: +1, size: 20 to 60, host: db1, offset: -3}
      """)
    #expect(worker.trapsExits)
    #expect(worker.work == Scenario.Span(.milliseconds(5), .milliseconds(10)))
    #expect(worker.tick == Scenario.Span(.seconds(1)))
    #expect(worker.calls.map(\.target) == ["other"])
    #expect(
      worker.calls[0].every == Scenario.Span(.seconds(2)) && worker.calls[0].limit == .given(nil))
    #expect(worker.calls[0].message == .tuple(["get", "k"]))
    #expect(worker.casts.map(\.message) == ["note", "hello"])
    #expect(worker.casts.map(\.target) == ["other", "other"])
    #expect(worker.starts.map(\.most) == [7])
    #expect(worker.end?.onMessage == 9 && worker.end?.chance == 0.02)
    #expect(worker.end?.after == Scenario.Span(.seconds(60)))
    #expect(worker.end?.reason == .shutdownBecause("done") && worker.end?.manner == .exit)
    #expect(worker.start.takes == Scenario.Span(.seconds(1)))
    #expect(worker.start.reason == .failure("nope") && worker.start.manner == .error)
    #expect(worker.start.ignores?.ranges == [5...Int.max])
    #expect(worker.stop == .refuses)
    #expect(
      worker.state.map(\.value) == [
        .grows(by: 1), .anyOf(20...60), .constant("db1"), .constant("-3"),
      ])
  }

  @Test(arguments: [
    ("2", [2]), ("2-4", [2, 3, 4]), ("1, 3-", [1, 3, 4, 5, 6]), ("always", [1, 2, 3, 4, 5, 6]),
  ])
  func `numbers of starts are read`(text: String, starts: [Int]) throws {
    let worker = try worker("start: {fails: '\(text)'}")
    #expect((1...6).filter { worker.start.fails?.contains($0) == true } == starts)
  }

  @Test func `steps are sorted by their instants, and equal ones stay in the order of the file`()
    throws
  {
    let yaml = """
      tree: {supervisor: top, children: [{worker: a}, {supervisor: d, template: {worker: w}}]}
      faults:
        - {at: 2 s, kill: a}
        - {at: 1 s, say: first}
        - {at: 2 s, exit: a, reason: normal}
        - {at: 3 s, kill: "d/#4"}
        - {at: 4 s, change: top, intensity: 9 in 9 s}
      """
    let a = ChildPath([.named(.atom("a"))])
    let dynamic = ChildPath([.named(.atom("d")), .dynamic(4)])
    let actions = try Scenario(yaml: yaml, file: "x").faults.map(\.request)
    #expect(actions.prefix(4) == [nil, .kill(a), .exit(a, .normal), .kill(dynamic)])
    guard case .change(let path, let change) = actions[4] else { throw ReadingFailure() }
    #expect(path.ids.isEmpty && change.intensity == RestartIntensity(9, in: 9))
    #expect(change.strategy == nil && change.autoShutdown == nil)
  }

  @Test func `only those whom others talk to are registered, by an id that is theirs alone`() throws
  {
    let yaml = """
      tree:
        supervisor: top
        children:
          - {supervisor: left, children: [{worker: w}]}
          - {supervisor: right, children: [{worker: w}]}
          - {worker: a, calls: {to: left/w}, links: b}
          - {worker: b, monitors: right}
      """
    let scenario = try Scenario(yaml: yaml, file: "x")
    #expect(names(scenario.root) == [nil, nil, "left/w", "right", nil, nil, "b"])
  }

  /// How a file calls dynamic children, the place each means, and what a hint says.
  static let dynamicNames: [(text: String, ids: [ChildID], better: String?)] = [
    ("conn3", [ChildID("conn_sup"), .dynamic(2)], nil),
    ("conn_sup/conn3", [ChildID("conn_sup"), .dynamic(2)], nil),
    ("top/conn_sup/conn3", [ChildID("conn_sup"), .dynamic(2)], nil),
    ("'conn_sup/#2'", [ChildID("conn_sup"), .dynamic(2)], "conn3"),
    ("pool#1", [ChildID("pool"), .dynamic(0)], nil),
    ("'pool/#1'", [ChildID("pool"), .dynamic(1)], "pool#2"),
    ("room2/table", [ChildID("room_sup"), .dynamic(1), ChildID("table")], nil),
    (
      "room2/seat_sup/seat1", [ChildID("room_sup"), .dynamic(1), ChildID("seat_sup"), .dynamic(0)],
      nil
    ),
    (
      "'room_sup/#1/seat_sup/#0'",
      [ChildID("room_sup"), .dynamic(1), ChildID("seat_sup"), .dynamic(0)],
      "room2/seat_sup/seat1"
    ),
    ("jobs#1", [ChildID("jobs"), .dynamic(0)], nil),
    ("'jobs/#0'", [ChildID("jobs"), .dynamic(0)], "jobs#1"),
    ("conn12", [ChildID("conn12")], nil),
    ("'conn_sup/#11'", [ChildID("conn_sup"), .dynamic(11)], "conn_sup/conn12"),
  ]

  @Test(arguments: dynamicNames)
  func `a dynamic child is called as on the screen, and an older name is read with a hint`(
    name: (text: String, ids: [ChildID], better: String?)
  ) throws {
    let yaml = """
      tree:
        supervisor: top
        children:
          - {supervisor: conn_sup, template: {worker: w}}
          - {supervisor: pool, template: {worker: w}}
          - {supervisor: jobs, tasks: 3}
          - {worker: conn12}
          - supervisor: room_sup
            template:
              supervisor: room
              children: [{worker: table}, {supervisor: seat_sup, template: {worker: w}}]
      faults: [{at: 3 s, kill: \(name.text)}]
      """
    let scenario = try Scenario(yaml: yaml, file: "x")
    #expect(scenario.faults.map(\.request) == [.kill(ChildPath(name.ids))])
    let text = name.text.filter { $0 != "'" }
    #expect(
      scenario.hints.map(\.message)
        == (name.better.map { ["\"\(text)\" is called \"\($0)\", here as on the screen"] } ?? []))
  }

  private func names(_ child: Scenario.Child) -> [String?] {
    guard case .supervisor(_, let children) = child.content else { return [child.registeredName] }
    return [child.registeredName] + children.flatMap(names)
  }

  @Test func `a name may hold anything that a quoted text can`() throws {
    let yaml = #"tree: {supervisor: "a\e[2J/\u202E", children: [{worker: "+1"}, {worker: 作}]}"#
    let scenario = try Scenario(yaml: yaml, file: "x")
    #expect(scenario.root.id == "a\u{1B}[2J/\u{202E}")
    #expect(scenario.root.listedChildren?.map(\.id) == ["+1", "作"])
  }

  @Test func `an alias stands for the value it names`() throws {
    let yaml = """
      tree:
        supervisor: top
        children:
          - {worker: a, tick: &often 100 ms}
          - {worker: b, tick: *often}
      """
    guard
      case .supervisor(_, let children) = try Scenario(yaml: yaml, file: "x").root.content,
      case .worker(let second) = children[1].content
    else { throw ReadingFailure() }
    #expect(second.tick == Scenario.Span(.milliseconds(100)))
  }

  @Test func `a thousand levels of dynamic supervisors are refused, 256 are not`() throws {
    for (depth, isFine) in [(255, true), (256, false), (400, false)] {
      let yaml =
        "tree: " + (1...depth).map { "{supervisor: s\($0), children: [" }.joined()
        + "{worker: a}" + String(repeating: "]}", count: depth)
      #expect(((try? Scenario(yaml: yaml, file: "x")) != nil) == isFine)
    }
  }
}
