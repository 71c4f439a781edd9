import BubbleEvents
import BubbleKernel
import BubbleSimulation

/// A process that does what it is sent and keeps what else it hears.
struct Listener: ProcessBody {
  struct Order: Sendable {
    var deed: @Sendable (inout ProcessContext) throws -> Void
  }

  var trapsExits = true
  var heard: [String] = []

  var behaviour: String { "listener" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = trapsExits
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .plain(let order as Order): try order.deed(&context)
    case .down(_, let pid, let reason): heard.append("DOWN \(pid?.description ?? "") \(reason)")
    default: heard.append(message.description)
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    heard.map { ProcessInspection.Field(name: "heard", value: $0) }
  }
}

extension Servers {
  mutating func listener(trapping: Bool = true) -> PID {
    let pid = simulation.spawn(Listener(trapsExits: trapping))
    simulation.runUntilIdle()
    return pid
  }

  /// Makes a listener do something, and everything that follows from it.
  mutating func order(
    _ pid: PID, _ deed: @escaping @Sendable (inout ProcessContext) throws -> Void
  ) {
    simulation.send(Listener.Order(deed: deed), to: pid)
    simulation.runUntilIdle()
  }

  /// What a listener has heard, in order.
  func heard(_ pid: PID) -> [String] {
    simulation.inspect(pid)?.state.map(\.value) ?? []
  }

  func isAlive(_ pid: PID) -> Bool { simulation.inspect(pid) != nil }
}
