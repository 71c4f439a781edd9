import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Synchronization
import Testing

/// A supervisor whose init function says something else than before (OTP: code_change).
struct CodeChangeTests {
  /// What init returns, changed from outside.
  private final class Definition: Sendable {
    private let value: Mutex<Supervisor.Init>

    init(_ initial: Supervisor.Init) { value = Mutex(initial) }

    var current: Supervisor.Init {
      get { value.withLock { $0 } }
      set { value.withLock { $0 = newValue } }
    }
  }

  /// Counts the calls of an init function.
  private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  private func answer(
    _ shop: inout Shop, _ definition: Definition, _ new: Supervisor.Init
  ) throws -> Term {
    definition.current = new
    shop.simulation.apply(.process(shop.root, .suspend))
    let answer = try shop.simulation.system(
      .changeCode(version: "old", extra: []), to: shop.root)
    shop.simulation.apply(.process(shop.root, .resume))
    shop.run()
    return answer
  }

  private func shop(_ definition: Definition) throws -> Shop {
    try Shop(Supervisor("shop") { _ in definition.current })
  }

  private func clerk(_ id: Term) -> ChildSpec {
    ChildSpec(id: id, start: .genServer { Clerk(name: "\(id)") })
  }

  @Test func `a template is replaced by exactly one, else what was given is the error`() throws {
    let flags = SupervisorFlags(strategy: .simpleOneForOne)
    let definition = Definition(.supervise(flags, [clerk("t")]))
    var shop = try shop(definition)
    #expect(
      try answer(&shop, definition, .supervise(flags, [])).description
        == "{error,{error,{ok,{[],#{}}}}}")
    #expect(
      try answer(&shop, definition, .supervise(flags, [clerk("b"), clerk("a")])).description
        == "{error,{error,{ok,{[b,a],#{a=>CHILDSPEC,b=>CHILDSPEC}}}}}")
    #expect(
      try answer(&shop, definition, .supervise(flags, [clerk("b"), clerk("b")])).description
        == "{error,{error,{duplicate_child_name,b}}}")
    #expect(try shop.ask(.startDynamic([])).error == nil)
    #expect(try answer(&shop, definition, .supervise(flags, [clerk("b")])) == "ok")
  }

  @Test func `a template that was temporary at first keeps no arguments for restarts`() throws {
    let flags = SupervisorFlags(
      strategy: .simpleOneForOne, intensity: RestartIntensity(2, in: 5))
    var template = clerk("t")
    template.restart = .temporary
    let definition = Definition(.supervise(flags, [template]))
    var shop = try shop(definition)
    #expect(try answer(&shop, definition, .supervise(flags, [clerk("t")])) == "ok")
    let pid = try #require(try shop.ask(.startDynamic(["x"])).child)
    shop.apply(.process(pid, .kill))
    #expect(shop.story.count { $0 == "#0 failed to start ({EXIT,{badarg,STACK}})" } == 2)
    #expect(shop.story.last == "#0 forgotten")
    #expect(shop.simulation.kernel.processCount == 0)
  }

  @Test func `an init function that fails at a code change changes nothing`() throws {
    let errors: [(any Error, String)] = [
      (ProcessExit(.failure("boom")), "{error,{EXIT,boom}}"),
      (RaisedError("boom"), "{error,{EXIT,{boom,STACK}}}"),
    ]
    for (error, expected) in errors {
      let calls = Counter()
      let children = [clerk("a")]
      var shop = try Shop(
        Supervisor("shop") { _ in
          if calls.next() == 1 { return .supervise(SupervisorFlags(), children) }
          throw error
        })
      shop.simulation.apply(.process(shop.root, .suspend))
      let answer = try shop.simulation.system(
        .changeCode(version: "old", extra: []), to: shop.root)
      shop.apply(.process(shop.root, .resume))
      #expect(answer.description == expected)
      #expect(try shop.children().count == 1)
    }
  }
}
