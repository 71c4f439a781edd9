import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// The rules of Elixir's PartitionSupervisor, one by one (docs/SEMANTICS.md, PS).
struct PartitionTests {
  private func shop(
    _ partitions: Int = 3, restart: ChildRestart = .permanent,
    strategy: Supervisor.Strategy = .oneForOne
  ) throws -> Shop {
    let child = ChildSpec(
      id: "clerk", start: .genServer { arguments in Clerk(name: "\(arguments)") },
      restart: restart)
    return try Shop(
      PartitionSupervisor(
        "pool", child: child, partitions: partitions, arguments: ["arg"], strategy: strategy
      ) { arguments, number in [.integer(number)] + arguments }.supervisor)
  }

  /// The children as the supervisor tells them.
  private func list(_ shop: inout Shop) throws -> [ChildEntry] {
    if case .children(let entries) = try shop.ask(.whichChildren) { entries } else { [] }
  }

  private func entries(_ shop: inout Shop) throws -> [String] {
    try list(&shop).map { entry in
      guard case .pid(let pid) = entry.child else { return "\(entry.child)" }
      let behaviour = shop.simulation.inspect(pid)?.behaviour ?? "dead"
      return "\(entry.id.map { "\($0)" } ?? "none") \(pid) \(behaviour)"
    }
  }

  @Test func `partitions are numbered from 0 and are told the last first`() throws {
    var shop = try shop()
    #expect(
      try entries(&shop) == [
        "2 <4> gen_server [2, arg]", "1 <3> gen_server [1, arg]", "0 <2> gen_server [0, arg]",
      ])
    #expect(
      try shop.ask(.countChildren).counts
        == ChildCounts(specs: 3, active: 3, supervisors: 0, workers: 3))
  }

  @Test func `a partition that is restarted keeps its number and gets its arguments`() throws {
    var shop = try shop()
    shop.apply(.process(PID(3), .kill))
    #expect(
      try entries(&shop) == [
        "2 <4> gen_server [2, arg]", "1 <5> gen_server [1, arg]", "0 <2> gen_server [0, arg]",
      ])
  }

  @Test func `partitions may fall together`() throws {
    var shop = try shop(strategy: .oneForAll)
    shop.apply(.process(PID(3), .kill))
    #expect(try entries(&shop).map { $0.prefix(5) } == ["2 <7>", "1 <6>", "0 <5>"])
  }

  static let keys: [(Term, Int)] = [
    (0, 0), (1, 1), (2, 2), (3, 0), (-1, 1), (-4, 1), (5, 2), (.integer(.min), 2),
    ("a", 1), (.text("x"), 1), (.float(1), 0), (.tuple([1]), 0),
  ]

  @Test(arguments: keys)
  func `a whole number belongs to a partition by its remainder, another key by its hash`(
    key: Term, number: Int
  ) throws {
    #expect(PartitionSupervisor.number(of: key, among: 3) == number)
    let shop = try shop()
    var test = Servers(simulation: shop.simulation)
    let listener = test.listener()
    test.order(listener) { context in
      let found = try context.whereis(.partition("pool", key)).map { "\($0)" } ?? "nil"
      context.send(Term.atom(found), to: context.pid)
    }
    #expect(test.heard(listener) == ["<\(number + 2)>"])
  }

  @Test func `how many partitions there are can be asked, of one that is there`() throws {
    var test = Servers(simulation: try shop(5).simulation)
    let listener = test.listener()
    test.order(listener) { context in
      context.send(try PartitionSupervisor.partitions(of: "pool", context), to: context.pid)
    }
    #expect(test.heard(listener) == ["5"])
    test.order(listener) { context in _ = try context.whereis(.partition("none", 1)) }
    #expect(test.ends().last == "exit {noproc,{PartitionSupervisor,partitions,[none]}}")
  }

  @Test func `a key of a partition that is not restarted leads to the dead process`() throws {
    var shop = try shop(restart: .temporary)
    shop.apply(.process(PID(3), .kill))
    var test = Servers(simulation: shop.simulation)
    let client = try test.started()
    test.cast(client) { context in
      .wait(
        try .calling(Term.atom("hello"), to: .partition("pool", 1), &context) {
          (_, _: Term, _) in .noReply
        })
    }
    #expect(
      test.ends().last
        == "exit {noproc,{gen_server,call,[{via,PartitionSupervisor,{pool,1}},hello]}}")
  }

  @Test func `the table of partitions vanishes with its supervisor`() throws {
    var shop = try shop()
    shop.simulation.stop(shop.root)
    var test = Servers(simulation: shop.simulation)
    let listener = test.listener()
    test.order(listener) { context in _ = try context.whereis(.partition("pool", 1)) }
    #expect(!test.isAlive(listener))
  }

  @Test func `the inspector tells how many partitions there are`() throws {
    let shop = try shop()
    let state = shop.simulation.inspect(shop.root)?.state.map { "\($0.name) \($0.value)" }
    #expect(state?.last == "partitions 3")
  }
}
