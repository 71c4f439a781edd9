/// What happened to the release that a machine runs: its applications, in certain versions (OTP:
/// release_handler).
public struct ReleaseEvent: Hashable, Sendable {
  /// Whether a machine goes on to a later version or back to an earlier one.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// To a later version.
    case up
    /// Back to an earlier one.
    case down
  }

  /// What can happen to one.
  public enum Change: Hashable, Sendable {
    /// The machine is about to start the release's applications.
    case booting
    /// The machine is about to be changed over from the release that runs.
    case installing(from: String, Direction)
    /// The instruction of that number, from 1, is about to be executed. Preceded by `installing`.
    case instruction(number: Int, count: Int, text: String)
    /// A process did not answer in time when it was told to wait, and is left out. Preceded by
    /// `instruction`.
    case leftOut(PID)
    /// Every instruction was executed: the release is the current one.
    case installed(from: String)
    /// An instruction could not be executed, and this is why. Before the point of no return nothing
    /// has changed; behind it `rebooting` follows.
    case failed(Term, isPastReturn: Bool)
    /// What was asked for cannot be, and nothing was begun.
    case refused(Term)
    /// The machine stops all applications, and starts with this release again.
    case rebooting
    /// A restart of the machine starts with this release from now on.
    case madePermanent
    /// The release was forgotten.
    case removed
  }

  /// The version of the release that it is about.
  public var version: String
  /// The release handler.
  public var handler: PID
  /// What happened.
  public var change: Change

  /// Creates an event.
  public init(_ version: String, handler: PID, _ change: Change) {
    self.version = version
    self.handler = handler
    self.change = change
  }
}
