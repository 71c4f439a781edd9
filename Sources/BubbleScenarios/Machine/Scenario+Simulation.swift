import BubbleOTP
public import BubbleSimulation

extension Scenario {
  /// A machine with this tree and its faults, about to start.
  ///
  /// Chance begins at `seed`, or at the scenario's own seed, or 1.
  public func machine(seed: UInt64? = nil) -> SimulatedMachine {
    SimulatedMachine(simulation(seed: seed), schedule: ScenarioSchedule(self))
  }

  /// A machine with this tree, at its first instant; its root supervisor starts with the first
  /// turn.
  ///
  /// Its faults are not part of it; see `machine(seed:)`.
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
