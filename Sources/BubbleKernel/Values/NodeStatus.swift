public import BubbleEvents

/// The plain message that a node has been connected or lost (OTP: `{nodeup,Node}` and
/// `{nodedown,Node}`), to whoever monitors nodes.
public struct NodeStatus: Hashable, Sendable, TermConvertible {
  /// Whether the node is connected now.
  public var isUp: Bool
  /// The node.
  public var node: NodeID
  /// Its name.
  public var name: String
  /// What was asked for with options; nil when none were given.
  public var info: [Term]?

  /// `{nodeup,Node}` or `{nodedown,Node}`, with the information asked for as a third part.
  public var term: Term {
    .tuple([isUp ? "nodeup" : "nodedown", .atom(name)] + (info.map { [.list($0)] } ?? []))
  }
}

/// What a subscription to nodeup and nodedown asks for (OTP: net_kernel:monitor_nodes/2).
public struct NodeMonitorOptions: Hashable, Sendable {
  /// Which nodes are told about, and that their type is told with it; nil tells about visible ones
  /// and says nothing of types.
  public var types: NodeTypes?
  /// Whether nodedown tells its reason.
  public var tellsReason: Bool
  /// Whether the messages have a third part, for what was asked for.
  public var hasInformation: Bool

  /// Creates options; `hasInformation` is implied by the other two.
  public init(types: NodeTypes? = nil, tellsReason: Bool = false, hasInformation: Bool = false) {
    self.types = types
    self.tellsReason = tellsReason
    self.hasInformation = hasInformation || types != nil || tellsReason
  }
}

/// A kind of nodes, as seen from one that is connected with them.
public enum NodeTypes: Hashable, Sendable {
  /// Those whose connection is not hidden.
  case visible
  /// Those whose connection is hidden, because one of the two is a hidden node.
  case hidden
  /// All that are connected.
  case all

  /// Whether a connection is of the kind.
  func contains(hidden: Bool) -> Bool {
    switch self {
    case .visible: !hidden
    case .hidden: hidden
    case .all: true
    }
  }
}

/// Why a connection is gone, as monitor_nodes tells it (OTP: nodedown_reason).
public enum NodeDownReason: Hashable, Sendable {
  /// This end has ended it.
  case disconnect
  /// The other end has ended it, or its node is gone.
  case connectionClosed
  /// Nothing was heard for too long.
  case tickTimeout

  /// OTP's word for it.
  public var term: Term {
    switch self {
    case .disconnect: "disconnect"
    case .connectionClosed: "connection_closed"
    case .tickTimeout: "net_tick_timeout"
    }
  }
}
