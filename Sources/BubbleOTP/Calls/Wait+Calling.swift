public import BubbleEvents
public import BubbleKernel

// Calls from inside of a callback. The caller exits with `{Reason,Call}`, the call as it was made:
// with the name, and with the time when one was given. The reason is `noproc` when nobody has the
// name, `calling_self`, `timeout`, or that of a process which ends before it answers (OTP: GS10).

extension Wait {
  /// What happens with an answer.
  public typealias WithAnswer<Answer: Sendable> =
    @Sendable (inout Server, Answer, inout ProcessContext) throws -> Result

  /// Calls a process, and goes on with its answer, which may take five seconds (OTP:
  /// gen_server:call/2).
  ///
  /// The caller exits with `{Reason,{gen_server,call,[Name,Request]}}`.
  public static func calling<Answer: Sendable>(
    _ request: some Sendable, to name: ProcessName, _ context: inout ProcessContext,
    then: @escaping WithAnswer<Answer>
  ) throws -> Wait {
    try asking(request, of: name, timeout: .seconds(5), &context, then: then) { reason, name in
      .tuple([reason, .tuple(["gen_server", "call", [name, Term(reflecting: request)]])])
    }
  }

  /// Calls a process, and goes on with its answer, which may take that time; nil waits for ever
  /// (OTP: gen_server:call/3).
  ///
  /// The caller exits with `{Reason,{gen_server,call,[Name,Request,Time]}}`.
  public static func calling<Answer: Sendable>(
    _ request: some Sendable, to name: ProcessName, timeout: Duration?,
    _ context: inout ProcessContext, then: @escaping WithAnswer<Answer>
  ) throws -> Wait {
    try asking(request, of: name, timeout: timeout, &context, then: then) { reason, name in
      let call: Term = [name, Term(reflecting: request), timeout.term]
      return .tuple([reason, .tuple(["gen_server", "call", call])])
    }
  }

  /// Calls a process by its PID, with five seconds for the answer.
  public static func calling<Answer: Sendable>(
    _ request: some Sendable, to target: PID, _ context: inout ProcessContext,
    then: @escaping WithAnswer<Answer>
  ) throws -> Wait {
    try calling(request, to: .pid(target), &context, then: then)
  }

  /// Calls a process by its PID, with that time for the answer; nil waits for ever.
  public static func calling<Answer: Sendable>(
    _ request: some Sendable, to target: PID, timeout: Duration?, _ context: inout ProcessContext,
    then: @escaping WithAnswer<Answer>
  ) throws -> Wait {
    try calling(request, to: .pid(target), timeout: timeout, &context, then: then)
  }

  /// Calls a state machine, and goes on with its answer; without a time it waits for ever (OTP:
  /// gen_statem:call).
  ///
  /// The caller exits with `{Reason,{gen_statem,call,[Name,Request,Time]}}` (OTP: SM11).
  public static func callingStateMachine<Answer: Sendable>(
    _ request: some Sendable, to name: ProcessName, timeout: Duration? = nil,
    _ context: inout ProcessContext, then: @escaping WithAnswer<Answer>
  ) throws -> Wait {
    try asking(request, of: name, timeout: timeout, &context, then: then) { reason, name in
      let call: Term = [name, Term(reflecting: request), timeout.term]
      return .tuple([reason, .tuple(["gen_statem", "call", call])])
    }
  }

  /// Calls a state machine by its PID.
  public static func callingStateMachine<Answer: Sendable>(
    _ request: some Sendable, to target: PID, timeout: Duration? = nil,
    _ context: inout ProcessContext, then: @escaping WithAnswer<Answer>
  ) throws -> Wait {
    try callingStateMachine(request, to: .pid(target), timeout: timeout, &context, then: then)
  }

  /// Asks an event manager for something, and goes on with its answer; without a time it waits for
  /// ever (OTP: gen_event).
  ///
  /// A question to one handler that fails exits with `{Reason,{gen_event,call,[Name,Handler,
  /// Question]}}`, with the time when there is one; any other request with the bare reason.
  public static func callingEventManager(
    _ request: GenEventRequest, to name: ProcessName, timeout: Duration? = nil,
    _ context: inout ProcessContext, then: @escaping WithAnswer<Term>
  ) throws -> Wait {
    try asking(request, of: name, timeout: timeout, &context, then: then) { reason, name in
      guard case .call(let handler, let question) = request else { return reason }
      let time = timeout == nil ? [] : [timeout.term]
      let call = Term.list([name, handler.term, question] + time)
      return .tuple([reason, .tuple(["gen_event", "call", call])])
    }
  }

  private static func asking<Answer: Sendable>(
    _ request: some Sendable, of name: ProcessName, timeout: Duration?,
    _ context: inout ProcessContext, then: @escaping WithAnswer<Answer>,
    failure: @escaping @Sendable (_ reason: Term, _ name: Term) -> Term
  ) throws -> Wait {
    @Sendable func exit(_ reason: Term, _ context: ProcessContext) -> ProcessExit {
      ProcessExit(ExitReason(failure(reason, name.term(context.nodeNames))))
    }
    guard let target = try context.destination(of: name) else { throw exit("noproc", context) }
    guard target != .pid(context.pid) else { throw exit("calling_self", context) }
    let mark = context.call(request, to: target)
    let node = target.node(from: context.node)
    return Wait(.reply(mark), timeout: timeout) { server, received, context in
      switch received {
      case .message(.reply(_, let value)):
        guard let answer = unpack(value, as: Answer.self) else { throw RaisedError("badmatch") }
        return try then(&server, answer, &context)
      case .message(.down(_, _, let reason)):
        // Without a time limit OTP looks for a lost connection only when the callee is elsewhere.
        let isPlain = timeout == nil && node == context.node
        throw exit(isPlain ? reason.term : reason.inCall(to: node, context.nodeNames), context)
      case .timedOut:
        context.abandonCall(mark, to: target.pid(on: node))
        throw exit("timeout", context)
      case .message: throw RaisedError("badmatch")
      }
    }
  }

  /// Lets time pass inside a callback; nil waits for ever.
  public static func sleeping(
    _ duration: Duration?,
    then: @escaping @Sendable (inout Server, inout ProcessContext) throws -> Result
  ) -> Wait {
    Wait(.nothing, timeout: duration) { server, _, context in try then(&server, &context) }
  }
}

extension Wait {
  /// Stops a process in order, and waits until it is gone; nil waits for ever (Elixir:
  /// GenServer.stop and Supervisor.stop, OTP: gen_server:stop, supervisor:stop).
  ///
  /// The caller exits with `{Reason,{GenServer,stop,[Name,Reason,Time]}}`: the process ended for
  /// another reason, `noproc`, `timeout`, or `calling_self` at once. A child that stops its own
  /// supervisor waits for one that waits for it: until its own time to shut down has passed, or the
  /// time given here.
  public static func stopping(
    _ name: ProcessName, reason: ExitReason = .normal, timeout: Duration? = nil,
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, inout ProcessContext) throws -> Result
  ) throws -> Wait {
    @Sendable func failure(_ why: Term, _ context: ProcessContext) -> ProcessExit {
      let attempt = Term.tuple([
        "GenServer", "stop", [name.term(context.nodeNames), reason.term, timeout.term],
      ])
      return ProcessExit(.failure(.tuple([why, attempt])))
    }
    guard let target = try context.destination(of: name) else { throw failure("noproc", context) }
    guard target != .pid(context.pid) else { throw failure("calling_self", context) }
    let mark = context.monitorQuietly(target)
    context.deliver(.system(.terminate(reason), nil), to: target)
    let node = target.node(from: context.node)
    return Wait(.down(mark), timeout: timeout) { server, received, context in
      switch received {
      case .message(.down(_, _, reason)): return try then(&server, &context)
      case .message(.down(_, _, .noConnection)) where node != context.node:
        let names = context.nodeNames
        let attempt = Term.tuple([
          "sys", "terminate", [name.term(names), reason.term, timeout.term],
        ])
        let why = ExitReason.noConnection.inCall(to: node, names)
        throw failure(.tuple([why, attempt]), context)
      case .message(.down(_, _, let other)): throw failure(other.term, context)
      case .message: throw RaisedError("badmatch")
      case .timedOut:
        context.demonitor(mark, flush: true)
        throw failure("timeout", context)
      }
    }
  }

  /// Stops a process by its PID.
  public static func stopping(
    _ target: PID, reason: ExitReason = .normal, timeout: Duration? = nil,
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, inout ProcessContext) throws -> Result
  ) throws -> Wait {
    try stopping(.pid(target), reason: reason, timeout: timeout, &context, then: then)
  }
}

extension Duration? {
  /// Milliseconds, or `infinity`.
  var term: Term { map { .integer(Int($0 / .milliseconds(1))) } ?? "infinity" }
}
