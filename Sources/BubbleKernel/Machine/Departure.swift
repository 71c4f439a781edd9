public import BubbleEvents

/// What a kernel asks of whoever joins it with other nodes, with the event that brought it about.
public struct Departure: Sendable {
  /// What is asked.
  public enum Content: Sendable {
    /// Carry a signal; without a connection, make one first (OTP: D2).
    case signal(Signal)
    /// Connect with a node. `isExplicit` is false where a process only needs the node, as a monitor
    /// of it does (OTP: D7).
    case connect(NodeID, isExplicit: Bool)
    /// The connection was ended here; what was sent before still arrives (OTP: D11).
    case disconnect(NodeID)
  }

  /// What is asked.
  public var content: Content
  /// The event that brought it about; nil for none.
  public var cause: Event.ID?

  /// The node that it is about.
  public var node: NodeID {
    switch content {
    case .signal(let signal): signal.node
    case .connect(let node, _), .disconnect(let node): node
    }
  }
}
