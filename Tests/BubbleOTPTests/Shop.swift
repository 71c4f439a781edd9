import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// A worker that does as it is told; its faults come with the messages.
struct Clerk: GenServer {
  var name = "clerk"
  var trapsExits = false
  /// The starts that fail, counted over the whole machine by name.
  var failingStarts: ClosedRange<Int>?
  var answers = 0

  var behaviour: String { "gen_server \(name)" }

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Clerk> {
    context.trapsExits = trapsExits
    if let failingStarts, failingStarts.contains(context.count(name)) {
      return .stop(.failure("sick"))
    }
    return .ok
  }

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Clerk> {
    answers += 1
    switch request {
    case "silence": return .noReply
    case "goodbye": return .stop(.normal, reply: "bye")
    case "crash": throw RaisedError("oops")
    default: return .reply(.tuple([request, .integer(answers)]))
    }
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Clerk> {
    switch message {
    case .message(let term as Term): return .stop(ExitReason(term))
    case .exit(_, let reason): return .stop(reason)
    case .message, .down, .timer, .timeout, .reply, .started: return .noReply
    }
  }
}

/// A machine with one tree, and what is asked about it.
struct Shop {
  var simulation: Simulation
  let root: PID
  private(set) var events: [Event] = []

  /// Starts the tree; its events are forgotten.
  init(_ supervisor: Supervisor, seed: UInt64 = 1) throws {
    simulation = Simulation(seed: seed)
    guard case .ok(let pid, _)? = simulation.start(supervisor.start) else {
      throw ShopError.notStarted
    }
    root = pid
    simulation.runUntilIdle()
    _ = simulation.takeEvents()
  }

  /// A shop of clerks with these ids.
  init(
    _ ids: [String], _ strategy: SupervisionStrategy = .oneForOne,
    restart: ChildRestart = .permanent, intensity: RestartIntensity = RestartIntensity(10, in: 5)
  ) throws {
    try self.init(
      Supervisor(
        "shop", flags: SupervisorFlags(strategy: strategy, intensity: intensity),
        children: ids.map { id in
          ChildSpec(
            id: .atom(id), start: .genServer { Clerk(name: id) }, restart: restart)
        }))
  }

  enum ShopError: Error {
    case notStarted
  }

  mutating func apply(_ request: ControlRequest) {
    simulation.apply(request)
    run()
  }

  mutating func run() {
    simulation.runUntilIdle()
    events = simulation.takeEvents()
  }

  mutating func ask(_ request: SupervisorRequest, of pid: PID? = nil) throws -> SupervisorReply {
    let reply: SupervisorReply = try simulation.call(request, to: pid ?? root)
    run()
    return reply
  }

  /// The children in start order.
  func children(of pid: PID? = nil) throws -> [ChildEntry] {
    var copy = simulation
    let reply: SupervisorReply = try copy.call(
      SupervisorRequest.whichChildren, to: pid ?? root)
    guard case .children(let children) = reply else { return [] }
    return children.reversed()
  }

  func pid(_ id: String, of supervisor: PID? = nil) throws -> PID? {
    for child in try children(of: supervisor) where child.id == .atom(id) {
      if case .pid(let pid) = child.child { return pid }
    }
    return nil
  }

  /// The events told in the last step, as short sentences about children.
  var story: [String] {
    events.compactMap { event in
      switch event.kind {
      case .child(_, let id, .stopped(_, let reason)): "\(id) stopped (\(reason))"
      case .child(_, let id, .started): "\(id) started"
      case .child(_, let id, .startFailed(let reason)): "\(id) failed to start (\(reason))"
      case .child(_, let id, .terminated(_, let reason)): "\(id) ended (\(reason))"
      case .supervisor(_, .childForgotten(let id)): "\(id) forgotten"
      case .supervisor(_, .restartDecided(let id, let strategy, let stops, let starts)):
        "\(strategy.rawValue) for \(id): \(stops) stop, \(starts) start"
      case .child(_, let id, .restartNotNeeded): "\(id) needs no restart"
      case .supervisor(_, .intensityExceeded(let id, let used, _)):
        "gave up at \(id), restart \(used)"
      case .supervisor(_, .restartCompleted(let id)): "restart of \(id) done"
      default: nil
      }
    }
  }
}
