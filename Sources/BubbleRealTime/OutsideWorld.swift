public import BubbleEvents

/// The world outside of a machine that runs in real time: sockets, files, whatever takes its time.
///
/// All calls come from the machine's own thread, in the order in which the processes asked. They
/// must return quickly; whatever comes of them is posted to the machine as messages.
public protocol OutsideWorld: Sendable {
  /// Does what a process asked for, or begins to; a request that is not understood is ignored.
  func perform(_ request: any Sendable, for process: PID, in machine: RealTimeMachine)

  /// Lets go of everything that `process` owns here; it has ended (OTP: a port is closed when its
  /// owner ends).
  func processEnded(_ process: PID, in machine: RealTimeMachine)

  /// Lets go of everything; the machine has stopped for good.
  func machineStopped()
}

/// A world in which nothing can be done but to wait for tasks.
public struct EmptyWorld: OutsideWorld {
  /// Creates it.
  public init() {}

  /// Ignores the request.
  public func perform(_ request: any Sendable, for process: PID, in machine: RealTimeMachine) {}

  /// Has nothing to let go of.
  public func processEnded(_ process: PID, in machine: RealTimeMachine) {}

  /// Has nothing to let go of.
  public func machineStopped() {}
}
