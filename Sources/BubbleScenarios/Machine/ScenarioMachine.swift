public import BubbleEvents
import BubbleKernel
import BubbleOTP
public import BubbleSimulation

/// A scenario that runs: a simulation with its tree, and the script that acts on it.
///
/// It is a value. A copy runs ahead, or another way, with its own copy of the script.
public struct ScenarioMachine: Sendable {
  /// The machine itself.
  public private(set) var simulation: Simulation
  /// The steps to come.
  public private(set) var script: ScenarioScript
  private var events: [Event] = []

  /// Creates the machine at its first instant, with the root supervisor about to start.
  ///
  /// - Parameters:
  ///   - scenario: What to run.
  ///   - seed: Where chance begins; the scenario's own seed, or 1, when nil.
  public init(_ scenario: Scenario, seed: UInt64? = nil) {
    simulation = scenario.simulation(seed: seed)
    script = ScenarioScript(scenario)
  }

  /// Runs up to `instant`, with the steps of the script that are due by then, and returns these.
  ///
  /// A step comes before the turns of its instant, except at the instant where the machine stands.
  @discardableResult
  public mutating func run(until instant: RuntimeInstant) -> [ScenarioScript.DueStep] {
    var taken: [ScenarioScript.DueStep] = []
    while let due = script.nextInstant, due <= instant {
      reach(due)
      while let step = script.takeStep(dueAt: due) {
        if case .request(let request) = step.deed { simulation.apply(request, by: .scenario) }
        collectEvents()
        taken.append(step)
      }
    }
    simulation.run(until: instant)
    collectEvents()
    return taken
  }

  /// Moves time to `instant` and fires its timers; turns are taken only up to there.
  private mutating func reach(_ instant: RuntimeInstant) {
    if simulation.now < instant {
      simulation.run(until: RuntimeInstant(nanoseconds: instant.nanoseconds - 1))
      simulation.advance(to: instant)
    } else {
      simulation.run(until: simulation.now)
    }
    collectEvents()
  }

  /// Takes out the events since the last time.
  public mutating func takeEvents() -> [Event] {
    collectEvents()
    defer { events = [] }
    return events
  }

  private mutating func collectEvents() {
    for event in simulation.takeEvents() {
      script.follow(event)
      events.append(event)
    }
  }
}

extension Scenario {
  /// A machine with this tree, at its first instant; its root supervisor starts with the first
  /// turn.
  ///
  /// The script is not part of it; see `ScenarioScript`.
  public func simulation(seed: UInt64? = nil) -> Simulation {
    var simulation = Simulation(seed: seed ?? self.seed ?? 1)
    if let first = releases.first {
      var builder = ReleaseBuilder()
      _ = simulation.begin(
        ReleaseHandler.start(builder.releases(of: self), running: first.version))
    } else {
      var builder = ScenarioBuilder()
      _ = simulation.begin(builder.start(root))
    }
    return simulation
  }
}
