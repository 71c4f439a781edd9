public import BubbleEvents

// What a process does with other nodes. Nothing here raises an error for a node that cannot be
// reached: links and monitors fire with `noconnection`, messages are lost (OTP: D32, D39).

extension ProcessContext {
  /// The names of the nodes that are known.
  public var nodeNames: NodeNames { core.neighbours.names }

  /// The nodes that this one is connected with, in the order of their names (OTP: nodes/1).
  public func nodes(_ types: NodeTypes = .visible) -> [NodeID] {
    core.neighbours.nodes(types)
  }

  /// Whether there is a connection with the node; with the own one always.
  public func isConnected(to other: NodeID) -> Bool {
    other == node || core.neighbours.connected[other] != nil
  }

  /// Connects with a node; wait for `Awaited.reply` with the mark: the answer `true`, or a report
  /// `noconnection` when it cannot be reached (OTP: net_kernel:connect_node).
  public mutating func connect(to other: NodeID) -> Reference {
    core.connect(other)
  }

  /// Ends the connection with a node; false when there is none (OTP: erlang:disconnect_node).
  @discardableResult
  public mutating func disconnect(from other: NodeID) -> Bool {
    core.disconnectHere(other)
  }

  /// Asks whether a node can be reached, and connects for it; wait for `Awaited.down` with the
  /// mark: the reason is `noproc` when it can and `noconnection` when not (OTP: net_adm:ping).
  public mutating func ping(_ other: NodeID) -> Reference {
    core.monitor(PID(0, node: other), quietly: true)
  }

  /// Lets a message `NodeStatus` come once when the node is lost; at once when it cannot be
  /// reached.
  ///
  /// Each call counts (OTP: monitor_node).
  public mutating func monitorNode(_ other: NodeID) {
    core.monitorNode(other)
  }

  /// Takes back one call of `monitorNode`.
  public mutating func demonitorNode(_ other: NodeID) {
    core.demonitorNode(other)
  }

  /// Lets a message `NodeStatus` come for every node that is connected or lost from now on; each
  /// call counts (OTP: net_kernel:monitor_nodes).
  public mutating func monitorNodes(_ options: NodeMonitorOptions = NodeMonitorOptions()) {
    core.processes[core.current].flags.insert(.watchesNodes)
    core.neighbours.subscribe(pid, options)
  }

  /// Takes back every call of `monitorNodes` with those options.
  public mutating func demonitorNodes(_ options: NodeMonitorOptions = NodeMonitorOptions()) {
    core.neighbours.unsubscribe(pid, options)
  }

  // MARK: - Signals by name and through aliases

  /// Sends a message; to a name that nobody has there, or an alias that does not hold, it goes
  /// nowhere.
  ///
  /// A bare name that nobody has raises `badarg` (OTP: the operator `!`).
  public mutating func send(_ payload: some Sendable, to target: Destination) throws {
    if case .name(let name) = target, core.names[name] == nil { throw RaisedError.badArgument }
    core.send(.plain(payload), to: target)
  }

  /// Sends a message unless it would have to connect first; false when it would (OTP: send/3 with
  /// noconnect).
  public mutating func sendIfConnected(
    _ payload: some Sendable, to target: Destination
  ) throws -> Bool {
    guard isConnected(to: target.node(from: node)) else { return false }
    try send(payload, to: target)
    return true
  }

  /// Sends a request that is not answered.
  public mutating func cast(_ request: some Sendable, to target: Destination) {
    core.send(.cast(request), to: target)
  }

  /// Sends a request that is answered; wait for `Awaited.reply` with the mark.
  public mutating func call(_ request: some Sendable, to target: Destination) -> Reference {
    if case .pid(let pid) = target { return callAny(request, to: pid) }
    let mark = core.monitor(target, quietly: true)
    core.send(.call(request, Caller(pid: core.currentPID, tag: mark)), to: target)
    return mark
  }

  /// Watches a process, or whoever has a name now: later changes of the name change nothing.
  ///
  /// Process 0 of the node stands in the report for a name (OTP: monitor with `{Name,Node}`).
  public mutating func monitor(_ target: Destination) -> Reference {
    core.monitor(target, quietly: false)
  }

  /// Watches without an event, as whoever waits for an answer does.
  package mutating func monitorQuietly(_ target: Destination) -> Reference {
    core.monitor(target, quietly: true)
  }

  /// Sends a message of any kind.
  package mutating func deliver(_ message: Message, to target: Destination) {
    core.send(message, to: target)
  }

  /// Watches a process through a monitor that is an alias too (OTP: monitor/3 with `alias`).
  public mutating func monitor(_ target: Destination, alias: Alias.Ending) -> Alias {
    // A monitor that fires at once has no alias any more.
    let mark = core.monitor(target, quietly: false)
    guard core.processes[core.current].monitors[mark] != nil else {
      return Alias(pid: pid, mark: mark)
    }
    return core.makeAlias(alias, mark: mark)
  }

  /// Gives this process another address (OTP: alias).
  public mutating func alias(_ ending: Alias.Ending = .explicit) -> Alias {
    core.makeAlias(ending, mark: nil)
  }

  /// Takes an alias away; false when this process has none of that mark (OTP: unalias).
  @discardableResult
  public mutating func unalias(_ mark: Reference) -> Bool {
    core.unalias(mark)
  }

  // MARK: - Spawning

  /// Asks for a process on a node; wait for `Awaited.reply` with the mark and give what came to
  /// `finishSpawn` (OTP: spawn on a node).
  ///
  /// Without `tellsPID` no such answer comes: a monitor then reports the end, or `noconnection`,
  /// under the mark, and without a monitor or a link nothing at all does.
  public mutating func requestSpawn(
    _ body: some ProcessBody, on other: NodeID, isLinked: Bool = false, isMonitored: Bool = false,
    tellsPID: Bool = true
  ) -> Reference {
    core.requestSpawn(
      body, on: other, isLinked: isLinked, isMonitored: isMonitored, tellsPID: tellsPID)
  }

  /// The process that was asked for with those options.
  ///
  /// When the node could not be reached it is a PID that belongs to nobody: a link to it fires and
  /// a monitor, under the mark of the request, reports `noconnection` (OTP: D49).
  public mutating func finishSpawn(
    _ mark: Reference, _ received: Received, isLinked: Bool = false, isMonitored: Bool = false
  ) -> PID {
    if case .message(.reply(mark, let answer)) = received, let pid = unpack(answer, as: PID.self) {
      return pid
    }
    return core.failSpawn(mark, isLinked: isLinked, isMonitored: isMonitored)
  }
}
