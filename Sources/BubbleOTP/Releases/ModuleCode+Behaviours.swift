public import BubbleEvents
public import BubbleKernel

/// Modules of each behaviour, and how one version's state becomes the other's.
///
/// Processes of a module may be registered, each under the name that `named` gives for its
/// arguments.
extension ModuleCode {
  /// The name of a process with those arguments; nil for none.
  public typealias Naming = @Sendable ([Term]) -> String?

  // MARK: - gen_server

  /// The first version of a module of gen_servers; `server` makes the state of the arguments.
  public static func genServer<Server: GenServer>(
    _ name: String, version: Term, named: @escaping Naming = { _ in nil },
    _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ModuleCode {
    ModuleCode(name, version: version, start: serverStart(named, server))
  }

  /// The next version, whose state is of another type.
  ///
  /// Both functions belong to the later version, as OTP's `code_change` does: it knows the state
  /// before, which does not know it. They get what the upgrade says to this module; `undefined`
  /// when a process comes over without being told, after a soft update.
  public func next<Old: GenServer, New: GenServer>(
    version: Term, named: @escaping Naming = { _ in nil },
    up: @escaping @Sendable (Old, Term, inout ProcessContext) throws -> New,
    down: @escaping @Sendable (New, Term, inout ProcessContext) throws -> Old,
    _ server: @escaping @Sendable ([Term]) throws -> New
  ) -> ModuleCode {
    let (newLoop, oldLoop) = (ServerLoop<New>(), ServerLoop<Old>())
    return ModuleCode(
      after: self, version: version, start: Self.serverStart(named, server)
    ) { body, change, context in
      let body = try Self.idle(body, as: GenServerBody<Old>.self)
      let server = try up(body.server, change.extra, &context)
      return GenServerBody(server, newLoop, idle: body.idle)
    } down: { body, change, context in
      let body = try Self.idle(body, as: GenServerBody<New>.self)
      let server = try down(body.server, change.extra, &context)
      return GenServerBody(server, oldLoop, idle: body.idle)
    }
  }

  /// The next version, whose state is of the same type: its `codeChange` is called.
  public func next<Server: GenServer>(
    version: Term, named: @escaping Naming = { _ in nil },
    _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ModuleCode {
    ModuleCode(
      after: self, version: version, start: Self.serverStart(named, server),
      up: Self.askBody, down: Self.askBody)
  }

  private static func serverStart<Server: GenServer>(
    _ named: @escaping Naming, _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ProcessStart {
    let loop = ServerLoop<Server>()
    return ProcessStart { context, arguments in
      context.startProcess(GenServerBody(try server(arguments), loop), name: named(arguments))
    }
  }

  /// The body as what it has to be, between two callbacks.
  private static func idle<Server: GenServer>(
    _ body: any ProcessBody, as type: GenServerBody<Server>.Type
  ) throws -> GenServerBody<Server> {
    guard let body = body as? GenServerBody<Server>, body.pending == nil else {
      throw RaisedError("function_clause")
    }
    return body
  }

  // MARK: - gen_statem

  /// The first version of a module of gen_statems; `machine` makes the data of the arguments.
  public static func genStateMachine<Machine: GenStateMachine>(
    _ name: String, version: Term, named: @escaping Naming = { _ in nil },
    _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ModuleCode {
    ModuleCode(name, version: version, start: machineStart(named, machine))
  }

  /// The next version, whose states and data are of the same types.
  ///
  /// Both functions get and give data and state; without them `codeChange` is called.
  public func nextStateMachine<Machine: GenStateMachine>(
    version: Term, named: @escaping Naming = { _ in nil },
    up: MachineChange<Machine>? = nil, down: MachineChange<Machine>? = nil,
    _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ModuleCode {
    ModuleCode(
      after: self, version: version, start: Self.machineStart(named, machine),
      up: up.map(Self.conversion) ?? Self.askBody,
      down: down.map(Self.conversion) ?? Self.askBody)
  }

  /// Changes the data of a state machine, and the state that it is in.
  public typealias MachineChange<Machine: GenStateMachine> =
    @Sendable (inout Machine, inout Machine.State, Term, inout ProcessContext) throws -> Void

  private static func conversion<Machine: GenStateMachine>(
    _ change: @escaping MachineChange<Machine>
  ) -> Conversion {
    { body, announced, context in
      guard var body = body as? GenStateMachineBody<Machine>, var state = body.state else {
        throw RaisedError("function_clause")
      }
      try change(&body.machine, &state, announced.extra, &context)
      body.state = state
      return body
    }
  }

  private static func machineStart<Machine: GenStateMachine>(
    _ named: @escaping Naming, _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ProcessStart {
    ProcessStart { context, arguments in
      context.startProcess(
        GenStateMachineBody(try machine(arguments)), name: named(arguments))
    }
  }

  // MARK: - supervisor

  /// What a module of supervisors says to its arguments.
  public typealias Initialization =
    @Sendable ([Term], inout ProcessContext) throws -> Supervisor.Init

  /// The first version of a module of supervisors.
  ///
  /// As in OTP the function is looked up by the module's name whenever it is called: at a start,
  /// and at a change of code.
  public static func supervisor(
    _ name: String, version: Term, named: @escaping Naming = { _ in nil },
    _ initialize: @escaping Initialization
  ) -> ModuleCode {
    ModuleCode(name, version: version, start: supervisorStart(name, named), callbacks: initialize)
  }

  /// The next version: what it says is merged into what runs (OTP: S110-S113).
  public func nextSupervisor(
    version: Term, named: @escaping Naming = { _ in nil }, _ initialize: @escaping Initialization
  ) -> ModuleCode {
    ModuleCode(
      after: self, version: version, start: Self.supervisorStart(name, named),
      callbacks: initialize, up: Self.askBody, down: Self.askBody)
  }

  private static func supervisorStart(_ name: String, _ named: @escaping Naming) -> ProcessStart {
    ProcessStart { context, arguments in
      let supervisor = Supervisor(name, name: named(arguments)) { context in
        guard let initialize = context.module(name)?.callbacks as? Initialization else {
          throw RaisedError("undef")
        }
        return try initialize(arguments, &context)
      }
      return try supervisor.start.run(&context, [])
    }
  }

  // MARK: - Any

  /// Leaves it to the process what to do with a change that was announced; others change nothing.
  package static let askBody: Conversion = { body, change, context in
    guard change.version != "undefined" else { return body }
    var body = body
    let answer = try body.changeCode(version: change.version, extra: change.extra, &context)
    if case .tuple(let parts) = answer, parts.count == 2 { throw CodeChangeRefusal(parts[1]) }
    return body
  }
}
