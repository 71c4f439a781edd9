public import BubbleEvents

/// What a process has for the world outside of the machine.
///
/// A value: the turn that makes it touches nothing. Whoever drives the machine does it afterwards,
/// so a copy that runs ahead, or a simulation, asks the world for nothing.
public enum OutsideRequest: Sendable {
  /// A process asks for something, such as to write to a socket.
  case asked(by: PID, any Sendable)
  /// A process that has asked before has ended; what it owns outside is to be let go (OTP: a port
  /// is closed when its owner ends). Follows everything that the process asked for.
  case ended(PID)
}

extension Kernel {
  /// Whether what processes ask of the outside is kept for a driver; off at first, and then it is
  /// dropped.
  public var reachesOutside: Bool {
    get { context.core.reachesOutside }
    set {
      context.core.reachesOutside = newValue
      if !newValue { context.core.outsideRequests = [] }
    }
  }

  /// Takes out what processes have asked of the outside since the last time, in order.
  public mutating func takeOutsideRequests() -> [OutsideRequest] {
    var requests: [OutsideRequest] = []
    swap(&requests, &context.core.outsideRequests)
    return requests
  }
}

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
