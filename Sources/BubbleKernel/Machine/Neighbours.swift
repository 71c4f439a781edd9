internal import BubbleEvents

/// What a node knows of other nodes: their names, which are connected, and who wants to know.
struct Neighbours: Sendable {
  /// A process that is told of every nodeup and nodedown.
  struct Subscription: Sendable {
    var pid: PID
    var options: NodeMonitorOptions
  }

  var names = NodeNames()
  /// The nodes that are connected, and whether the connection is a hidden one.
  private(set) var connected: [NodeID: Bool] = [:]
  /// In the order in which they were made.
  private(set) var subscriptions: [Subscription] = []

  mutating func connect(_ node: NodeID, isHidden: Bool) {
    connected[node] = isHidden
  }

  /// Forgets a connection; whether it was a hidden one, or nil when there was none.
  mutating func disconnect(_ node: NodeID) -> Bool? {
    connected.removeValue(forKey: node)
  }

  /// The nodes connected, in the order of their names.
  func nodes(_ types: NodeTypes) -> [NodeID] {
    connected.filter { types.contains(hidden: $0.value) }.keys
      .sorted { (names[$0], $0) < (names[$1], $1) }
  }

  mutating func subscribe(_ pid: PID, _ options: NodeMonitorOptions) {
    subscriptions.append(Subscription(pid: pid, options: options))
  }

  /// Ends those subscriptions of a process that were made with the same options; nil ends all.
  mutating func unsubscribe(_ pid: PID, _ options: NodeMonitorOptions?) {
    subscriptions.removeAll { $0.pid == pid && (options == nil || $0.options == options) }
  }

  /// What each subscriber is told of a change, in order.
  func messages(
    isUp: Bool, _ node: NodeID, isHidden: Bool, reason: NodeDownReason?
  ) -> [(to: PID, status: NodeStatus)] {
    subscriptions.filter { ($0.options.types ?? .visible).contains(hidden: isHidden) }.map {
      var info: [Term] = []
      if $0.options.tellsReason, let reason {
        info.append(.tuple(["nodedown_reason", reason.term]))
      }
      if $0.options.types != nil {
        info.append(.tuple(["node_type", isHidden ? "hidden" : "visible"]))
      }
      let status = NodeStatus(
        isUp: isUp, node: node, name: names[node], info: $0.options.hasInformation ? info : nil)
      return ($0.pid, status)
    }
  }
}
