internal import BubbleEvents

// MARK: Signals to and from other nodes

extension Core {
  /// Puts a signal among those that are to leave.
  mutating func depart(_ signal: Signal) {
    depart(signal, cause: cause)
  }

  private mutating func depart(_ signal: Signal, cause: Event.ID?) {
    departures.append(Departure(content: .signal(signal), cause: cause))
  }

  // MARK: - Out

  /// An exit signal for another node; one that comes by a link goes only while the link holds.
  mutating func sendAcross(_ signal: ExitSignal) {
    if signal.isLink {
      guard let from = signal.from,
        removeLink(Connection.Link(here: from, there: signal.to))
      else { return }
    }
    depart(
      .exit(from: signal.from, to: signal.to, reason: signal.reason, isLink: signal.isLink),
      cause: signal.cause)
  }

  /// Links the process whose turn it is with one of another node; whether that lives is told by a
  /// signal (OTP: D39).
  mutating func linkAcross(_ other: PID) {
    guard processes[current].links[other] == nil else { return }
    processes[current].links.set(other, true)
    connections[other.node, default: Connection()]
      .add(Connection.Link(here: currentPID, there: other))
    post(.signal(.linked(currentPID, other)))
    depart(.link(from: currentPID, to: other))
  }

  mutating func unlinkAcross(_ other: PID) {
    guard removeLink(Connection.Link(here: currentPID, there: other)) else { return }
    depart(.unlink(from: currentPID, to: other))
  }

  /// Watches a process of another node, or whoever has a name there.
  mutating func monitorAcross(_ mark: Reference, _ monitored: Monitored, at target: Destination) {
    watchAcross(mark, monitored)
    switch monitored {
    case .process(let pid): post(.signal(.monitored(by: currentPID, target: pid)))
    case .quietly: break
    }
    depart(.monitor(mark, from: currentPID, to: target))
  }

  /// Lets the process whose turn it is be told under that mark when the connection is lost.
  mutating func watchAcross(_ mark: Reference, _ monitored: Monitored) {
    processes[current].monitors.set(mark, monitored)
    connections[monitored.pid.node, default: Connection()].addWatcher(.monitor(currentPID), mark)
  }

  /// Tells another node that a monitor has ended.
  mutating func stopWatchingAcross(_ target: PID, _ mark: Reference) {
    guard let watcher = connections[target.node]?.watchers[mark] else { return }
    connections[target.node]?.removeWatcher(mark)
    depart(.demonitor(mark, from: watcher.pid, to: target))
  }

  /// Reports an end to a process of another node that watches it, under the mark that it has there.
  mutating func tellWatcherElsewhere(_ down: DownSignal) {
    let node = down.to.node
    guard let mark = connections[node]?.removeWatched(standingIn: down.mark) else { return }
    depart(.down(mark, from: down.about, to: down.to, reason: down.reason), cause: down.cause)
  }

  private mutating func removeLink(_ link: Connection.Link) -> Bool {
    connections[link.there.node]?.remove(link) ?? false
  }

  // MARK: - In

  /// Takes in a signal; what it brings about is caused by `cause`, an event of the sender's node.
  ///
  /// A link is told at both ends, and so is an exit signal; a monitor only by the watcher's node.
  mutating func receive(_ signal: Signal, cause: Event.ID?) {
    self.cause = cause
    defer { self.cause = nil }
    switch signal {
    case .message(_, let to, let message): receive(message, for: to)
    case .exit(let from, let to, let reason, let isLink):
      if isLink, let from {
        guard removeLink(Connection.Link(here: to, there: from)) else { return }
      }
      sendExitSignal(
        ExitSignal(from: from, to: to, reason: reason, isLink: isLink, cause: cause))
      deliverExitSignals()
    case .link(let from, let to): acceptLink(from, to)
    case .unlink(let from, let to):
      guard removeLink(Connection.Link(here: to, there: from)),
        let slot = processes.slot(of: to)
      else { return }
      processes[slot].links.remove(from)
      post(.signal(.unlinked(from, to)))
    case .monitor(let mark, let from, let to): acceptMonitor(mark, from, target(of: to))
    case .demonitor(let mark, let from, _):
      guard let ended = connections[from.node]?.removeWatched(mark),
        let slot = processes.slot(of: ended.target)
      else { return }
      processes[slot].watchers.remove(ended.mark)
    case .down(let mark, let from, let to, let reason):
      guard connections[from.node]?.removeWatcher(mark) == true else { return }
      fireMonitor(mark, of: to, about: from, reason: reason, cause: cause)
    case .spawn(let request, let from, _): accept(request, of: from)
    case .spawned(let reply, let to): accept(reply, for: to)
    }
  }

  /// Takes in a message, of the kinds that a process can send; the others are the kernel's own, and
  /// nobody elsewhere may forge them.
  private mutating func receive(_ message: Message, for destination: Destination) {
    switch message {
    case .plain, .call, .cast, .system: deliver(message, to: destination, cause: cause)
    case .reply(let tag, let value): takeReply(target(of: destination), tag, value)
    case .exit, .down, .timer, .started, .control: break
    }
  }

  /// The process of this node that is meant; process 0 when nobody has the name or the alias.
  func target(of destination: Destination) -> PID {
    switch destination {
    case .pid(let pid): pid
    case .name(let name), .remoteName(let name, _): names[name] ?? PID(0, node: node)
    case .alias(let alias): aliases[alias.mark] == nil ? PID(0, node: node) : alias.pid
    }
  }

  private mutating func acceptLink(_ from: PID, _ to: PID) {
    guard let slot = processes.slot(of: to) else {
      return refuseLink(from, to)
    }
    guard processes[slot].links[from] == nil else { return }
    addLinkAcross(to, slot: slot, from)
    post(.signal(.linked(from, to)))
  }

  /// Tells a process elsewhere that the one it is linked to is not there.
  mutating func refuseLink(_ from: PID, _ to: PID) {
    depart(.exit(from: to, to: from, reason: .noProcess, isLink: true))
  }

  /// Links a process here with one elsewhere, when both ends know it.
  mutating func addLinkAcross(_ here: PID, slot: Int, _ there: PID) {
    processes[slot].links.set(there, true)
    connections[there.node, default: Connection()].add(Connection.Link(here: here, there: there))
  }

  /// Lets a process elsewhere watch one that lives here.
  mutating func addWatcherElsewhere(_ watcher: PID, _ mark: Reference, of target: PID, slot: Int) {
    let standing = makeReference()
    processes[slot].watchers.set(standing, watcher)
    connections[watcher.node, default: Connection()]
      .addWatched(Connection.Watched(mark: standing, target: target), as: mark)
  }

  private mutating func acceptMonitor(_ mark: Reference, _ from: PID, _ to: PID) {
    guard let slot = processes.slot(of: to) else {
      return depart(.down(mark, from: to, to: from, reason: .noProcess))
    }
    addWatcherElsewhere(from, mark, of: to, slot: slot)
  }

  private mutating func fireMonitor(
    _ mark: Reference, of watcher: PID, about target: PID, reason: ExitReason, cause: Event.ID?
  ) {
    guard let slot = processes.slot(of: watcher),
      let monitored = processes[slot].monitors.remove(mark)
    else { return }
    deliverDown(mark, monitored, to: slot, about: target, reason: reason, cause: cause)
  }

  // MARK: - Loss

  /// Lets every link and monitor across to `other` fire with `noconnection` (OTP: D43).
  ///
  /// The links in the order in which they were set, then the monitors, of processes and of the
  /// node, in theirs, and last the processes that are told of all nodes (OTP: D44). If there was a
  /// connection, its loss is told before, and all of that follows from it.
  mutating func disconnect(_ other: NodeID, reason: NodeDownReason, cause: Event.ID?) {
    let wasHidden = neighbours.disconnect(other)
    var cause = cause
    if wasHidden != nil {
      cause = post(cause: cause, .node(node, .disconnected(other, reason: reason.term)))
    }
    if let lost = connections.removeValue(forKey: other) { lose(lost, other, cause: cause) }
    guard let wasHidden else { return }
    for message in neighbours.messages(
      isUp: false, other, isHidden: wasHidden, reason: reason)
    {
      deliver(.plain(message.status), to: message.to, cause: cause)
    }
  }

  private mutating func lose(_ lost: Connection, _ other: NodeID, cause: Event.ID?) {
    for link in lost.orderedLinks {
      sendExitSignal(
        ExitSignal(
          from: link.there, to: link.here, reason: .noConnection, isLink: true, cause: cause))
    }
    deliverExitSignals()
    lost.watchers.forEach { mark, watcher in
      switch watcher {
      case .monitor(let pid), .connecting(let pid):
        guard let slot = processes.slot(of: pid), let target = processes[slot].monitors[mark]?.pid
        else { return }
        fireMonitor(mark, of: pid, about: target, reason: .noConnection, cause: cause)
      case .node(let pid):
        let status = NodeStatus(isUp: false, node: other, name: neighbours.names[other])
        deliver(.plain(status), to: pid, cause: cause)
      }
    }
    for watched in lost.allWatched {
      if let slot = processes.slot(of: watched.target) {
        processes[slot].watchers.remove(watched.mark)
      }
    }
  }

  /// Plays a network that reaches nobody, until nothing is to leave any more.
  mutating func loseSignals() {
    while !departures.isEmpty {
      var lost: [Departure] = []
      swap(&lost, &departures)
      for departure in lost {
        disconnect(departure.node, reason: .connectionClosed, cause: departure.cause)
      }
    }
  }
}
