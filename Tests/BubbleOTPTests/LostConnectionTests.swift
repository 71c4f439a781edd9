import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// What a lost connection, or one that never was, is to whoever waits for an answer.
struct LostConnectionTests {
  /// A process of another node, with the number of one that lives here.
  static let stranger = PID(1, node: NodeID(7))

  static let waits: [(String, @Sendable (inout ProcessContext) throws -> Diary.Wait, String)] = [
    (
      "gen_server:call",
      { context in
        try .calling(Term.atom("hello"), to: stranger, &context) {
          (_: inout Diary, _: Term, _: inout ProcessContext) in .noReply
        }
      },
      "{{nodedown,node7},{gen_server,call,[<7.1>,hello]}}"
    ),
    (
      "gen_statem:call",
      { context in
        try .callingStateMachine(Term.atom("hello"), to: stranger, &context) {
          (_: inout Diary, _: Term, _: inout ProcessContext) in .noReply
        }
      },
      "{{nodedown,node7},{gen_statem,call,[<7.1>,hello,infinity]}}"
    ),
    (
      "gen_server:stop",
      { context in try .stopping(stranger, timeout: .seconds(1), &context) { _, _ in .noReply } },
      "{{{nodedown,node7},{sys,terminate,[<7.1>,normal,1000]}},"
        + "{GenServer,stop,[<7.1>,normal,1000]}}"
    ),
  ]

  @Test(arguments: waits)
  func `a call to a server on a node that cannot be reached ends the caller with nodedown`(
    call: (
      name: String, wait: @Sendable (inout ProcessContext) throws -> Diary.Wait, reason: String
    )
  ) throws {
    var test = Servers()
    let caller = try test.started()
    _ = test.ends()
    test.cast(caller) { context in .wait(try call.wait(&context)) }
    #expect(test.ends().last == "exit \(call.reason)")
    #expect(test.simulation.now == .zero)
  }

  /// OTP names the server's own node, too, but not where it waits without a time limit.
  @Test(arguments: [
    (Duration.seconds(5), "{nodedown,nonode@nohost}"), (nil, "noconnection"),
  ])
  func `a server that ends of a lost connection while a call waits is told by its node`(
    timeout: Duration?, reason: String
  ) throws {
    var test = Servers()
    let start = test.simulation.start(.genServer { Clerk() })
    let server = try #require(start?.pid)
    let caller = try test.started()
    _ = test.ends()
    test.simulation.cast(
      { context in
        .wait(
          try .calling(Term.atom("silence"), to: server, timeout: timeout, &context) {
            (_: inout Diary, _: Term, _: inout ProcessContext) in .noReply
          })
      } as Diary.Cast, to: caller)
    test.simulation.send(Term.atom("noconnection"), to: server)
    test.simulation.runUntilIdle()
    let time = timeout == nil ? "infinity" : "5000"
    #expect(
      test.ends().last == "exit {\(reason),{gen_server,call,[\(server),silence,\(time)]}}")
  }

  @Test func `a task that ends of a lost connection is told by its node`() throws {
    var test = Servers()
    let owner = try test.started()
    _ = test.ends()
    test.cast(owner) { context in
      context.trapsExits = true
      let task = context.async(TaskWork<Int> { _ in throw ProcessExit(.noConnection) })
      return .wait(try .awaiting(task, &context) { _, _, _ in .noReply })
    }
    let end = try #require(test.ends().last)
    #expect(end.hasPrefix("exit {{nodedown,nonode@nohost},{Task,await,["))
  }
}

extension Diary {
  typealias Wait = BubbleOTP.Wait<Diary, CastResult<Diary>>
}
