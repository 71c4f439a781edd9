import BubbleEvents
import BubbleKernel
import BubbleNet
import BubbleOTP
import BubbleRealTime
import BubbleTestSupport
import Glibc

/// Says every line again; `crash` fails, `close` ends, `flood` writes a megabyte in lines.
struct Echo: LineProtocol {
  mutating func connected(
    _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict {
    socket.writeLine("hello \(context.pid)", &context)
    return .goOn
  }

  mutating func line(
    _ bytes: [UInt8], _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict {
    let text = String(decoding: bytes, as: UTF8.self)
    switch text {
    case "crash": throw RaisedError("crashed")
    case "close": return .close(.normal)
    case "flood":
      let line = String(repeating: "x", count: 1023)
      for _ in 0..<1024 { socket.writeLine(line, &context) }
    default: socket.writeLine(text, &context)
    }
    return .goOn
  }

  mutating func informed(
    _ message: Info, _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict {
    if case .message(let text as String) = message { socket.writeLine(text, &context) }
    return .goOn
  }

  func describeState() -> [ProcessInspection.Field] { [] }
}

/// An echo server that runs.
struct EchoServer {
  let world = SocketWorld()
  let machine: RealTimeMachine
  let root: PID
  let port: Int

  struct Failure: Error, Equatable { var what: String }

  init(
    acceptors: Int = 2, maximum: Int = 100, options: ListenOptions = ListenOptions(),
    limits: ConnectionLimits = ConnectionLimits(rate: LineRate(perSecond: 1000, burst: 1000))
  ) throws {
    machine = RealTimeMachine(seed: 1, world: world)
    let server = TCPServer(
      name: "echo", options: options, acceptors: acceptors, maximumConnections: maximum,
      limits: limits
    ) { Echo() }
    guard case .ok(let root, _)? = machine.start(server.supervisor.start) else {
      throw Failure(what: "the server did not start")
    }
    self.root = root
    switch world.wait(for: "echo", timeout: patience) {
    case .listening(let port): self.port = port
    case .failed(let words):
      machine.stop()
      throw Failure(what: words)
    case .nothing: throw Failure(what: "it does not listen")
    }
  }

  /// Connects, and reads the greeting.
  func client() throws -> (client: LineClient, pid: PID) {
    let client = try LineClient(port: port)
    let greeting = try client.line(with: "hello")
    let number = greeting.drop { !$0.isNumber }.prefix { $0.isNumber }
    return (client, PID(UInt32(number) ?? 0))
  }

  /// The process registered under `name`.
  func pid(_ name: String) throws -> PID {
    let kernel = machine.look().kernel
    for pid in kernel.processes where kernel.inspect(pid, mailboxLimit: 0)?.name == name {
      return pid
    }
    throw Failure(what: "nobody is called \(name)")
  }

  /// What the inspector shows of a process.
  func field(_ field: String, of pid: PID) -> String? {
    machine.look().kernel.inspect(pid, mailboxLimit: 0)?.state.first { $0.name == field }?.value
  }

  /// How it stands, for a message.
  var situation: String {
    "port \(world.port(of: "echo").map(String.init) ?? "none"), "
      + "failure \(world.failure(of: "echo") ?? "none"), "
      + "\(machine.look().kernel.processCount) processes"
  }

  /// Processes whose behaviour has that name in it.
  func count(_ behaviour: String) -> Int {
    let kernel = machine.look().kernel
    return kernel.processes.count {
      kernel.inspect($0, mailboxLimit: 0)?.behaviour.contains(behaviour) == true
    }
  }
}

/// Holds a listening socket of this process open, as a program that is just being started does.
func duplicateOfListener(at port: Int) -> Int32? {
  (0..<1024).first { isListening($0, at: port) }.map { dup($0) }
}

private func isListening(_ descriptor: Int32, at port: Int) -> Bool {
  var isAccepting: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isAccepting, &size) == 0,
    isAccepting == 1
  else { return false }
  var address = sockaddr_in()
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let result = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      getsockname(descriptor, $0, &length)
    }
  }
  return result == 0 && Int(in_port_t(bigEndian: address.sin_port)) == port
}
