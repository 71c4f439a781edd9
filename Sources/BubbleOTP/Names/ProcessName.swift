public import BubbleEvents
public import BubbleKernel

/// Whom a request goes to: a process, or whoever has a name when it is sent.
public enum ProcessName: Hashable, Sendable {
  /// A process.
  case pid(PID)
  /// The process registered under that name.
  case local(String)
  /// The process registered under that name on that node (OTP: `{Name,Node}`).
  case remote(String, NodeID)
  /// The process that has the global name, as the node knows it (OTP: `{global,Name}`).
  case global(Term)
  /// The owner of a key in a registry with unique keys (Elixir: `{via,Registry,{Name,Key}}`).
  case registry(String, Term)
  /// The partition that a key belongs to (Elixir: `{via,PartitionSupervisor,{Name,Key}}`).
  case partition(String, Term)

  /// The name as a term, with nodes by their numbers.
  public var term: Term { term(NodeNames()) }

  /// The name as a term, with nodes by their names.
  public func term(_ names: NodeNames) -> Term {
    switch self {
    case .pid(let pid): .pid(pid)
    case .local(let name): .atom(name)
    case .remote(let name, let node): .tuple([.atom(name), .atom(names[node])])
    case .global(let name): .tuple(["global", name])
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
  /// never names a dead process, a partition may. Who has a name on another node is not known here.
  public func whereis(_ name: ProcessName) throws -> PID? {
    switch name {
    case .pid(let pid): pid
    case .local(let name): whereis(name)
    case .remote(let name, let other): other == node ? whereis(name) : nil
    case .global(let name): whereisGlobally(name)
    case .registry(let registry, let key): try Registry.whereis(key, in: registry, self)
    case .partition(let supervisor, let key):
      try PartitionSupervisor.whereis(key, in: supervisor, self)
    }
  }

  /// Where a name leads now; nil when nobody has it.
  ///
  /// What is sent to a name of another node finds whoever has it there when it arrives.
  public func destination(of name: ProcessName) throws -> Destination? {
    if case .remote(let name, let other) = name, other != node {
      return .remoteName(name, other)
    }
    return try whereis(name).map(Destination.pid)
  }

  /// Sends a request that is not answered; to a name that nobody has it goes nowhere, whatever
  /// keeps the name (OTP: gen_server:cast).
  public mutating func cast(_ request: some Sendable, to name: ProcessName) {
    let target: Destination?
    do { target = try destination(of: name) } catch { target = nil }
    if let target { cast(request, to: target) }
  }

  /// Sends a message; raises `badarg` when nobody has the name, and goes nowhere when the process
  /// is dead, or the name is one of another node and nobody has it there (OTP: the operator `!`).
  public mutating func send(_ payload: some Sendable, to name: ProcessName) throws {
    if case .remote = name, try destination(of: name) == nil { return }
    guard let target = try destination(of: name) else { throw RaisedError.badArgument }
    try send(payload, to: target)
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
