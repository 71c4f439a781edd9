import BubbleEvents
import BubbleKernel
import BubbleSimulation

/// A process that does what it is sent and keeps what else it hears.
struct Probe: ProcessBody {
  /// Something to do in the process.
  typealias Deed = @Sendable (inout ProcessContext) throws -> Void

  struct Order: Sendable {
    var deed: Deed
  }

  var trapsExits = false
  var heard: [String] = []

  var behaviour: String { "probe" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = trapsExits
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .plain(let order as Order): try order.deed(&context)
    default: heard.append(Probe.text(of: message))
    }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    switch received {
    case .message(let message): heard.append("awaited \(Probe.text(of: message))")
    case .timedOut: heard.append("timed out")
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    heard.map { ProcessInspection.Field(name: "heard", value: $0) }
  }

  /// Marks have no part in what a test expects.
  private static func text(of message: Message) -> String {
    switch message {
    case .reply(_, let value): "reply \(value)"
    case .down(_, let pid, let reason): "DOWN \(pid?.description ?? "") \(reason)"
    default: message.description
    }
  }
}

/// A machine of probes.
struct Probes {
  var simulation = Simulation(seed: 1)
  private(set) var events: [Event] = []

  mutating func spawn(trapping: Bool = false) -> PID {
    let pid = simulation.spawn(Probe(trapsExits: trapping))
    run()
    return pid
  }

  /// Makes a process do something, and everything that follows from it.
  mutating func order(_ pid: PID, _ deed: @escaping Probe.Deed) {
    simulation.send(Probe.Order(deed: deed), to: pid)
    run()
  }

  mutating func run(until instant: RuntimeInstant? = nil) {
    if let instant { simulation.run(until: instant) } else { while simulation.takeTurn() {} }
    events += simulation.takeEvents()
  }

  mutating func apply(_ request: ControlRequest) {
    simulation.apply(request)
    run()
  }

  /// What a process has heard, in order.
  func heard(_ pid: PID) -> [String] {
    simulation.inspect(pid)?.state.map(\.value) ?? []
  }

  /// Why a process ended; nil while it lives.
  func end(_ pid: PID) -> ExitReason? {
    for event in events.reversed() {
      if case .process(pid, .exited(let reason)) = event.kind { return reason }
    }
    return nil
  }
}
