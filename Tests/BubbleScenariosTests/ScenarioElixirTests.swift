import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleSimulation
import Testing

/// Registries, partitions, tasks and agents of a scenario do what the document says.
@Suite struct ScenarioElixirTests {
  private func run(_ children: String..., faults: String = "[]", seconds: Double) throws
    -> ScenarioRun
  {
    try ScenarioRun(
      yaml: """
        tree:
          supervisor: top
          intensity: 100 in 1 s
          children: [\(children.joined(separator: ", "))]
        faults: \(faults)
        """, seconds: seconds)
  }

  /// The state of the child of that id, part by part.
  private func state(_ run: ScenarioRun, _ id: ChildID) -> [String] {
    let pid = run.events.reversed().lazy.compactMap { event in
      if case .child(_, id, .started(let pid)) = event.kind { pid } else { nil }
    }.first
    let inspection = pid.flatMap { run.machine.inspect($0) }
    return inspection?.state.map { "\($0.name) \($0.value)" } ?? []
  }

  @Test func `what registers is found by its key, and its entry goes with it`() throws {
    var run = try run(
      "{supervisor: rooms, registry: unique}",
      "{worker: a, registers: {in: rooms, key: '{room, 7}', value: hot}}",
      "{worker: b, calls: {to: rooms, key: '{room, 7}', every: 1 s}}",
      faults: "[{at: 4.5 s, terminate: a}]", seconds: 4)
    #expect(run.field("messages", of: "a") == "4")
    #expect(run.field("registered", of: "a") == "{room,7} in rooms")
    let entry = try #require(run.pid(of: "a"))
    #expect(
      state(run, ChildID("rooms.PIDPartition0")) == ["entries 1", "{room,7} \(entry) hot"])
    run.run(until: 6)
    #expect(state(run, ChildID("rooms.PIDPartition0")) == ["entries 0"])
    #expect(
      run.exits(of: "b").first
        == "5000 {noproc,{gen_server,call,[{via,Registry,{rooms,{room,7}}},{request,5}]}}")
  }

  @Test func `a key that is taken fails a start`() throws {
    let run = try run(
      "{supervisor: rooms, registry: unique}", "{worker: a, registers: {in: rooms, key: k}}",
      "{worker: b, start: {takes: 1 s}, registers: {in: rooms, key: k}}", seconds: 2)
    let owner = try #require(
      run.events.lazy.compactMap { event in
        if case .child(_, ChildID("a"), .started(let pid)) = event.kind { pid } else { nil }
      }.first)
    let failures = run.events.compactMap { event -> String? in
      if case .child(_, ChildID("b"), .startFailed(let reason)) = event.kind {
        "\(reason)"
      } else {
        nil
      }
    }
    #expect(failures.first == "{already_registered,\(owner)}")
  }

  @Test func `a cast to a duplicate key goes to all who have it`() throws {
    let run = try run(
      "{supervisor: rooms, registry: duplicate, partitions: 2}",
      "{worker: a, registers: {in: rooms, key: k}}", "{worker: b, registers: {in: rooms, key: k}}",
      "{worker: c, registers: {in: rooms, key: l}}",
      "{worker: d, casts: {to: rooms, key: k, every: 1 s}}", seconds: 3)
    #expect(["a", "b", "c"].map { run.field("messages", of: $0) } == ["3", "3", "0"])
  }

  @Test func `who has registered dies with the registry`() throws {
    let run = try run(
      "{supervisor: rooms, registry: unique}", "{worker: a, registers: {in: rooms, key: k}}",
      "{worker: b}", faults: "[{at: 1 s, kill: rooms.PIDPartition0}]", seconds: 2)
    #expect(run.exits(of: "a") == ["1000 killed"])
    #expect(run.exits(of: "b").isEmpty)
    #expect(state(run, ChildID("rooms.PIDPartition0")).first == "entries 1")
  }

  @Test func `a key leads to its partition, which keeps its number`() throws {
    let run = try run(
      "{supervisor: pool, partitions: 3, template: {worker: w}}",
      "{worker: a, calls: {to: pool, key: 4, every: 1 s}}",
      "{worker: b, casts: {to: pool, key: x, every: 1 s}}",
      faults: "[{at: 2.5 s, kill: pool/1}]", seconds: 4)
    let messages = (0...2).map { state(run, .named(.integer($0))) }
    // phash2(x, 3) is 0; of the calls two went to the partition that was killed.
    #expect(messages == [["messages 4"], ["messages 2"], ["messages 0"]])
    #expect(run.exits(of: "a").isEmpty)
  }

  @Test func `partitions may be agents, and fall together`() throws {
    let run = try run(
      "{supervisor: sums, partitions: 2, strategy: one_for_all, template: {worker: s, agent: 5}}",
      "{worker: a, casts: {to: sums, key: 0 to 1, update: +2, every: 1 s}}",
      faults: "[{at: 4.5 s, kill: sums/0}]", seconds: 4)
    let values = (0...1).compactMap { number in
      state(run, .named(.integer(number))).first.flatMap { Int($0.dropFirst("state ".count)) }
    }
    #expect(values.reduce(0, +) == 10 + 4 * 2)
    var later = run
    later.run(until: 4.6)
    #expect((0...1).map { state(later, .named(.integer($0))) } == [["state 5"], ["state 5"]])
  }

  @Test func `an agent keeps a value`() throws {
    let run = try run(
      "{worker: a, agent: '{a, b}'}", "{worker: b, casts: {to: a, update: 7, every: 1 s}}",
      "{worker: c, calls: {to: a, update: +1, every: 1 s}}", "{worker: d, calls: {to: a}}",
      seconds: 1.5)
    #expect(run.inspection(of: "a")?.behaviour == "agent a")
    #expect(run.field("state", of: "a") == "8")
    #expect(run.field("messages", of: "d") == "1")
    let failing = try self.run(
      "{worker: a, agent: text}", "{worker: c, calls: {to: a, update: +1}}", seconds: 1.5)
    #expect(failing.exits(of: "a") == ["1000 {badarith,STACK}"])
    #expect(
      failing.exits(of: "c").first?.hasPrefix("1000 {{badarith,STACK},{gen_server,call,") == true)
  }

  @Test func `a worker waits for its task, and dies with it when they are linked`() throws {
    for under in ["", "under: jobs, "] {
      var run = try run(
        "{supervisor: jobs, tasks: 3}",
        "{worker: a, tasks: {task: sum, \(under)every: 1 s, takes: 2 s, fails: 2}}", seconds: 2)
      let task = try #require(
        run.events.lazy.compactMap { event in
          if case .process(let pid, .spawned(_, "task sum")) = event.kind { pid } else { nil }
        }.first)
      #expect(run.field("awaits", of: "a") == "\(task)")
      #expect(run.inspection(of: "a")?.waitingFor == "a reply")
      run.run(until: 3.5)
      #expect(run.field("tasks", of: "a") == "1 done, 0 failed")
      #expect(run.field("last task", of: "a") == "{ok,1}")
      run.run(until: 7)
      #expect(run.exits(of: "a") == ["6000 crash"])
    }
  }

  @Test func `a task that is not linked is looked at, and killed when it takes too long`() throws {
    var run = try run(
      "{supervisor: jobs, tasks: 3}",
      "{worker: a, tasks: {under: jobs, linked: false, takes: 1 s, fails: 1, reason: bad}}",
      "{worker: b, tasks: {under: jobs, linked: false, takes: 9 s, await: 2 s}}", seconds: 2.5)
    #expect(run.field("last task", of: "a") == "{exit,bad}")
    run.run(until: 3.5)
    #expect(run.field("last task", of: "b") == "killed, it took too long")
    #expect(run.field("tasks", of: "b") == "0 done, 1 failed")
    #expect(run.exits(of: "a") + run.exits(of: "b") == [])
  }

  @Test func `a worker that waits too long exits`() throws {
    let run = try run(
      "{worker: a, tasks: {takes: 9 s, await: 2 s}}", seconds: 3.5)
    #expect(run.exits(of: "a").first?.hasPrefix("3000 {timeout,{Task,await,[<") == true)
  }

  @Test func `tasks that nobody waits for run side by side, and can be limited`() throws {
    let run = try run(
      "{supervisor: jobs, tasks: 2}",
      "{worker: a, tasks: {under: jobs, await: never, takes: 9 s}}",
      "{worker: b, tasks: {await: never, takes: 9 s}}", seconds: 4.5)
    let begun = run.events.count { event in
      if case .process(_, .spawned(_, "task")) = event.kind { true } else { false }
    }
    #expect(begun == 2 + 4)
    #expect(run.field("last task", of: "a") == "max_children")
  }

  @Test func `a stream does so many tasks at once`() throws {
    for under in ["", "under: jobs, ", "under: jobs, linked: false, "] {
      var run = try run(
        "{supervisor: jobs, tasks: 9}",
        "{worker: a, tasks: {\(under)count: 5, at_once: 2, takes: 1 s}}", seconds: 1.5)
      let tasks = { (run: ScenarioRun) in
        run.machine.processes.count { pid in
          run.machine.inspect(pid)?.behaviour == "task"
        }
      }
      #expect(tasks(run) == 2)
      run.run(until: 3.5)
      #expect(tasks(run) == 1)
      run.run(until: 4.5)
      #expect(run.field("tasks", of: "a") == "5 done, 0 failed")
    }
  }

  @Test func `a number names a task, and a fault reaches it`() throws {
    let run = try run(
      "{supervisor: jobs, tasks: infinity}",
      "{worker: a, tasks: {under: jobs, linked: false, takes: 9 s}}",
      faults: "[{at: 2 s, kill: 'jobs#1'}]", seconds: 3)
    #expect(run.field("last task", of: "a") == "{exit,killed}")
  }
}
