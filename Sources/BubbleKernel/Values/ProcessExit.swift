public import BubbleEvents

/// Thrown to end the process with a reason of its own choice (OTP: exit/1).
///
/// Any other error thrown in a process ends it with `{Error,STACK}`, as a raised error does.
public struct ProcessExit: Error, Hashable, Sendable {
  /// The reason.
  public var reason: ExitReason

  /// Creates an exit with `reason`.
  public init(_ reason: ExitReason) {
    self.reason = reason
  }
}
