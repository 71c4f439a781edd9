/// What happened between two processes: links, monitors, and the signals that they carry (OTP:
/// "Signals").
public enum SignalEvent: Hashable, Sendable {
  /// Two processes are linked now; both were alive.
  case linked(PID, PID)
  /// A link was removed by one of its ends, not by a death.
  case unlinked(PID, PID)
  /// `by` watches `target`.
  case monitored(by: PID, target: PID)
  /// A monitor was removed before it fired.
  case demonitored(by: PID, target: PID)
  /// An exit signal set off for `to`: by exit/2, or through a link when `isLink`.
  case exitSent(from: PID?, to: PID, reason: ExitReason, isLink: Bool)
  /// A process that traps exits got an exit signal as a message instead of dying.
  case exitTrapped(by: PID, from: PID?, reason: ExitReason)
  /// A monitor fired: `to` is told that `about` ended.
  case downDelivered(to: PID, about: PID, reason: ExitReason)

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .linked: "linked"
    case .unlinked: "unlinked"
    case .monitored: "monitored"
    case .demonitored: "demonitored"
    case .exitSent: "exit_signal_sent"
    case .exitTrapped: "exit_signal_trapped"
    case .downDelivered: "down_delivered"
    }
  }

  /// The process that the event is about: the one that links or watches, or that the signal is for.
  public var pid: PID {
    switch self {
    case .linked(let pid, _), .unlinked(let pid, _), .monitored(let pid, _),
      .demonitored(let pid, _), .exitSent(_, let pid, _, _), .exitTrapped(let pid, _, _),
      .downDelivered(let pid, _, _):
      pid
    }
  }
}
