public import BubbleEvents

/// The wall between nodes: what leaves, what comes, and that a connection is lost.
///
/// A kernel knows of no network. A driver that has one takes the signals after each turn, and
/// carries them; one that has none calls `loseSignals` instead.
extension Kernel {
  /// The node that this machine is.
  public var node: NodeID { context.core.node }

  /// Whether signals for other nodes wait to be taken.
  public var hasSignals: Bool { !context.core.departures.isEmpty }

  /// Takes out what is to leave for other nodes since the last time, in order.
  public mutating func takeSignals() -> [Signal] {
    var departures: [Departure] = []
    swap(&departures, &context.core.departures)
    return departures.map(\.signal)
  }

  /// Takes in a signal of another node, between two turns.
  ///
  /// A process that is not there answers a link or a monitor with `noproc`, and takes anything else
  /// in silence. A message that no process can send, such as a monitor's report, is dropped. The
  /// signal has to be for a process of this node.
  public mutating func deliver(_ signal: Signal) {
    precondition(signal.to.node == node, "a signal is delivered to the node that it is for")
    context.core.receive(signal)
  }

  /// Takes note that the connection with another node is lost: every link and monitor across fires
  /// with `noconnection`, and nothing else happens to any process (OTP: D43).
  ///
  /// Does nothing when nothing held between the two. Nothing comes back by itself later.
  public mutating func disconnect(_ other: NodeID) {
    context.core.disconnect(other, cause: nil)
  }

  /// Plays the network of a driver that reaches no other node: what is to leave is lost, and each
  /// node that it was for counts as disconnected (OTP: D32, D35, D39, D40).
  public mutating func loseSignals() {
    if hasSignals { context.core.loseSignals() }
  }
}
