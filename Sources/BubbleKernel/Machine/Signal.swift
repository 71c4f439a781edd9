public import BubbleEvents

/// What one node sends another, for one of its processes.
///
/// A kernel gives out what is to leave and takes in what has come; whoever carries it keeps the
/// order between any two processes, and promises nothing else (OTP: D30).
public enum Signal: Sendable {
  /// A message, a call, or the answer to one; `from` is nil when the outside sent it. Never to a
  /// bare name, which is one of the sender's own node.
  case message(from: PID?, to: Destination, Message)
  /// An exit signal; one that comes by a link ends the link.
  case exit(from: PID?, to: PID, reason: ExitReason, isLink: Bool)
  /// The sender has linked itself with the receiver.
  case link(from: PID, to: PID)
  /// The sender has removed its link.
  case unlink(from: PID, to: PID)
  /// The sender watches the receiver, under a mark of its own node.
  case monitor(Reference, from: PID, to: Destination)
  /// The sender has stopped watching.
  case demonitor(Reference, from: PID, to: PID)
  /// The process that was watched under that mark has ended, or is not there; process 0 of the node
  /// stands for a name that nobody has.
  case down(Reference, from: PID, to: PID, reason: ExitReason)
  /// The sender wants a process to be spawned on that node.
  case spawn(SpawnRequest, from: PID, on: NodeID)
  /// The process that was asked for under that mark runs.
  case spawned(SpawnReply, to: PID)
}

extension Signal {
  /// The node that it is for.
  public var node: NodeID {
    switch self {
    case .message(_, let to, _), .monitor(_, _, let to): to.node(from: .nonode)
    case .exit(_, let to, _, _), .link(_, let to), .unlink(_, let to), .demonitor(_, _, let to),
      .down(_, _, let to, _), .spawned(_, let to):
      to.node
    case .spawn(_, _, let node): node
    }
  }
}

/// A process that is to run on another node.
public struct SpawnRequest: Sendable {
  /// The requester's mark, which becomes that of the monitor.
  var mark: Reference
  var isLinked: Bool
  var isMonitored: Bool
  /// Whether the requester wants to be told the PID.
  var tellsPID: Bool
  var body: any ProcessBody
}

/// What came of a `SpawnRequest`.
public struct SpawnReply: Sendable {
  var mark: Reference
  var pid: PID
  var isLinked: Bool
  var isMonitored: Bool
  var tellsPID: Bool
}
