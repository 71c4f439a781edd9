internal import BubbleEvents

extension ProcessContext {
  /// Whether there is an outside that does what it is asked for.
  public var reachesOutside: Bool { core.reachesOutside }

  /// Asks the world outside of the machine for something; the answer, if any, comes as a message.
  ///
  /// Dropped where there is no outside: in a simulation, and in a copy that runs ahead.
  public mutating func askOutside(_ request: some Sendable) {
    guard core.reachesOutside, core.current >= 0 else { return }
    core.processes[core.current].flags.insert(.asksOutside)
    core.outsideRequests.append(.asked(by: core.currentPID, request))
  }
}
