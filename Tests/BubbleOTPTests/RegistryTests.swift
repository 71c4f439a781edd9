import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// The rules of Elixir's Registry, one by one (docs/SEMANTICS.md, RG).
struct RegistryTests {
  private var test = Servers()
  private let root: PID

  init() {
    guard
      case .ok(let pid, _)? = test.simulation.start(
        Supervisor(
          "top",
          children: [
            .supervisor(id: "u", Registry("u", keys: .unique, listeners: ["ear"]).supervisor),
            .supervisor(
              id: "d", Registry("d", keys: .duplicate, partitions: 3).supervisor),
          ]
        ).start)
    else { preconditionFailure("the registries did not start") }
    root = pid
  }

  /// What a deed of a process comes to, in words; a failure is told as its reason.
  private mutating func ask(
    _ pid: PID, _ deed: @escaping @Sendable (inout ProcessContext) throws -> Any
  ) -> String {
    test.order(pid) { context in
      let text: String
      do { text = "\(try deed(&context))" } catch { text = "\(ExitReason(uncaught: error))" }
      context.send(Term.atom(text), to: context.pid)
    }
    return test.heard(pid).last ?? ""
  }

  private func partition(_ number: Int, of registry: String) -> PID {
    test.simulation.kernel.processes.first { pid in
      test.simulation.inspect(pid)?.name == "\(registry).PIDPartition\(number)"
    } ?? PID(0)
  }

  @Test func `a unique key has one process, and its owner cannot register it again`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    let home = partition(0, of: "u")
    #expect(
      copy.ask(a) { try Registry.register("k", value: 1, in: "u", &$0) }
        == "registered(partition: \(home))")
    #expect(copy.ask(a) { try Registry.register("k", in: "u", &$0) } == "alreadyRegistered(\(a))")
    #expect(copy.ask(b) { try Registry.register("k", in: "u", &$0) } == "alreadyRegistered(\(a))")
    #expect(copy.ask(b) { try Registry.lookup("k", in: "u", $0) } == "[{\(a),1}]")
    #expect(copy.ask(b) { try Registry.lookup("x", in: "u", $0) } == "[]")
  }

  @Test func `a duplicate key has many entries, also of one process`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    for (pid, value) in [(a, 1), (b, 2), (a, 3)] {
      _ = copy.ask(pid) { try Registry.register("k", value: .integer(value), in: "d", &$0) }
    }
    #expect(
      Set(copy.ask(a) { try Registry.values("k", of: a, in: "d", $0) }) == Set("[1, 3]"))
    #expect(copy.ask(b) { try Registry.keys(of: a, in: "d", $0) } == "[k, k]")
    #expect(copy.ask(b) { try Registry.count(in: "d", $0) } == "3")
    #expect(copy.ask(b) { try Registry.lookup("k", in: "d", $0).count } == "3")
    #expect(copy.ask(b) { try Registry.whereis("k", in: "d", $0) as Any } == "{badarg,STACK}")
  }

  @Test func `a process that has registered is linked with the registry`() {
    var copy = self
    let a = copy.test.listener()
    let home = partition(0, of: "u")
    for key in ["k", "l"] as [Term] { _ = copy.ask(a) { try Registry.register(key, in: "u", &$0) } }
    #expect(copy.test.simulation.inspect(a)?.links == [home])
    for (key, links) in [("k", [home]), ("l", [])] as [(Term, [PID])] {
      _ = copy.ask(a) { try Registry.unregister(key, in: "u", &$0) }
      #expect(copy.test.simulation.inspect(a)?.links == links)
    }
  }

  @Test func `entries vanish with their process, and no name ever stands for a dead one`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    _ = copy.ask(a) { try Registry.register("k", in: "u", &$0) }
    _ = copy.ask(a) { try Registry.register("k", in: "d", &$0) }
    // In one turn: the registries have not heard of the end.
    let seen = copy.ask(b) { context in
      context.kill(a)
      return [
        "\(try context.whereis(.registry("u", "k")) as PID?)",
        "\(try Registry.lookup("k", in: "u", context))",
        "\(try Registry.lookup("k", in: "d", context))",
        "\(try Registry.count(in: "u", context))",
      ].joined(separator: " ")
    }
    #expect(seen == "nil [{\(a),nil}] [{\(a),nil}] 1")
    for registry in ["u", "d"] {
      #expect(copy.ask(b) { try Registry.lookup("k", in: registry, $0) } == "[]")
    }
    #expect(copy.ask(b) { try Registry.count(in: "u", $0) } == "0")
    #expect(copy.ask(b) { try Registry.keys(of: a, in: "u", $0) } == "[]")
  }

  @Test func `the key of a dead process can be taken at once`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    _ = copy.ask(a) { try Registry.register("k", in: "u", &$0) }
    _ = copy.ask(b) { context in
      context.kill(a)
      return try Registry.register("k", value: 2, in: "u", &context)
    }
    #expect(copy.ask(b) { try Registry.lookup("k", in: "u", $0) } == "[{\(b),2}]")
    #expect(copy.ask(b) { try Registry.count(in: "u", $0) } == "1")
  }

  @Test func `a process can be started, called and found under a key`() throws {
    var copy = self
    let start = ProcessStart.genServer { Agent { 5 } }.registered(as: "five", value: "v", in: "u")
    guard case .ok(let five, _)? = copy.test.simulation.start(start) else {
      Issue.record("not started")
      return
    }
    #expect(
      copy.test.simulation.start(start) == .error(.tuple(["already_started", .pid(five)])))
    let a = copy.test.listener()
    #expect(copy.ask(a) { try Registry.lookup("five", in: "u", $0) } == "[{\(five),v}]")
    let client = try copy.test.started()
    copy.test.cast(client) { context in
      .wait(
        try .calling(AgentRequest<Int>.get { $0 }, to: .registry("u", "five"), &context) {
          (diary: inout Diary, answer: Int, _) in
          diary.entries.append("\(answer)")
          return .noReply
        })
    }
    #expect(
      copy.test.simulation.inspect(client)?.state.first { $0.name == "entries" }?.value
        == #"["5"]"#)
    copy.test.cast(client) { context in
      .wait(
        try .calling(AgentRequest<Int>.get { $0 }, to: .registry("u", "none"), &context) {
          (_, _: Int, _) in .noReply
        })
    }
    #expect(
      copy.test.ends().last
        == "exit {noproc,{gen_server,call,[{via,Registry,{u,none}},get]}}")
  }

  @Test func `a start under a key of a registry that is not there, or has not unique keys, fails`()
  {
    var copy = self
    for (registry, reason) in [("d", "badarg"), ("x", "{unknown_registry,x}")] {
      let start = ProcessStart.genServer { Agent { 5 } }.registered(as: "k", in: registry)
      #expect(
        copy.test.simulation.start(start)?.description == "{error,{EXIT,{\(reason),STACK}}}")
    }
    let a = copy.test.listener()
    #expect(
      copy.ask(a) { try Registry.lookup("k", in: "x", $0) } == "{{unknown_registry,x},STACK}")
  }

  @Test func `only the owner gives its entry another value`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    _ = copy.ask(a) { try Registry.register("k", value: 1, in: "u", &$0) }
    let update: @Sendable (inout ProcessContext) throws -> Any = { context in
      try Registry.updateValue("k", in: "u", &context) { .tuple([$0, "more"]) } as Any
    }
    #expect(copy.ask(b, update) == "nil")
    #expect(copy.ask(a, update) == "Optional((new: {1,more}, old: 1))")
    #expect(copy.ask(b) { try Registry.lookup("k", in: "u", $0) } == "[{\(a),{1,more}}]")
    #expect(
      copy.ask(a) { try Registry.updateValue("k", in: "d", &$0) { $0 } as Any } == "{badarg,STACK}")
  }

  @Test func `unregistering removes all entries of a key, or those that match`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    for value in [1, 2, 3] as [Term] {
      _ = copy.ask(a) { try Registry.register("k", value: value, in: "d", &$0) }
    }
    _ = copy.ask(b) { try Registry.register("k", value: 4, in: "d", &$0) }
    _ = copy.ask(a) { try Registry.unregister("k", in: "d", &$0) { $0 == 2 } }
    #expect(copy.ask(b) { try Registry.values("k", of: a, in: "d", $0) } == "[1, 3]")
    #expect(copy.ask(b) { try Registry.keys(of: a, in: "d", $0) } == "[k, k]")
    _ = copy.ask(a) { try Registry.unregister("k", in: "d", &$0) }
    _ = copy.ask(a) { try Registry.unregister("k", in: "d", &$0) }
    #expect(copy.ask(b) { try Registry.lookup("k", in: "d", $0) } == "[{\(b),4}]")
    #expect(copy.test.simulation.inspect(a)?.links == [])
  }

  @Test func `entries are counted, matched, chosen and dispatched to`() {
    var copy = self
    let (a, b) = (copy.test.listener(), copy.test.listener())
    for (pid, key, value) in [(a, "k", 1), (b, "k", 2), (a, "l", 3)] as [(PID, Term, Term)] {
      _ = copy.ask(pid) { try Registry.register(key, value: value, in: "u", &$0) }
      _ = copy.ask(pid) { try Registry.register(key, value: value, in: "d", &$0) }
    }
    #expect(copy.ask(a) { try Registry.count(in: "u", $0) } == "2")
    #expect(copy.ask(a) { try Registry.match("k", in: "d", $0) { $0 == 2 } } == "[{\(b),2}]")
    #expect(
      copy.ask(a) {
        try Registry.select(in: "d", $0) { $2 == 2 ? nil : "\($0)\($1)\($2)" }.sorted()
      } == "[\"k\(a)1\", \"l\(a)3\"]")
    let dispatched = copy.ask(a) { context in
      var called: [Term] = []
      try Registry.dispatch("none", in: "d", &context) { _, _ in called.append("never") }
      try Registry.dispatch("k", in: "u", &context) { entries, context in
        for entry in entries { context.send(Term.atom("hey"), to: entry.pid) }
        called += entries.map { .pid($0.pid) }
      }
      return called
    }
    #expect(dispatched == "[\(a)]")
    #expect(copy.test.heard(a).contains("hey"))
    #expect(!copy.test.heard(b).contains("hey"))
  }

  @Test func `a registry keeps values of its own`() {
    var copy = self
    let a = copy.test.listener()
    #expect(copy.ask(a) { try Registry.meta("m", in: "u", $0) as Any } == "nil")
    _ = copy.ask(a) { try Registry.putMeta("m", 5, in: "u", &$0) }
    #expect(copy.ask(a) { try Registry.meta("m", in: "u", $0) as Any } == "Optional(5)")
    _ = copy.ask(a) { try Registry.putMeta("m", nil, in: "u", &$0) }
    #expect(copy.ask(a) { try Registry.meta("m", in: "u", $0) as Any } == "nil")
  }

  @Test func `listeners hear of what comes and goes`() {
    var copy = self
    let (a, ear) = (copy.test.listener(), copy.test.listener())
    copy.test.order(ear) { try $0.register("ear", ear) }
    _ = copy.ask(a) { try Registry.register("k", value: 1, in: "u", &$0) }
    _ = copy.ask(a) { try Registry.unregister("k", in: "u", &$0) }
    _ = copy.ask(a) { try Registry.register("l", in: "u", &$0) }
    copy.test.order(ear) { $0.kill(a) }
    #expect(
      copy.test.heard(ear) == [
        "{register,u,k,\(a),1}", "{unregister,u,k,\(a)}", "{register,u,l,\(a),nil}",
      ])
  }

  /// What Elixir's registries tell their listeners of what one process gives up.
  @Test(arguments: [
    (values: [] as [Term], given: nil as Term?, told: 1), ([1], nil, 1), ([1, 1], nil, 1),
    ([], 2, 1), ([1], 2, 0), ([2], 2, 1), ([1, 2], 2, 0), ([2, 2], 2, 1),
  ])
  func `listeners hear of a key that its process has not any more, even if it never had it`(
    values: [Term], given: Term?, told: Int
  ) {
    var copy = self
    let (a, ear) = (copy.test.listener(), copy.test.listener())
    copy.test.simulation.start(
      Registry("told", keys: .duplicate, listeners: ["listening"]).supervisor.start)
    copy.test.order(ear) { try $0.register("listening", ear) }
    for value in values {
      _ = copy.ask(a) { try Registry.register("k", value: value, in: "told", &$0) }
    }
    _ = copy.ask(a) {
      try Registry.unregister("k", in: "told", &$0) { given == nil || $0 == given }
    }
    #expect(
      copy.test.heard(ear).dropFirst(values.count)
        == Array(repeating: "{unregister,told,k,\(a)}", count: told)[...])
  }

  @Test func `who has registered dies with the registry, and a new one is empty`() {
    var copy = self
    let trapping = copy.test.listener()
    let plain = copy.test.listener(trapping: false)
    for (pid, key) in [(trapping, "t"), (plain, "p")] as [(PID, Term)] {
      _ = copy.ask(pid) { try Registry.register(key, in: "u", &$0) }
    }
    let home = partition(0, of: "u")
    copy.test.order(copy.test.listener()) { $0.kill(home) }
    #expect(!copy.test.isAlive(plain))
    #expect(copy.test.heard(trapping).last == "EXIT \(home) killed")
    #expect(copy.ask(trapping) { try Registry.lookup("t", in: "u", $0) } == "[]")
    #expect(copy.ask(trapping) { try Registry.count(in: "u", $0) } == "0")
    _ = copy.ask(trapping) { try Registry.register("t", in: "u", &$0) }
    #expect(copy.ask(trapping) { try Registry.lookup("t", in: "u", $0) } == "[{\(trapping),nil}]")
  }

  @Test func `the partitions of unique keys fall together, others alone`() throws {
    for (keys, fallen) in [(Registry.Keys.unique, 3), (.duplicate, 1)] {
      var simulation = Simulation(seed: 1)
      simulation.start(Registry("r", keys: keys, partitions: 3).supervisor.start)
      simulation.apply(.process(PID(3), .kill))
      simulation.runUntilIdle()
      #expect(simulation.kernel.processes.count == 4)
      #expect(simulation.kernel.processes.filter { $0.number > 4 }.count == fallen)
    }
  }

  @Test func `keys are spread over the partitions, and each is found`() throws {
    var test = Servers()
    test.simulation.start(Registry("r", keys: .unique, partitions: 4).supervisor.start)
    let a = test.listener()
    test.order(a) { context in
      for key in 0..<100 { try Registry.register(.integer(key), in: "r", &context) }
      for key in 0..<100 where try context.whereis(.registry("r", .integer(key))) != a {
        throw RaisedError(.integer(key))
      }
    }
    #expect(test.isAlive(a))
    let counts = (2...5).map { test.simulation.inspect(PID($0))?.state.first?.value ?? "" }
    #expect(counts.compactMap(Int.init).reduce(0, +) == 100)
    #expect(counts.compactMap(Int.init).allSatisfy { $0 > 5 })
  }

  @Test func `the inspector shows the entries`() {
    var copy = self
    let a = copy.test.listener()
    _ = copy.ask(a) { try Registry.register("k", value: 1, in: "u", &$0) }
    _ = copy.ask(a) { try Registry.register(.tuple(["room", 7]), in: "u", &$0) }
    _ = copy.ask(a) { try Registry.putMeta("m", 5, in: "u", &$0) }
    let shown = copy.test.simulation.inspect(partition(0, of: "u"))
    #expect(shown?.behaviour == "registry u")
    #expect(
      shown?.state.map { "\($0.name) = \($0.value)" } == [
        "entries = 2", "k = \(a) 1", "{room,7} = \(a)",
      ])
    let supervisor = copy.test.simulation.inspect(PID(2))
    #expect(
      supervisor?.state.suffix(2).map { "\($0.name) = \($0.value)" } == [
        "keys = unique", "meta m = 5",
      ])
  }

  @Test func `a copy of the machine has entries of its own`() {
    var first = self
    let a = first.test.listener()
    var second = first
    _ = first.ask(a) { try Registry.register("k", value: 1, in: "u", &$0) }
    #expect(second.ask(a) { try Registry.count(in: "u", $0) } == "0")
    #expect(first.ask(a) { try Registry.count(in: "u", $0) } == "1")
  }
}
