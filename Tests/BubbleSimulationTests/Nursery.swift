import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// A server that does nothing.
struct Idler: GenServer {
  var name = "idler"
  var behaviour: String { "gen_server \(name)" }
}

/// A tree of idle workers, with the faults that befall it.
struct Nursery {
  var simulation: Simulation
  var generator = FaultGenerator()
  private(set) var events: [Event] = []
  private(set) var requests: [ControlRequest] = []

  /// Comes up with `top` as its root supervisor.
  init(_ top: Supervisor, seed: UInt64 = 1) {
    simulation = Simulation(seed: seed)
    _ = simulation.begin(top.start)
    run(until: .zero)
  }

  /// Workers with these ids under one supervisor that bears everything.
  init(_ ids: [String], shutdown: ChildShutdown = .timeout(5000)) {
    self.init(Nursery.supervisor("top", ids, shutdown: shutdown))
  }

  static func supervisor(
    _ name: String, _ ids: [String], _ more: [ChildSpec] = [],
    strategy: SupervisionStrategy = .oneForOne, shutdown: ChildShutdown = .timeout(5000),
    restart: ChildRestart = .permanent, restarts: Int = 1_000_000
  ) -> Supervisor {
    Supervisor(
      name,
      flags: SupervisorFlags(
        strategy: strategy, intensity: RestartIntensity(restarts, in: 1)),
      children: ids.map { id in
        ChildSpec(
          id: .atom(id), start: .genServer { Idler(name: id) }, restart: restart,
          shutdown: shutdown)
      } + more)
  }

  static func nested(_ supervisor: Supervisor) -> ChildSpec {
    ChildSpec(
      id: .atom(supervisor.module), start: supervisor.start, restart: .permanent,
      shutdown: .infinity, kind: .supervisor)
  }

  /// Runs with the faults that are due by `instant`.
  mutating func run(until instant: RuntimeInstant) {
    while true {
      while simulation.takeTurn() {}
      follow()
      let next = [simulation.nextTimer, generator.nextInstant].compactMap(\.self).min()
      guard let next, next <= instant else { break }
      simulation.advance(to: next)
      while let request = generator.takeRequest(dueAt: next) {
        requests.append(request)
        simulation.apply(request)
        follow()
      }
    }
    simulation.advance(to: instant)
  }

  mutating func run(for duration: Duration) { run(until: simulation.now + duration) }

  mutating func apply(_ request: ControlRequest) {
    simulation.apply(request)
    simulation.run(until: simulation.now)
    follow()
  }

  private mutating func follow() {
    for event in simulation.takeEvents() {
      generator.follow(event)
      events.append(event)
    }
  }

  /// The process started last in the place `id`.
  func pid(_ id: String) -> PID? {
    events.reversed().lazy.compactMap { event in
      if case .child(_, .named(.atom(id)), .started(let pid)) = event.kind { pid } else { nil }
    }.first
  }

  /// The processes that faults hit.
  var victims: [PID] {
    requests.compactMap { request in
      switch request {
      case .process(let pid, .kill), .process(let pid, .exit): pid
      default: nil
      }
    }
  }

  /// The place of each victim.
  var places: [String] {
    let ids = Dictionary(
      events.compactMap { event -> (PID, String)? in
        if case .child(_, let id, .started(let pid)) = event.kind {
          (pid, id.description)
        } else {
          nil
        }
      }, uniquingKeysWith: { first, _ in first })
    return victims.map { ids[$0] ?? "nobody" }
  }
}
