public import BubbleEvents
public import BubbleKernel
public import BubbleOTP

/// A server of TCP connections on the loopback interface, as a supervision tree (the shape of
/// ranch).
///
/// ```
/// NAME           rest_for_one
/// ├─ conn_sup    one temporary process a connection
/// ├─ gate        counts them, and lets acceptors pass while there is room
/// └─ acceptors   one_for_one; owns the listening socket
///    ├─ acceptor1 …
/// ```
///
/// A crash in a connection ends that connection only. A crashed acceptor is replaced while the
/// listening socket stays open. When `conn_sup` ends, all connections do, and the rest is started
/// again; the server then listens at the same port as before (TP11 to TP14).
public struct TCPServer: Sendable {
  /// What it is called; its processes are registered as `NAME_conns`, `NAME_gate`,
  /// `NAME_acceptors`.
  public var name: String
  /// How it listens.
  public var options: ListenOptions
  /// How many acceptors there are (ranch's default is 10).
  public var acceptors: Int
  /// How many connections there may be, softly (ranch's default is 1024).
  public var maximumConnections: Int
  /// How long a connection's process has to end in order (ranch's default is 5 s).
  public var shutdown: ChildSpec.Shutdown
  /// What serves a connection; the process has to take the socket over, as `TCPConnection` does.
  public var connection: @Sendable (TCPSocket) -> ProcessStart

  /// Creates a server.
  public init(
    name: String, options: ListenOptions = ListenOptions(), acceptors: Int = 10,
    maximumConnections: Int = 1024, shutdown: ChildSpec.Shutdown = .timeout(5000),
    connection: @escaping @Sendable (TCPSocket) -> ProcessStart
  ) {
    self.name = name
    self.options = options
    self.acceptors = max(acceptors, 1)
    self.maximumConnections = maximumConnections
    self.shutdown = shutdown
    self.connection = connection
  }

  /// Creates a server whose connections speak `wire`, within `limits`.
  public init<Wire: LineProtocol>(
    name: String, options: ListenOptions = ListenOptions(), acceptors: Int = 10,
    maximumConnections: Int = 1024, limits: ConnectionLimits = ConnectionLimits(),
    wire: @escaping @Sendable () -> Wire
  ) {
    self.init(
      name: name, options: options, acceptors: acceptors, maximumConnections: maximumConnections
    ) { socket in
      .genServer { TCPConnection(wire(), socket: socket, limits: limits) }
    }
  }

  /// The name of the supervisor of the connections.
  public var connectionsName: String { name + "_conns" }
  /// The name of the gate; it takes `GateRequest` and `GateNotice`.
  public var gateName: String { name + "_gate" }
  /// The name of the acceptors' supervisor.
  public var acceptorsName: String { name + "_acceptors" }

  /// The supervisor of everything (ranch: the listener supervisor).
  public var supervisor: Supervisor {
    let gateName = gateName
    let gate = ConnectionGate(connections: connectionsName, maximum: maximumConnections)
    return Supervisor(
      name, name: name, flags: SupervisorFlags(strategy: .restForOne),
      children: [
        .supervisor(
          id: "conn_sup", DynamicSupervisor().supervisor("conn_sup", name: connectionsName)),
        ChildSpec(id: "gate", start: .genServer(name: gateName) { gate }),
        .supervisor(id: "acceptors", acceptorsSupervisor),
      ])
  }

  /// Opens the listening socket, which it owns, and supervises the acceptors.
  private var acceptorsSupervisor: Supervisor {
    Supervisor("acceptors", name: acceptorsName) { [self] context in
      context.askOutside(SocketRequest.listen(name, options))
      let children = (1...acceptors).map { number in
        ChildSpec(
          id: .atom("acceptor\(number)"), start: .genServer { Acceptor(self) },
          shutdown: .brutalKill)
      }
      // ranch allows 1 + ⌈log2 N⌉ crashes of N acceptors in 5 s.
      let crashes = 1 + (Int.bitWidth - (acceptors - 1).leadingZeroBitCount)
      return .supervise(
        SupervisorFlags(intensity: RestartIntensity(crashes, in: 5)), children)
    }
  }
}
