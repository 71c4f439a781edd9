public import BubbleEvents

/// A start function: what a supervisor, or the outside, calls to bring a process into being.
///
/// It runs in the process that starts and may only spawn; the new process acknowledges in a turn of
/// its own, and the starter waits for that (OTP: proc_lib's start_link).
public struct ProcessStart: Sendable {
  /// What a start function says at once.
  public enum Attempt: Sendable {
    /// The process was spawned with `startProcess` and will acknowledge; `info` goes to API
    /// callers.
    case spawned(PID, info: Term? = nil)
    /// There is nothing to wait for.
    case finished(StartResult)
    /// The function returned something that is not a start result (OTP takes it for an error).
    case invalid(Term)
  }

  /// Runs the function; the terms are the extra arguments of a dynamic child.
  public var run: @Sendable (inout ProcessContext, [Term]) throws -> Attempt

  /// Wraps a start function.
  public init(_ run: @escaping @Sendable (inout ProcessContext, [Term]) throws -> Attempt) {
    self.run = run
  }
}
