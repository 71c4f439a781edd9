public import BubbleEvents

/// What one node sends another, for one of its processes.
///
/// A kernel gives out what is to leave and takes in what has come; whoever carries it keeps the
/// order between any two processes, and promises nothing else (OTP: D30).
public enum Signal: Sendable {
  /// A message, a call, or the answer to one; `from` is nil when the outside sent it.
  case message(from: PID?, to: PID, Message)
  /// An exit signal; one that comes by a link ends the link.
  case exit(from: PID?, to: PID, reason: ExitReason, isLink: Bool)
  /// The sender has linked itself with the receiver.
  case link(from: PID, to: PID)
  /// The sender has removed its link.
  case unlink(from: PID, to: PID)
  /// The sender watches the receiver, under a mark of its own node.
  case monitor(Reference, from: PID, to: PID)
  /// The sender has stopped watching.
  case demonitor(Reference, from: PID, to: PID)
  /// The process that was watched under that mark has ended, or is not there.
  case down(Reference, from: PID, to: PID, reason: ExitReason)

  /// The process that it is for.
  public var to: PID {
    switch self {
    case .message(_, let to, _), .exit(_, let to, _, _), .link(_, let to), .unlink(_, let to),
      .monitor(_, _, let to), .demonitor(_, _, let to), .down(_, _, let to, _):
      to
    }
  }
}
