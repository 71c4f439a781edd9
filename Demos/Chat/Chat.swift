public import BubbleEvents
import BubbleKernel
public import BubbleNet
import BubbleOTP
public import BubbleRealTime

/// A chat on the loopback interface: everybody who connects is a process.
///
/// ```
/// chat        one_for_one
/// ├─ room     knows who is there; they come back into the room that is started again
/// └─ door     the TCP server
/// ```
public struct Chat: Sendable {
  /// The port that is tried first.
  public static let usualPort = 4040

  /// What it is made with.
  public struct Settings: Sendable {
    /// The port; 0 for any that is free.
    public var port = Chat.usualPort
    /// Whether another port will do when that one is taken.
    public var fallsBack = true
    /// How many may be connected.
    public var maximumConnections = 1024
    /// What each of them may do.
    public var limits = ConnectionLimits()

    /// Creates the usual settings.
    public init() {}
  }

  /// Why the chat could not be opened, in one line.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong and what to do.
    public var description: String
  }

  /// The machine that it runs in.
  public let machine: RealTimeMachine
  /// Its sockets.
  public let world: SocketWorld
  /// The root supervisor.
  public let root: PID
  /// Where it listens.
  public let port: Int

  /// What to type in another terminal.
  public var address: String { "nc 127.0.0.1 \(port)" }

  /// Starts a machine with a chat in it, and waits until it listens.
  ///
  /// - Throws: When the port cannot be used.
  public init(_ settings: Settings = Settings(), seed: UInt64 = 1) throws(Failure) {
    guard SocketWorld.hasDescriptors(Self.descriptors) else {
      throw Failure(
        description: "the system lets this program open too few files and sockets; see `ulimit -n`")
    }
    world = SocketWorld()
    machine = RealTimeMachine(seed: seed, world: world)
    guard
      case .ok(let pid, info: _)? = machine.start(
        Self.supervisor(settings).start, timeout: Self.patience)
    else {
      machine.stop()
      throw Failure(description: "the chat could not be started")
    }
    root = pid
    switch world.wait(for: Self.door, timeout: Self.patience) {
    case .listening(let port): self.port = port
    case .failed(let words):
      machine.stop()
      throw Failure(
        description: "the chat cannot use port \(settings.port): \(words); try another --port")
    case .nothing:
      machine.stop()
      throw Failure(description: "the chat did not open port \(settings.port) within 60 s")
    }
  }

  private static let door = "door"
  /// What two event loops, a listening socket and a terminal need, and a first visitor.
  private static let descriptors = 12
  /// How long a computer may take to open a port, however busy it is.
  private static let patience = Duration.seconds(60)

  private static func supervisor(_ settings: Settings) -> Supervisor {
    let server = TCPServer(
      name: door,
      options: ListenOptions(port: settings.port, fallsBack: settings.fallsBack), acceptors: 3,
      maximumConnections: settings.maximumConnections, limits: settings.limits
    ) { ChatClient() }
    return Supervisor(
      "chat", name: "chat",
      // A room may be killed more often in a talk than OTP's 1 in 5 s allows.
      flags: SupervisorFlags(strategy: .oneForOne, intensity: RestartIntensity(5, in: 5)),
      children: [
        ChildSpec(id: "room", start: .genServer(name: ChatRoom.name) { ChatRoom() }),
        .supervisor(id: "door", server.supervisor),
      ])
  }
}
