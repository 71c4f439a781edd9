import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

struct GenStateMachineTests {
  @Test func `a state machine starts as its init says`() {
    var simulation = Servers().simulation
    func result(_ book: Book) -> StartResult? { simulation.start(.genStateMachine { book }) }
    #expect(result(Book()) == .ok(PID(1), info: nil))
    #expect(result(Book(start: .ignore)) == .ignore)
    #expect(result(Book(start: .stop(.failure("no")))) == .error("no"))
    #expect(result(Book(startError: RaisedError("bug"))) == .error(.tuple(["bug", .stack])))
    #expect(
      result(Book(start: .invalid("odd"))) == .error(.tuple(["bad_return_from_init", "odd"])))
    #expect(simulation.kernel.processCount == 1)
  }

  @Test func `events of all types reach the one callback`() throws {
    var test = Servers()
    var book = Book(
      start: .running("a", [.nextEvent(.internal("i")), .timeout(.named(0), .zero, 0)]))
    book.answers["a cast go"] = { _, _ in
      .nextState(
        "b",
        [
          .timeout(.state, .milliseconds(3), "s"), .timeout(.named("n"), .milliseconds(2), "n"),
          .timeout(.event, .milliseconds(1), "e"),
        ])
    }
    let pid = try test.opened(book)
    let reply: Term = try test.simulation.call(Term.atom("ask"), to: pid)
    #expect(reply == 3)
    test.simulation.send(Term.atom("hello"), to: pid)
    test.simulation.cast(Term.atom("go"), to: pid)
    test.simulation.runUntilIdle()
    #expect(
      test.ends() == [
        "a internal i", "a {timeout,0} 0", "a call ask", "a info hello", "a cast go", "b timeout e",
        "b {timeout,n} n", "b state_timeout s",
      ])
  }

  @Test func `a postponed event comes again when the state changes, before newer ones`() throws {
    var book = Book()
    for name in ["x", "y"] { book.answers["a cast \(name)"] = { _, _ in .keepState([.postpone]) } }
    book.answers["a cast go"] = { _, _ in .nextState("b") }
    #expect(
      try Servers.story(book, "x", "y", "go", "z") == [
        "a cast x", "a cast y", "a cast go", "b cast x", "b cast y", "b cast z",
      ])
  }

  @Test func `an equal state and a repeated one bring no postponed event back`() throws {
    var book = Book(entersStates: true)
    book.answers["a cast x"] = { _, _ in .keepState([.postpone]) }
    book.answers["a cast same"] = { _, _ in .nextState("a") }
    book.answers["a cast again"] = { _, _ in
      .repeatState([.timeout(.state, .seconds(1), "kept")])
    }
    #expect(
      try Servers.story(book, "x", "same", "again", "again") == [
        "a enter from a", "a cast x", "a cast same", "a cast again", "a enter from a",
        "a cast again", "a enter from a", "a state_timeout kept",
      ])
  }

  @Test func `inserted events come in order, before postponed and newer ones`() throws {
    var book = Book()
    book.answers["a cast x"] = { _, _ in .keepState([.postpone]) }
    book.answers["a cast go"] = { _, _ in
      .nextState(
        "b",
        [.nextEvent(.internal("1")), .nextEvent(.cast("2")), .timeout(.state, .zero, "zero")])
    }
    #expect(
      try Servers.story(book, "x", "go", "z") == [
        "a cast x", "a cast go", "b internal 1", "b cast 2", "b cast x", "b state_timeout zero",
        "b cast z",
      ])
  }

  @Test func `an enter call comes first, with the state that was left`() throws {
    var book = Book(start: .running("a", [.nextEvent(.internal("i"))]), entersStates: true)
    book.answers["a cast go"] = { _, _ in .nextState("b", [.nextEvent(.internal("j"))]) }
    #expect(
      try Servers.story(book, "go") == [
        "a enter from a", "a internal i", "a cast go", "b enter from a", "b internal j",
      ])
  }

  /// What an enter call may not do, and the error it is.
  static let refusals: [(answer: Book.Answer, error: String)] = [
    (
      { _, _ in .keepState([.postpone]) },
      "{bad_state_enter_action_from_state_function,postpone}"
    ),
    (
      { _, _ in .keepState([.nextEvent(.internal("i"))]) },
      "{bad_state_enter_action_from_state_function,{next_event,internal,i}}"
    ),
    ({ _, _ in .invalid("odd") }, "{bad_return_from_state_function,odd}"),
    (
      { _, _ in .keepState([.timeout(.state, .milliseconds(-1), "s")]) },
      "{bad_action_from_state_function,{state_timeout,-1,s}}"
    ),
  ]

  @Test(arguments: refusals)
  func `what an enter call may not do ends the machine`(
    answer: @escaping Book.Answer, error: String
  ) throws {
    var book = Book(entersStates: true)
    book.answers["a cast go"] = { _, _ in .nextState("b") }
    book.answers["b enter from a"] = answer
    let story = try Servers.story(book, "go")
    #expect(story.dropFirst(3).first?.hasPrefix("terminate \(error) in b after ") == true)
    #expect(
      story.dropFirst(4) == [
        "server report {\(error),STACK}", "crash report {\(error),STACK}",
        "exit {\(error),STACK}",
      ])
  }

  @Test func `an enter call may not change the state`() throws {
    var book = Book(entersStates: true)
    book.answers["a enter from a"] = { _, _ in .nextState("b") }
    let story = try Servers.story(book)
    #expect(
      story.last?.hasPrefix("exit {{bad_state_enter_return_from_state_function,{next_state,b,")
        == true)
  }

  @Test func `an enter event cannot be inserted`() throws {
    var book = Book()
    book.answers["a cast go"] = { _, _ in .keepState([.nextEvent(.enter(from: "b"))]) }
    #expect(
      try Servers.story(book, "go").last
        == "exit {{bad_action_from_state_function,{next_event,enter,b}},STACK}")
  }

  @Test func `a change of state ends the state time-out, an event the event time-out`() throws {
    var book = Book()
    book.answers["a cast set"] = { _, _ in
      .keepState([
        .timeout(.state, .seconds(2), "s"), .timeout(.event, .seconds(1), "e"),
        .timeout(.named("n"), .seconds(3), "n"),
      ])
    }
    book.answers["a cast go"] = { _, _ in .nextState("b") }
    #expect(
      try Servers.story(book, "set", "other")
        == ["a cast set", "a cast other", "a state_timeout s", "a {timeout,n} n"])
    #expect(try Servers.story(book, "set", "go") == ["a cast set", "a cast go", "b {timeout,n} n"])
  }

  @Test func `a time-out is set anew, cancelled, updated, or set to an instant`() throws {
    var book = Book()
    book.answers["a cast set"] = { _, _ in
      .keepState([
        .timeout(.named("n"), .seconds(1), "n"), .timeout(.named("m"), .seconds(2), "m"),
        .timeoutAt(.named("o"), RuntimeInstant(nanoseconds: 3_000_000_000), "o"),
      ])
    }
    book.answers["a cast more"] = { _, _ in
      .keepState([.timeout(.named("n"), .seconds(4), "later"), .cancel(.named("m"))])
    }
    book.answers["a cast update"] = { _, _ in
      .keepState([.update(.named("o"), "new"), .update(.named("p"), "at once")])
    }
    #expect(
      try Servers.story(book, "set", "more", "update") == [
        "a cast set", "a cast more", "a cast update", "a {timeout,p} at once",
        "a {timeout,o} new", "a {timeout,n} later",
      ])
  }

  @Test func `a time-out that has run out is not heard of once it is cancelled`() throws {
    var test = Servers()
    var book = Book(start: .running("a", [.timeout(.state, .seconds(1), "s")]))
    book.answers["a cast go"] = { _, _ in .nextState("b") }
    let pid = try test.opened(book)
    test.simulation.cast(Term.atom("go"), to: pid)
    test.simulation.advance(to: test.simulation.now + .seconds(1))
    test.simulation.runUntilIdle()
    #expect(test.ends() == ["a cast go"])
  }

  @Test func `of several time-outs of one kind in a result the last holds`() throws {
    var book = Book()
    book.answers["a cast go"] = { _, _ in
      .keepState([.timeout(.state, .seconds(1), "first"), .timeout(.state, .seconds(2), "last")])
    }
    #expect(try Servers.story(book, "go") == ["a cast go", "a state_timeout last"])
  }

  /// How an event ends the machine, and what follows.
  static let endings: [(answer: Book.Answer, follows: [String])] = [
    ({ _, _ in .stop(.normal) }, ["terminate normal in a after 1", "exit normal"]),
    (
      { _, _ in .stop(.failure("boom")) },
      [
        "terminate boom in a after 1", "server report boom", "crash report boom", "exit boom",
      ]
    ),
    (
      { _, _ in throw ProcessExit(.failure("boom")) },
      [
        "terminate boom in a after 0", "server report boom", "crash report boom", "exit boom",
      ]
    ),
    (
      { _, _ in throw RaisedError("boom") },
      [
        "terminate boom in a after 0", "server report {boom,STACK}", "crash report {boom,STACK}",
        "exit {boom,STACK}",
      ]
    ),
  ]

  @Test(arguments: endings)
  func `terminate is told the bare reason, with the data before a failure`(
    answer: @escaping Book.Answer, follows: [String]
  ) throws {
    var book = Book()
    book.answers["a cast go"] = answer
    #expect(try Servers.story(book, "go").dropFirst() == follows[...])
  }

  @Test func `a terminate that fails itself gives the reason, once`() throws {
    var book = Book(terminateError: RaisedError("worse"))
    book.answers["a cast go"] = { _, _ in .stop(.failure("boom")) }
    #expect(
      try Servers.story(book, "go").dropFirst(2) == [
        "server report {worse,STACK}", "crash report {worse,STACK}", "exit {worse,STACK}",
      ])
  }

  @Test func `data that a callback keeps is what it was before`() throws {
    var test = Servers()
    var book = Book()
    book.answers["a cast go"] = { _, _ in .keepStateAndData() }
    let pid = try test.opened(book)
    test.simulation.cast(Term.atom("go"), to: pid)
    let count: Term = try test.simulation.call(Term.atom("ask"), to: pid)
    #expect(count == 1)
  }

  @Test func `a machine answers callers and stops`() throws {
    var test = Servers()
    let pid = try test.opened(Book())
    let leaving = try #require(test.simulation.start(.genStateMachine { Leaver() })?.pid)
    let reply: Term = try test.simulation.call(Term.atom("bye"), to: leaving)
    #expect(reply == "gone")
    test.simulation.runUntilIdle()
    #expect(!test.isAlive(leaving) && test.isAlive(pid))
  }

  /// Answers and stops.
  private struct Leaver: GenStateMachine {
    mutating func initialize(
      _ context: inout ProcessContext
    ) throws -> StateMachineStart<Leaver> { .running(1) }

    mutating func handleEvent(
      _ event: StateEvent<Leaver>, _ state: Int, _ context: inout ProcessContext
    ) throws -> StateResult<Leaver> {
      guard case .call(_, let caller) = event else { return .keepState() }
      return .stopAndReply(.normal, [(caller: caller, reply: Term.atom("gone"))])
    }
  }

  @Test func `a request of another type is a missing clause`() throws {
    var test = Servers()
    let pid = try test.opened(Book())
    test.simulation.cast(17.5, to: pid)
    test.simulation.runUntilIdle()
    #expect(test.ends().last == "exit {function_clause,STACK}")
  }

  @Test func `a caller waits for a state machine for ever, or exits with the time`() throws {
    var test = Servers()
    var book = Book()
    book.answers["a call ask"] = { _, _ in .keepState([.postpone]) }
    book.answers["a cast go"] = { _, _ in .nextState("b") }
    let machine = try test.opened(book)
    func ask(_ timeout: Duration?) throws -> [String] {
      var test = test
      let pid = try test.started()
      test.simulation.cast(
        { context in
          .wait(
            try .callingStateMachine(Term.atom("ask"), to: machine, timeout: timeout, &context) {
              (server: inout Diary, answer: Term, context) in
              context.post(.limitReached(pid: nil, limit: "answer \(answer)"))
              return .noReply
            })
        } as Diary.Cast, to: pid)
      test.simulation.run(until: test.simulation.now + .seconds(60))
      test.simulation.cast(Term.atom("go"), to: machine)
      test.simulation.runUntilIdle()
      return test.ends()
    }
    #expect(try ask(nil) == ["a call ask", "a cast go", "b call ask", "answer 3"])
    let reason = "{timeout,{gen_statem,call,[\(machine),ask,2000]}}"
    #expect(try ask(.seconds(2)).contains("exit \(reason)"))
  }

  @Test func `the parent's end ends a machine that traps exits, any other is an event`() throws {
    var test = Servers()
    let parent = test.listener()
    test.order(parent) { _ = $0.startStateMachine(Book(trapsExits: true)) }
    let pid = PID(parent.number + 1)
    let other = test.listener()
    test.order(other) { $0.exit(pid, reason: .failure("hm")) }
    test.order(parent) { $0.finish(.shutdown) }
    let story = test.ends()
    #expect(story.first?.contains("hm") == true)
    #expect(
      story.dropFirst() == ["exit shutdown", "terminate shutdown in a after 1", "exit shutdown"])
  }

  @Test func `new code gives a state machine another state and data`() throws {
    var test = Servers()
    let pid = try test.opened(Book())
    _ = try test.simulation.system(.suspend, to: pid)
    #expect(try test.simulation.system(.changeCode(version: "1", extra: "c"), to: pid) == "ok")
    let failed = try test.simulation.system(.changeCode(version: "1", extra: "bad"), to: pid)
    #expect(failed.description == "{error,{EXIT,{bad,STACK}}}")
    _ = try test.simulation.system(.resume, to: pid)
    test.simulation.cast(Term.atom("x"), to: pid)
    test.simulation.runUntilIdle()
    #expect(test.ends() == ["c cast x"])
  }

  @Test func `inspection shows state, data, postponed events, time-outs and transitions`() throws {
    var test = Servers()
    var book = Book()
    book.answers["a cast go"] = { _, _ in
      .nextState("b", [.timeout(.state, .seconds(5), "s")])
    }
    book.answers["b cast x"] = { _, _ in .keepState([.postpone]) }
    let pid = try test.opened(book)
    for name in ["go", "x"] { test.simulation.cast(Term.atom(name), to: pid) }
    while test.simulation.takeTurn() {}
    let fields = test.simulation.inspect(pid)?.state.map { "\($0.name): \($0.value)" }
    #expect(
      fields == [
        "state: b", "count: 2", "postponed: 1: cast x", "timeouts: state_timeout at 5.000",
        "a → b: cast go",
      ])
    #expect(test.simulation.inspect(pid)?.behaviour == "gen_statem Book")
  }

  @Test func `a machine that keeps itself busy stops nobody else`() throws {
    var test = Servers()
    test.simulation.turnsPerInstant = 1000
    var book = Book()
    book.answers["a internal loop"] = { _, _ in .keepState([.nextEvent(.internal("loop"))]) }
    book.start = .running("a", [.nextEvent(.internal("loop"))])
    let pid = try test.opened(book)
    let diary = try test.started()
    for _ in 1...10 { test.simulation.takeTurn() }
    test.simulation.send(Term.atom("hello"), to: diary)
    for _ in 1...10 { test.simulation.takeTurn() }
    #expect(test.simulation.inspect(diary)?.turns == 2)
    #expect(test.isAlive(pid))
  }
}
