public import BubbleEvents
public import BubbleKernel

/// Whom a request goes to: a process, or whoever has a name when it is sent.
public enum ProcessName: Hashable, Sendable {
  /// A process.
  case pid(PID)
  /// The process registered under that name.
  case local(String)
  /// The owner of a key in a registry with unique keys (Elixir: `{via,Registry,{Name,Key}}`).
  case registry(String, Term)
  /// The partition that a key belongs to (Elixir: `{via,PartitionSupervisor,{Name,Key}}`).
  case partition(String, Term)

  /// The name as a term.
  public var term: Term {
    switch self {
    case .pid(let pid): .pid(pid)
    case .local(let name): .atom(name)
    case .registry(let registry, let key):
      .tuple(["via", "Registry", .tuple([.atom(registry), key])])
    case .partition(let supervisor, let key):
      .tuple(["via", "PartitionSupervisor", .tuple([.atom(supervisor), key])])
    }
  }
}

extension ProcessContext {
  /// The process that a name stands for now; nil when nobody has it.
  ///
  /// The names of a registry raise an error when there is no such registry, or its keys are not
  /// unique; those of partitions exit with `noproc` when there is no such supervisor. A registry
  /// never names a dead process, a partition may.
  public func whereis(_ name: ProcessName) throws -> PID? {
    switch name {
    case .pid(let pid): pid
    case .local(let name): whereis(name)
    case .registry(let registry, let key): try Registry.whereis(key, in: registry, self)
    case .partition(let supervisor, let key):
      try PartitionSupervisor.whereis(key, in: supervisor, self)
    }
  }

  /// Sends a request that is not answered; to a name that nobody has it goes nowhere.
  public mutating func cast(_ request: some Sendable, to name: ProcessName) throws {
    if let pid = try whereis(name) { cast(request, to: pid) }
  }
}

extension Wait {
  /// Calls whoever has a name, from inside a callback (OTP: gen_server:call).
  ///
  /// The caller exits with `{noproc,{gen_server,call,[Name,Request]}}` when nobody has it, and
  /// otherwise as when it calls a process.
  public static func calling<Answer: Sendable>(
    _ request: some Sendable, to name: ProcessName, timeout: Duration? = .seconds(5),
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, Answer, inout ProcessContext) throws -> Result
  ) throws -> Wait {
    guard let pid = try context.whereis(name) else {
      let attempt = Term.tuple([
        "gen_server", "call", [name.term, .opaque(String(describing: request))],
      ])
      throw ProcessExit(.failure(.tuple(["noproc", attempt])))
    }
    return try calling(request, to: pid, timeout: timeout, &context, then: then)
  }

  /// Stops a process in order and waits until it is gone (OTP: gen_server:stop).
  ///
  /// The caller exits with `{Reason,{GenServer,stop,[Pid,Reason,Time]}}` when the process ends for
  /// another reason, with `noproc` when it is not there, and with `timeout` when the time passes.
  public static func stopping(
    _ target: PID, reason: ExitReason = .normal, timeout: Duration? = nil,
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, inout ProcessContext) throws -> Result
  ) -> Wait {
    @Sendable func failure(_ why: Term) -> ProcessExit {
      let attempt = Term.tuple(["GenServer", "stop", [.pid(target), reason.term, timeout.term]])
      return ProcessExit(.failure(.tuple([why, attempt])))
    }
    let mark = context.monitorQuietly(target)
    context.deliver(.system(.terminate(reason), nil), to: target)
    return Wait(.down(mark), timeout: timeout) { server, received, context in
      switch received {
      case .message(.down(_, _, reason)): return try then(&server, &context)
      case .message(.down(_, _, .noConnection)) where target.node != context.node:
        let attempt = Term.tuple(["sys", "terminate", [.pid(target), reason.term, timeout.term]])
        throw failure(.tuple([ExitReason.noConnection.inCall(to: target), attempt]))
      case .message(.down(_, _, let other)): throw failure(other.term)
      case .message: throw RaisedError("badmatch")
      case .timedOut:
        context.demonitor(mark, flush: true)
        throw failure("timeout")
      }
    }
  }
}

extension ProcessStart {
  /// The start of a process that owns a key of a registry from the beginning (Elixir: the name
  /// `{via,Registry,{Name,Key,Value}}`).
  ///
  /// When the key is taken the start fails with `{already_started,Pid}`, and nothing runs.
  public func registered(
    as key: Term, value: Term = "nil", in registry: String
  ) -> ProcessStart {
    ProcessStart { [self] context, arguments in
      if let owner = try Registry.whereis(key, in: registry, context) {
        return .finished(.error(.tuple(["already_started", .pid(owner)])))
      }
      let attempt = try run(&context, arguments)
      if case .spawned(let pid, _) = attempt {
        _ = try Registry.enter(pid, key: key, value: value, in: registry, &context)
      }
      return attempt
    }
  }
}
