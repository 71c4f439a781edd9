import BubbleChat
import BubbleEvents
import BubbleKernel
import BubbleNet
import BubbleRealTime
import BubbleTestSupport

/// A chat that runs, and people in it.
struct ChatUnderTest {
  let chat: Chat

  init(maximum: Int = 100, limits: ConnectionLimits = ConnectionLimits()) throws {
    var settings = Chat.Settings()
    settings.port = 0
    settings.maximumConnections = maximum
    settings.limits = limits
    chat = try Chat(settings)
  }

  func stop() { chat.machine.stop() }

  /// Somebody who is in the room under `name`.
  func person(_ name: String, receiveBuffer: Int32? = nil) throws -> LineClient {
    let client = try LineClient(port: chat.port, receiveBuffer: receiveBuffer)
    client.send("/nick \(name)\n")
    _ = try client.line(with: "you are @\(name) now")
    return client
  }

  /// Two of them talk, so that nothing is wrong with either.
  func talk(_ ann: LineClient, _ bob: LineClient, _ text: String) throws {
    ann.send(text + "\n")
    _ = try bob.line(with: text)
    _ = try ann.line(with: text)
  }

  /// The process registered under `name`.
  func pid(_ name: String) -> PID? {
    let kernel = chat.machine.look().kernel
    return kernel.processes.first { kernel.inspect($0, mailboxLimit: 0)?.name == name }
  }

  /// How many connections have a process and a socket, when that is the same.
  var connections: Int? {
    let kernel = chat.machine.look().kernel
    let processes = kernel.processes.count {
      kernel.inspect($0, mailboxLimit: 0)?.behaviour == "gen_server ChatClient"
    }
    return processes == chat.world.connectionCount ? processes : nil
  }

  /// Why the process of that name ended, once it has.
  func reason(of pid: PID, in events: inout [Event]) -> ExitReason? {
    events += chat.machine.look().events
    for case .process(pid, .exited(let reason)) in events.map(\.kind) { return reason }
    return nil
  }
}
