internal import BubbleEvents

// MARK: Connections with other nodes

extension Core {
  /// Takes note that a connection has been made, and tells of it: processes that wait for it go on,
  /// and those that are told of all nodes hear it before anything that comes over it (OTP: D16).
  mutating func connected(_ other: NodeID, isHidden: Bool, cause: Event.ID?) {
    neighbours.connect(other, isHidden: isHidden)
    self.cause = post(cause: cause, .node(node, .connected(other, isHidden: isHidden)))
    defer { self.cause = nil }
    for message in neighbours.messages(isUp: true, other, isHidden: isHidden, reason: nil) {
      deliver(.plain(message.status), to: message.to, cause: self.cause)
    }
    for (mark, watcher) in connections[other]?.watchers.entries ?? [] {
      guard case .connecting(let pid) = watcher else { continue }
      connections[other]?.removeWatcher(mark)
      takeReply(pid, mark, true)
    }
  }

  /// Asks for a connection; the answer `true` comes under the mark, or the report of a monitor of
  /// process 0 of that node (OTP: D4).
  mutating func connect(_ other: NodeID) -> Reference {
    let mark = makeReference()
    processes[current].monitors.set(mark, .quietly(PID(0, node: other)))
    guard other != node, neighbours.connected[other] == nil else {
      takeReply(currentPID, mark, true)
      return mark
    }
    connections[other, default: Connection()].addWatcher(.connecting(currentPID), mark)
    departures.append(Departure(content: .connect(other, isExplicit: true), cause: cause))
    return mark
  }

  /// Ends a connection; false when there is none (OTP: D10).
  mutating func disconnectHere(_ other: NodeID) -> Bool {
    guard neighbours.connected[other] != nil else { return false }
    departures.append(Departure(content: .disconnect(other), cause: cause))
    disconnect(other, reason: .disconnect, cause: cause)
    return true
  }

  /// Lets the process whose turn it is be told once when the node is lost, or cannot be reached;
  /// its own never is (OTP: D17).
  mutating func monitorNode(_ other: NodeID) {
    guard other != node else { return }
    processes[current].flags.insert(.watchesNodes)
    connections[other, default: Connection()].addWatcher(.node(currentPID), makeReference())
    guard neighbours.connected[other] == nil else { return }
    departures.append(Departure(content: .connect(other, isExplicit: false), cause: cause))
  }

  /// Takes one of the monitors of that node away.
  mutating func demonitorNode(_ other: NodeID) {
    guard let mark = connections[other]?.mark(of: .node(currentPID)) else { return }
    connections[other]?.removeWatcher(mark)
  }
}
