public import BubbleEvents
public import BubbleKernel

/// Modules of each behaviour, and how one version's state becomes the other's.
extension ModuleCode {
  // MARK: - gen_server

  /// The first version of a module of gen_servers; `server` makes the state of the arguments.
  public static func genServer<Server: GenServer>(
    _ name: String, version: Term, registered: String? = nil,
    _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ModuleCode {
    ModuleCode(name, version: version, start: serverStart(registered, server))
  }

  /// The next version, whose state is of another type.
  ///
  /// Both functions belong to the later version, as OTP's `code_change` does: it knows the state
  /// before, which does not know it. They get what the upgrade says to this module; `undefined` when a
  /// process comes over without being told, after a soft update.
  public func next<Old: GenServer, New: GenServer>(
    version: Term, registered: String? = nil,
    up: @escaping @Sendable (Old, Term, inout ProcessContext) throws -> New,
    down: @escaping @Sendable (New, Term, inout ProcessContext) throws -> Old,
    _ server: @escaping @Sendable ([Term]) throws -> New
  ) -> ModuleCode {
    let (newLoop, oldLoop) = (ServerLoop<New>(), ServerLoop<Old>())
    return ModuleCode(
      after: self, version: version, start: Self.serverStart(registered, server)
    ) { body, change, context in
      let body = try Self.idle(body, as: GenServerBody<Old>.self)
      let server = try up(body.server, change.extra, &context)
      return GenServerBody(server, newLoop, timer: body.timer)
    } down: { body, change, context in
      let body = try Self.idle(body, as: GenServerBody<New>.self)
      let server = try down(body.server, change.extra, &context)
      return GenServerBody(server, oldLoop, timer: body.timer)
    }
  }

  /// The next version, whose state is of the same type: its `codeChange` is called.
  public func next<Server: GenServer>(
    version: Term, registered: String? = nil,
    _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ModuleCode {
    ModuleCode(
      after: self, version: version, start: Self.serverStart(registered, server),
      up: Self.askBody, down: Self.askBody)
  }

  private static func serverStart<Server: GenServer>(
    _ registered: String?, _ server: @escaping @Sendable ([Term]) throws -> Server
  ) -> ProcessStart {
    let loop = ServerLoop<Server>()
    return ProcessStart { context, arguments in
      context.startProcess(GenServerBody(try server(arguments), loop), name: registered)
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
    _ name: String, version: Term, registered: String? = nil,
    _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ModuleCode {
    ModuleCode(name, version: version, start: machineStart(registered, machine))
  }

  /// The next version, whose states and data are of the same types: its `codeChange` is called.
  public func nextStateMachine<Machine: GenStateMachine>(
    version: Term, registered: String? = nil,
    _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ModuleCode {
    ModuleCode(
      after: self, version: version, start: Self.machineStart(registered, machine),
      up: Self.askBody, down: Self.askBody)
  }

  private static func machineStart<Machine: GenStateMachine>(
    _ registered: String?, _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ProcessStart {
    ProcessStart { context, arguments in
      context.startProcess(GenStateMachineBody(try machine(arguments)), name: registered)
    }
  }

  // MARK: - supervisor

  /// What a module of supervisors says to its arguments.
  public typealias Initialization =
    @Sendable ([Term], inout ProcessContext) throws -> Supervisor.Init

  /// The first version of a module of supervisors.
  ///
  /// As in OTP the function is looked up by the module's name whenever it is called: at a start, and
  /// at a change of code.
  public static func supervisor(
    _ name: String, version: Term, registered: String? = nil,
    _ initialize: @escaping Initialization
  ) -> ModuleCode {
    ModuleCode(
      name, version: version, start: supervisorStart(name, registered), callbacks: initialize)
  }

  /// The next version: what it says is merged into what runs (OTP: S110-S113).
  public func nextSupervisor(
    version: Term, registered: String? = nil, _ initialize: @escaping Initialization
  ) -> ModuleCode {
    ModuleCode(
      after: self, version: version, start: Self.supervisorStart(name, registered),
      callbacks: initialize, up: Self.askBody, down: Self.askBody)
  }

  private static func supervisorStart(_ name: String, _ registered: String?) -> ProcessStart {
    ProcessStart { context, arguments in
      let supervisor = Supervisor(name, name: registered) { context in
        guard let initialize = context.module(name)?.callbacks as? Initialization else {
          throw RaisedError("undef")
        }
        return try initialize(arguments, &context)
      }
      return try supervisor.start.run(&context, [])
    }
  }

  /// Leaves it to the process what to do with a change that was announced; others change nothing.
  private static let askBody: Conversion = { body, change, context in
    guard change.version != "undefined" else { return body }
    var body = body
    let answer = try body.changeCode(version: change.version, extra: change.extra, &context)
    if case .tuple(let parts) = answer, parts.count == 2 { throw CodeChangeRefusal(parts[1]) }
    return body
  }
}
