public import BubbleEvents

/// The wall between nodes: what leaves, what comes, and which connections there are.
///
/// A kernel knows of no network. A driver that has one takes the departures after each turn, and
/// does them; one that has none calls `loseSignals` instead.
extension Kernel {
  /// The node that this machine is.
  public var node: NodeID { context.core.node }

  /// The names of the nodes that are known here.
  public var nodeNames: NodeNames {
    get { context.core.neighbours.names }
    set { context.core.neighbours.names = newValue }
  }

  /// The nodes that this one is connected with, in the order of their names.
  public func nodes(_ types: NodeTypes = .visible) -> [NodeID] {
    context.core.neighbours.nodes(types)
  }

  /// Lets this machine, which has nothing in it, go on where an earlier life of the same node
  /// ended: PIDs and references of that life belong to nobody, and the numbers kept are there
  /// (OTP: D1, the node's creation).
  public mutating func succeed(_ earlier: Kernel) {
    precondition(earlier.node == node, "only a life of the same node can go before")
    context.core.processes.skipNumbers(to: earlier.context.core.processes.lastNumber)
    context.core.lastReference = earlier.context.core.lastReference
    context.core.kept = earlier.context.core.kept
  }

  /// The number of the last event; whoever drives several machines as one numbers through.
  package var lastEvent: Event.ID {
    get { context.core.lastEvent }
    set { context.core.lastEvent = newValue }
  }

  /// Spawns a process of the system from outside, such as a name server: nothing is told of it, and
  /// what others do because of it leads back to what it did that for.
  @discardableResult
  public mutating func spawnUntold(_ body: some ProcessBody) -> PID {
    context.core.untold.append(context.core.processes.nextPID)
    return spawn(body)
  }

  /// Whether nothing is told of a process, because it is one of the system.
  package func isUntold(_ pid: PID) -> Bool {
    context.core.untold.contains(pid)
  }

  /// Does something from outside that an event has brought about.
  package mutating func act<Result>(
    becauseOf cause: Event.ID?, _ change: (inout Kernel) -> Result
  ) -> Result {
    context.core.cause = cause
    defer { context.core.cause = nil }
    return change(&self)
  }

  /// Whether something is to leave for other nodes.
  public var hasDepartures: Bool { !context.core.departures.isEmpty }

  /// Takes out what is to leave for other nodes since the last time, in order.
  public mutating func takeDepartures() -> [Departure] {
    var departures: [Departure] = []
    swap(&departures, &context.core.departures)
    return departures
  }

  /// Takes in a signal of another node, between two turns.
  ///
  /// A process that is not there answers a link or a monitor with `noproc`, and takes anything else
  /// in silence. A message that no process can send, such as a monitor's report, is dropped. The
  /// signal has to be for a process of this node. What it brings about is caused by `cause`, an
  /// event of the sender's node.
  public mutating func deliver(_ signal: Signal, cause: Event.ID? = nil) {
    precondition(signal.node == node, "a signal is delivered to the node that it is for")
    context.core.receive(signal, cause: cause)
  }

  /// Takes note that this node is connected with another one, before any signal comes from there.
  public mutating func connect(_ other: NodeID, isHidden: Bool = false, cause: Event.ID? = nil) {
    context.core.connected(other, isHidden: isHidden, cause: cause)
  }

  /// Takes note that the connection with another node is lost, or could not be made: every link and
  /// monitor across fires with `noconnection`, and nothing else happens to any process (OTP: D43).
  ///
  /// Does nothing when nothing held between the two. Nothing comes back by itself later.
  public mutating func disconnect(
    _ other: NodeID, reason: NodeDownReason = .connectionClosed, cause: Event.ID? = nil
  ) {
    context.core.disconnect(other, reason: reason, cause: cause)
  }

  /// Plays the network of a driver that reaches no other node: what is to leave is lost, and each
  /// node that it was for counts as disconnected (OTP: D32, D35, D39, D40).
  public mutating func loseSignals() {
    if hasDepartures { context.core.loseSignals() }
  }
}
