public import BubbleEvents
public import BubbleKernel

extension ProcessStart {
  /// Starts a gen_server linked to the starter (OTP: gen_server:start_link).
  ///
  /// `server` makes the initial state at each start, so a restarted server begins anew. Under a
  /// name that is taken the start fails with `{already_started,Pid}`, and nothing runs.
  @inlinable public static func genServer<Server: GenServer>(
    name: String? = nil, _ server: @escaping @Sendable () -> Server
  ) -> ProcessStart {
    let loop = ServerLoop<Server>()
    return ProcessStart { context, _ in
      context.startProcess(GenServerBody(server(), loop), name: name)
    }
  }

  /// Starts a gen_server whose initial state is made of the extra arguments of a dynamic child.
  @inlinable public static func genServer<Server: GenServer>(
    _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ProcessStart {
    let loop = ServerLoop<Server>()
    return ProcessStart { context, arguments in
      context.startProcess(GenServerBody(try server(arguments), loop))
    }
  }
}

extension ProcessContext {
  /// Spawns a gen_server without waiting for its start.
  @inlinable public mutating func spawnServer<Server: GenServer>(
    _ server: Server, isLinked: Bool = false
  ) -> PID {
    let body = GenServerBody(server, ServerLoop())
    return isLinked ? spawnLink(body) : spawn(body)
  }

  /// Starts a gen_server linked to this process; its `Info.started` or a wait for `Awaited.start`
  /// tells when it runs.
  @inlinable public mutating func startServer<Server: GenServer>(
    _ server: Server, name: String? = nil, isLinked: Bool = true
  ) -> ProcessStart.Attempt {
    startProcess(GenServerBody(server, ServerLoop()), name: name, isLinked: isLinked)
  }
}

extension Wait {
  /// Calls another server from inside a callback and goes on with its answer (OTP:
  /// gen_server:call).
  ///
  /// The caller exits when the server ends first, with `{Reason,{gen_server,call,[Pid,Request]}}`,
  /// when the time passes, with `timeout` in place of the reason, and when it calls itself. A
  /// server whose node cannot be reached gives `{nodedown,Node}`.
  public static func calling<Answer: Sendable>(
    _ request: some Sendable, to target: PID, timeout: Duration? = .seconds(5),
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, Answer, inout ProcessContext) throws -> Result
  ) throws -> Wait {
    try asking(request, to: target, timeout: timeout, &context, then: then) { text in
      .tuple(["gen_server", "call", [.pid(target), text]])
    }
  }

  /// Calls a state machine from inside a callback and goes on with its answer (OTP:
  /// gen_statem:call); without a time it waits for ever.
  ///
  /// The caller exits as for a gen_server, with `{gen_statem,call,[Pid,Request,Time]}` (OTP: SM11).
  public static func callingStateMachine<Answer: Sendable>(
    _ request: some Sendable, to target: PID, timeout: Duration? = nil,
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, Answer, inout ProcessContext) throws -> Result
  ) throws -> Wait {
    let time = timeout.map { Term.integer(Int($0 / .milliseconds(1))) } ?? "infinity"
    return try asking(request, to: target, timeout: timeout, &context, then: then) { text in
      .tuple(["gen_statem", "call", [.pid(target), text, time]])
    }
  }

  private static func asking<Answer: Sendable>(
    _ request: some Sendable, to target: PID, timeout: Duration?,
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, Answer, inout ProcessContext) throws -> Result,
    attempt: @escaping @Sendable (Term) -> Term
  ) throws -> Wait {
    let text = String(describing: request)
    @Sendable func failure(_ reason: Term) -> ProcessExit {
      ProcessExit(.failure(.tuple([reason, attempt(.opaque(text))])))
    }
    guard target != context.pid else { throw failure("calling_self") }
    let mark = context.call(request, to: target)
    return Wait(.reply(mark), timeout: timeout) { server, received, context in
      switch received {
      case .message(.reply(_, let value)):
        guard let answer = unpack(value, as: Answer.self) else { throw RaisedError("badmatch") }
        return try then(&server, answer, &context)
      case .message(.down(_, _, let reason)):
        // Without a time limit OTP looks for a lost connection only when the server is elsewhere.
        let isPlain = timeout == nil && target.node == context.node
        throw failure(isPlain ? reason.term : reason.inCall(to: target))
      case .timedOut:
        context.abandonCall(mark, to: target)
        throw failure("timeout")
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
