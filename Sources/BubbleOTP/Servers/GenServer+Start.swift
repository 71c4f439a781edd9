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
