extension Scenario {
  /// Whether its start is worth watching: applications start one after the other, by need.
  package var showsStart: Bool { !applications.isEmpty }
}
