/// What happened to a node of a cluster, to the cables at it, and to what the nodes agree on.
///
/// A machine that stands alone posts none of these.
public enum NodeEvent: Hashable, Sendable {
  /// It runs from now on, under that name (`a@shop`), without processes and connections. Posted
  /// before any other event of this life of the node.
  case started(name: String, isHidden: Bool)
  /// It is gone, and all its processes with it, without a word of theirs (D1).
  case stopped
  /// It takes itself for connected with that node (OTP: nodeup).
  case connected(NodeID, isHidden: Bool)
  /// It has noticed that the connection with that node is gone (OTP: nodedown).
  case disconnected(NodeID, reason: Term)
  /// The cable to that node is cut. Told once, of the node with the smaller number.
  case cableCut(NodeID)
  /// The cable to that node is whole again; nobody connects by this alone. Told once, of the node
  /// with the smaller number.
  case cableHealed(NodeID)
  /// A process of this node took a global name (OTP: global).
  case globalNameRegistered(Term, PID)
  /// The process does not have that global name any more, by its end or by unregistering.
  case globalNameReleased(Term, PID)
  /// Two processes had one global name when two nodes met: `kept` has it now, nil for nobody, and
  /// `lost` does not. Told of the node that decided.
  case globalNameConflict(Term, kept: PID?, lost: PID)
  /// A process of this node joined a group (OTP: pg), once more if it is in it already.
  case groupJoined(Term, PID)
  /// It left the group once, or ended.
  case groupLeft(Term, PID)
  /// A candidate leads its group from now on, and gives its orders with that fencing number.
  case leaderElected(Term, PID, fence: Int)
  /// A candidate follows that leader from now on; it may have led itself before.
  case leaderSurrendered(Term, PID, to: PID)
  /// A leader leads no more, and follows nobody yet.
  case leaderResigned(Term, PID)

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .started: "node_started"
    case .stopped: "node_stopped"
    case .connected: "node_connected"
    case .disconnected: "node_disconnected"
    case .cableCut: "cable_cut"
    case .cableHealed: "cable_healed"
    case .globalNameRegistered: "global_name_registered"
    case .globalNameReleased: "global_name_released"
    case .globalNameConflict: "global_name_conflict"
    case .groupJoined: "group_joined"
    case .groupLeft: "group_left"
    case .leaderElected: "leader_elected"
    case .leaderSurrendered: "leader_surrendered"
    case .leaderResigned: "leader_resigned"
    }
  }

  /// The process that it is about; nil for one about the node.
  public var pid: PID? {
    switch self {
    case .started, .stopped, .connected, .disconnected, .cableCut, .cableHealed: nil
    case .globalNameRegistered(_, let pid), .globalNameReleased(_, let pid),
      .globalNameConflict(_, _, let pid), .groupJoined(_, let pid), .groupLeft(_, let pid),
      .leaderElected(_, let pid, _), .leaderSurrendered(_, let pid, _),
      .leaderResigned(_, let pid):
      pid
    }
  }
}
