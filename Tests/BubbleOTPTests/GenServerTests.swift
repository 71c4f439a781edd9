import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

struct GenServerTests {
  private var test = Servers()

  @Test func `a start returns what init says`() {
    var simulation = test.simulation
    func result(_ diary: Diary) -> StartResult? { simulation.start(.genServer { diary }) }
    #expect(result(Diary()) == .ok(PID(1), info: nil))
    #expect(result(Diary(start: .ignore)) == .ignore)
    #expect(result(Diary(start: .stop(.failure("no")))) == .error("no"))
    #expect(
      result(Diary(startError: ProcessExit(.failure("out")))) == .error("out"))
    #expect(
      result(Diary(startError: RaisedError("bug"))) == .error(.tuple(["bug", .stack])))
    #expect(simulation.kernel.processCount == 1)
  }

  @Test func `a continuation runs before any message that is queued already`() throws {
    var test = test
    let pid = test.simulation.spawn(Starter(diary: Diary(start: .running(.continue("first")))))
    test.simulation.runUntilIdle()
    let diary = PID(pid.number + 1)
    let entries: Term = try test.simulation.call(Term.atom("read"), to: diary)
    #expect(entries == ["continue first", "hello"])
  }

  /// Starts a server and sends it a message before its init has run.
  private struct Starter: ProcessBody {
    var diary: Diary
    var behaviour: String { "starter" }
    mutating func start(_ context: inout ProcessContext) throws {
      context.send(Term.atom("hello"), to: context.spawnServer(diary))
    }
    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
  }

  @Test func `a time-out in a result comes when no message does`() throws {
    var test = test
    let pid = try test.started()
    test.cast(pid) { _ in .noReplying(.timeout(.seconds(1))) }
    test.simulation.run(until: test.simulation.now + .seconds(1))
    test.simulation.cast({ _ in .noReplying(.timeout(.seconds(1))) } as Diary.Cast, to: pid)
    test.simulation.run(until: test.simulation.now + .milliseconds(500))
    test.simulation.send(Term.atom("early"), to: pid)
    test.simulation.run(until: test.simulation.now + .seconds(5))
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    #expect(entries == ["timeout", "early"])
  }

  @Test func `a call to a server that is not there or ends fails with its reason`() throws {
    var simulation = test.simulation
    let pid = try #require(simulation.start(.genServer { Clerk() })?.pid)
    #expect(throws: CallFailure.ended(.raised("oops"))) {
      let _: Term = try simulation.call(Term.atom("crash"), to: pid)
    }
    #expect(throws: CallFailure.ended(.noProcess)) {
      let _: Term = try simulation.call(Term.atom("hello"), to: pid)
    }
  }

  @Test func `a server that stops with a reply answers first`() throws {
    var simulation = test.simulation
    let pid = try #require(simulation.start(.genServer { Clerk() })?.pid)
    let reply: Term = try simulation.call(Term.atom("goodbye"), to: pid)
    #expect(reply == "bye")
    simulation.runUntilIdle()
    #expect(simulation.kernel.processCount == 0)
  }

  @Test func `a call without an answer in time fails, and the server knows nothing`() throws {
    var simulation = test.simulation
    let pid = try #require(simulation.start(.genServer { Clerk() })?.pid)
    #expect(throws: CallFailure.timedOut) {
      let _: Term = try simulation.call(Term.atom("silence"), to: pid)
    }
    #expect(simulation.now == RuntimeInstant(nanoseconds: 5_000_000_000))
    let reply: Term = try simulation.call(Term.atom("hello"), to: pid)
    #expect(reply == .tuple(["hello", 2]))
  }

  @Test func `a callback that calls goes on with the answer, or exits with the caller's reason`()
    throws
  {
    var test = test
    let pid = try test.started()
    let clerk = try #require(test.simulation.start(.genServer { Clerk() })?.pid)
    test.cast(pid) { context in
      .wait(
        try .calling(Term.atom("hello"), to: clerk, &context) {
          (server: inout Diary, answer: Term, _: inout ProcessContext) in
          server.entries.append(answer.description)
          return .noReply
        })
    }
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    #expect(entries == ["{hello,1}"])
    _ = test.ends()
    test.cast(pid) { context in
      .wait(
        try .calling(Term.atom("silence"), to: clerk, &context) {
          (_: inout Diary, _: Term, _: inout ProcessContext) in .noReply
        })
    }
    let reason = "{timeout,{gen_server,call,[\(clerk),silence]}}"
    #expect(test.ends().last == "exit \(reason)")
  }

  /// How a callback ends, and what follows (OTP's table of terminate reasons and log entries).
  static let endings: [(deed: String, follows: [String])] = [
    ("stop normal", ["terminate normal", "exit normal"]),
    (
      "stop boom",
      ["terminate boom", "server report boom", "crash report boom", "exit boom"]
    ),
    ("exit shutdown", ["terminate shutdown", "exit shutdown"]),
    (
      "exit boom",
      ["terminate boom", "server report {boom,STACK}", "crash report boom", "exit boom"]
    ),
    (
      "raise boom",
      [
        "terminate {boom,STACK}", "server report {boom,STACK}", "crash report {boom,STACK}",
        "exit {boom,STACK}",
      ]
    ),
  ]

  @Test(arguments: endings)
  func `terminate is called when a callback ends the server, then the log is written`(
    deed: String, follows: [String]
  ) throws {
    var test = test
    let pid = try test.started()
    _ = test.ends()
    test.cast(pid) { _ in
      let parts = deed.split(separator: " ").map(String.init)
      switch parts[0] {
      case "stop": return .stop(ExitReason(.atom(parts[1])))
      case "exit": throw ProcessExit(ExitReason(.atom(parts[1])))
      default: throw RaisedError(.atom(parts[1]))
      }
    }
    #expect(test.ends() == follows)
  }

  @Test func `terminate that fails itself replaces the reason and is always logged`() throws {
    var test = test
    let pid = try test.started(Diary(terminateError: ProcessExit(.shutdown)))
    _ = test.ends()
    test.cast(pid) { _ in .stop(.failure("boom")) }
    #expect(
      test.ends() == ["terminate boom", "server report {shutdown,STACK}", "exit shutdown"])
  }

  @Test func `a killed server runs no terminate callback`() throws {
    var test = test
    let pid = try test.started()
    _ = test.ends()
    test.simulation.apply(.process(pid, .kill))
    #expect(test.ends() == ["exit killed"])
  }

  @Test func `stop ends in order with the reason given`() throws {
    var test = test
    let pid = try test.started()
    #expect(test.simulation.stop(pid, reason: .shutdown) == .shutdown)
    #expect(test.simulation.stop(pid, reason: .shutdown) == .noProcess)
  }

  @Test func `code changes only while suspended`() throws {
    var test = test
    let pid = try test.started()
    let change = SystemRequest.changeCode(version: "1", extra: [])
    #expect(try test.simulation.system(change, to: pid) != "ok")
    test.simulation.apply(.process(pid, .suspend))
    #expect(try test.simulation.system(change, to: pid) == "ok")
  }

  @Test func `inspection shows the stored properties`() throws {
    var test = test
    let pid = try test.started(Diary(entries: ["one"]))
    let inspection = test.simulation.inspect(pid)
    #expect(inspection?.behaviour == "gen_server Diary")
    #expect(inspection?.state.last == .init(name: "entries", value: "[\"one\"]"))
  }
}
