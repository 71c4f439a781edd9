import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// The finer rules of gen_server and sys, one by one (docs/SEMANTICS.md, GS and SY).
struct GenServerRuleTests {
  private var test = Servers()

  // MARK: - Starting

  @Test func `a start waits until init has returned`() throws {
    var test = test
    let slow = Diary(start: .wait(Wait(.nothing, timeout: .seconds(1)) { _, _, _ in .ok }))
    #expect(test.simulation.start(.genServer { slow }) == .ok(PID(1), info: nil))
    #expect(test.simulation.now == RuntimeInstant(nanoseconds: 1_000_000_000))
  }

  @Test func `a failed start leaves no exit message with a starter that traps exits`() {
    var test = test
    let starter = test.listener()
    test.order(starter) { context in
      _ = context.startServer(Diary(start: .stop(.failure("no"))))
    }
    #expect(test.heard(starter) == ["started <2> {error,no}"])
  }

  @Test func `an ignored start leaves no process, no message and no name`() {
    var test = test
    let starter = test.listener()
    for _ in 1...2 {
      test.order(starter) { context in
        _ = context.startServer(Diary(start: .ignore), name: "diary")
        #expect(context.whereis("diary") != nil)
      }
    }
    #expect(test.heard(starter) == ["started <2> ignore", "started <3> ignore"])
    test.order(starter) { #expect($0.whereis("diary") == nil) }
  }

  @Test func `the start has returned before a continuation runs`() throws {
    var test = test
    let starter = test.listener()
    test.order(starter) { context in
      _ = context.startServer(Diary(start: .running(.continue("first"))))
    }
    let events = test.simulation.takeEvents().map(\.kind)
    #expect(test.heard(starter) == ["started <2> {ok,<2>}"])
    #expect(
      events.contains(.process(PID(2), .spawned(parent: starter, behaviour: "gen_server Diary"))))
    let entries: Term = try test.simulation.call(Term.atom("read"), to: PID(2))
    #expect(entries == ["continue first"])
  }

  // MARK: - Messages

  @Test func `a time-out of zero comes only when the mailbox is empty`() throws {
    var test = test
    let pid = try test.started()
    test.simulation.cast({ _ in .noReplying(.timeout(.zero)) } as Diary.Cast, to: pid)
    test.simulation.send(Term.atom("queued"), to: pid)
    test.simulation.runUntilIdle()
    test.cast(pid) { _ in .noReplying(.timeout(.zero)) }
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    #expect(entries == ["queued", "timeout"])
  }

  @Test func `an answer may come later and from another process`() throws {
    var test = test
    let desk = try #require(test.simulation.start(.genServer { Desk() })?.pid)
    let clerk = try #require(test.simulation.start(.genServer { Desk() })?.pid)
    let mark = test.simulation.kernel.call(Term.atom("question"), to: desk)
    test.simulation.runUntilIdle()
    guard case .waiting = test.simulation.kernel.answer(to: mark) else {
      Issue.record("answered too early")
      return
    }
    test.simulation.cast(clerk, to: desk)
    test.simulation.runUntilIdle()
    guard case .reply(let reply as Term) = test.simulation.kernel.answer(to: mark) else {
      Issue.record("not answered")
      return
    }
    #expect(reply.description == "answered by \(clerk)")
  }

  /// Hands its caller over to the server it is told.
  private struct Desk: GenServer {
    var waiting: Caller?

    mutating func handleCall(
      _ request: Term, from caller: Caller, _ context: inout ProcessContext
    ) throws -> CallResult<Desk> {
      waiting = caller
      return .noReply
    }

    mutating func handleCast(
      _ other: PID, _ context: inout ProcessContext
    ) throws -> CastResult<Desk> {
      if let waiting { context.send(waiting, to: other) }
      return .noReply
    }

    mutating func handleInfo(
      _ message: Info, _ context: inout ProcessContext
    ) throws -> CastResult<Desk> {
      if case .message(let caller as Caller) = message {
        context.reply(to: caller, Term.atom("answered by \(context.pid)"))
      }
      return .noReply
    }
  }

  /// What a call inside a callback does to the caller.
  @Test(arguments: [
    ("gone", "noproc"), ("self", "calling_self"), ("crash", "{oops,STACK}"),
    ("silence", "timeout"),
  ])
  func `a failing call inside a callback ends the caller with its reason and the call`(
    request: String, reason: String
  ) throws {
    var test = test
    let clerk = try #require(test.simulation.start(.genServer { Clerk() })?.pid)
    let pid = try test.started()
    if request == "gone" { test.simulation.apply(.process(clerk, .kill)) }
    _ = test.ends()
    let target = request == "self" ? pid : clerk
    test.cast(pid) { context in
      .wait(
        try .calling(Term.atom(request), to: target, &context) {
          (_: inout Diary, _: Term, _: inout ProcessContext) in .noReply
        })
    }
    #expect(test.ends().last == "exit {\(reason),{gen_server,call,[\(target),\(request)]}}")
  }

  @Test func `a cast to a process that is gone does nothing`() throws {
    var test = test
    let (gone, pid) = (try test.started(), try test.started())
    test.simulation.apply(.process(gone, .kill))
    test.cast(pid) { context in
      context.cast(Term.atom("hello"), to: gone)
      return .noReply
    }
    #expect(test.isAlive(pid))
  }

  @Test func `what is neither a call nor a cast goes to handleInfo`() throws {
    var test = test
    let (other, pid) = (test.listener(), try test.started())
    test.cast(pid) { context in
      context.trapsExits = true
      _ = context.monitor(other)
      _ = try context.startTimer(.seconds(1), Term.atom("ring"), to: .pid(context.pid))
      return .noReply
    }
    test.order(other) { context in
      context.send(Term.atom("plain"), to: pid)
      context.exit(pid, reason: .normal)
      context.finish(.shutdown)
    }
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    let kinds = try #require(entries.elements)
    let names = kinds.map { $0.description.prefix { $0 != "," } }
    #expect(Set(names) == ["plain", "{EXIT", "{DOWN", "{timeout"])
  }

  @Test func `a request can be sent now and its answer taken later`() throws {
    var test = test
    let clerk = try #require(test.simulation.start(.genServer { Clerk() })?.pid)
    let pid = try test.started()
    test.cast(pid) { context in
      _ = context.call(Term.atom("hello"), to: clerk)
      context.send(Term.atom("meanwhile"), to: context.pid)
      return .noReply
    }
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    let kinds = try #require(entries.elements)
    #expect(kinds.first?.description == "meanwhile")
    #expect(kinds.last?.description.hasSuffix("{hello,1}}") == true)
  }

  @Test func `a server without handlers of its own reports a message and goes on`() throws {
    struct Plain: GenServer {}
    var test = test
    let pid = try #require(test.simulation.start(.genServer { Plain() })?.pid)
    _ = test.simulation.takeEvents()
    test.simulation.send(Term.atom("what"), to: pid)
    test.simulation.runUntilIdle()
    #expect(
      test.simulation.takeEvents().map(\.kind) == [
        .reported(.unexpectedMessage(pid: pid, message: "what"))
      ])
    #expect(test.simulation.stop(pid) == .normal)
  }

  // MARK: - Ends

  /// The parent's reason, whether the server traps exits, and what follows (OTP's gen_server).
  static let parents: [(reason: ExitReason, traps: Bool, follows: [String])] = [
    (.normal, true, ["terminate normal", "exit normal"]),
    (.shutdown, true, ["terminate shutdown", "exit shutdown"]),
    (
      .failure("boom"), true,
      ["terminate boom", "server report boom", "crash report boom", "exit boom"]
    ),
    (.normal, false, []),
    (.shutdown, false, ["exit shutdown"]),
    (.failure("boom"), false, ["exit boom"]),
  ]

  @Test(arguments: parents)
  func `the parent's end is terminate to a server that traps exits`(
    reason: ExitReason, traps: Bool, follows: [String]
  ) throws {
    var test = test
    let parent = test.listener()
    test.order(parent) { _ = $0.startServer(Diary()) }
    let server = PID(parent.number + 1)
    test.cast(server) { context in
      context.trapsExits = traps
      return .noReply
    }
    _ = test.ends()
    test.order(parent) { $0.finish(reason) }
    #expect(test.ends() == ["exit \(reason)"] + follows)
    #expect(test.isAlive(server) == follows.isEmpty)
  }

  @Test func `the end of anybody else is a message to a server that traps exits`() throws {
    var test = test
    let (other, pid) = (test.listener(), try test.started())
    test.cast(pid) { context in
      context.trapsExits = true
      try context.link(other)
      return .noReply
    }
    test.order(other) { $0.finish(.failure("boom")) }
    let entries: Term = try test.simulation.call(Term.atom("read"), to: pid)
    #expect(entries.description.contains("boom"))
  }

  @Test func `a stop that takes too long is not waited for, and goes on`() throws {
    var test = test
    let pid = try #require(test.simulation.start(.genServer { Slow() })?.pid)
    #expect(test.simulation.stop(pid, timeout: .milliseconds(30)) == nil)
    #expect(test.isAlive(pid))
    test.simulation.runUntilIdle()
    #expect(!test.isAlive(pid))
  }

  /// Takes a second to end, and as long to handle a message.
  private struct Slow: GenServer {
    mutating func handleInfo(
      _ message: Info, _ context: inout ProcessContext
    ) throws -> CastResult<Slow> {
      .wait(.sleeping(.seconds(1)) { _, _ in .noReply })
    }

    mutating func terminate(
      _ reason: ExitReason, _ context: inout ProcessContext
    ) throws -> TerminateResult<Slow> {
      .wait(.sleeping(.seconds(1)) { _, _ in .done })
    }

    mutating func codeChange(
      from version: Term, extra: Term, _ context: inout ProcessContext
    ) throws {
      throw RaisedError("too slow")
    }
  }

  // MARK: - System messages

  @Test func `the parent's end ends a suspended server`() {
    var test = test
    let parent = test.listener()
    test.order(parent) { _ = $0.startServer(Diary()) }
    let server = PID(parent.number + 1)
    test.cast(server) { context in
      context.trapsExits = true
      return .noReply
    }
    test.simulation.apply(.process(server, .suspend))
    test.simulation.runUntilIdle()
    _ = test.ends()
    test.order(parent) { $0.finish(.shutdown) }
    #expect(test.ends() == ["exit shutdown", "terminate shutdown", "exit shutdown"])
  }

  @Test func `a code change that fails is told`() throws {
    var test = test
    let pid = try #require(test.simulation.start(.genServer { Slow() })?.pid)
    test.simulation.apply(.process(pid, .suspend))
    let answer = try test.simulation.system(.changeCode(version: "1", extra: []), to: pid)
    #expect(answer.description == "{error,{EXIT,{too slow,STACK}}}")
  }

  @Test func `a system request that is not answered in time fails`() throws {
    var test = test
    let pid = try #require(test.simulation.start(.genServer { Slow() })?.pid)
    test.simulation.send(Term.atom("busy"), to: pid)
    #expect(throws: CallFailure.timedOut) {
      try test.simulation.system(.suspend, to: pid, timeout: .milliseconds(20))
    }
    #expect(throws: CallFailure.ended(.noProcess)) {
      try test.simulation.system(.suspend, to: PID(900))
    }
  }

  @Test func `a suspended child is shut down by its supervisor`() throws {
    var shop = try Shop(
      Supervisor(
        "shop",
        children: [
          ChildSpec(id: "a", start: .genServer { Clerk(name: "a", trapsExits: true) })
        ]))
    let pid = try #require(try shop.pid("a"))
    shop.apply(.process(pid, .suspend))
    _ = try shop.ask(.terminateChild("a"))
    #expect(shop.story == ["a stopped (shutdown)"])
    #expect(shop.simulation.now == .zero)
  }
}
