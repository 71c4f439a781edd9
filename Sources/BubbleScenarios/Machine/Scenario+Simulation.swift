import BubbleOTP
public import BubbleSimulation

extension Scenario {
  /// A machine with this tree and its faults, about to start; a cluster when there are nodes.
  ///
  /// Chance begins at `seed`, or at the scenario's own seed, or 1.
  public func machine(seed: UInt64? = nil) -> SimulatedMachine {
    let schedule = ScenarioSchedule(self)
    return nodes.isEmpty
      ? SimulatedMachine(simulation(seed: seed), schedule: schedule)
      : SimulatedMachine(cluster(seed: seed), schedule: schedule)
  }

  /// A machine with this tree, at its first instant; its root supervisor starts with the first
  /// turn.
  ///
  /// Its faults are not part of it; see `machine(seed:)`, which also makes clusters: the scenario
  /// must not be one of nodes.
  public func simulation(seed: UInt64? = nil) -> Simulation {
    precondition(nodes.isEmpty, "several nodes are no simulation of one machine")
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
