internal import BubbleEvents

// MARK: Signals to and from other nodes

extension Core {
  /// Puts a signal among those that are to leave.
  mutating func depart(_ signal: Signal) {
    depart(signal, cause: cause)
  }

  private mutating func depart(_ signal: Signal, cause: Event.ID?) {
    departures.append(Departure(signal: signal, cause: cause))
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

  mutating func monitorAcross(_ mark: Reference, _ monitored: Monitored) {
    let target = monitored.pid
    processes[current].monitors.set(mark, monitored)
    connections[target.node, default: Connection()].addWatcher(currentPID, mark)
    switch monitored {
    case .process: post(.signal(.monitored(by: currentPID, target: target)))
    case .quietly: break
    }
    depart(.monitor(mark, from: currentPID, to: target))
  }

  /// Tells another node that a monitor has ended.
  mutating func stopWatchingAcross(_ target: PID, _ mark: Reference) {
    guard let watcher = connections[target.node]?.watchers[mark] else { return }
    connections[target.node]?.removeWatcher(mark)
    depart(.demonitor(mark, from: watcher, to: target))
  }

  mutating func tellWatcherElsewhere(
    _ watcher: PID, _ mark: Reference, about pid: PID, reason: ExitReason, cause: Event.ID
  ) {
    guard let foreign = connections[watcher.node]?.removeWatched(standingIn: mark) else { return }
    depart(.down(foreign, from: pid, to: watcher, reason: reason), cause: cause)
  }

  private mutating func removeLink(_ link: Connection.Link) -> Bool {
    connections[link.there.node]?.remove(link) ?? false
  }

  // MARK: - In

  /// Takes in a signal; what it brings about begins here, as no event of another node can be named.
  ///
  /// A link is told at both ends, and so is an exit signal; a monitor only by the watcher's node.
  mutating func receive(_ signal: Signal) {
    switch signal {
    case .message(_, let to, let message): receive(message, for: to)
    case .exit(let from, let to, let reason, let isLink):
      if isLink, let from {
        guard removeLink(Connection.Link(here: to, there: from)) else { return }
      }
      sendExitSignal(
        ExitSignal(from: from, to: to, reason: reason, isLink: isLink, cause: nil))
      deliverExitSignals()
    case .link(let from, let to): acceptLink(from, to)
    case .unlink(let from, let to):
      guard removeLink(Connection.Link(here: to, there: from)),
        let slot = processes.slot(of: to)
      else { return }
      processes[slot].links.remove(from)
      post(.signal(.unlinked(from, to)))
    case .monitor(let mark, let from, let to): acceptMonitor(mark, from, to)
    case .demonitor(let mark, let from, _):
      guard let ended = connections[from.node]?.removeWatched(mark),
        let slot = processes.slot(of: ended.target)
      else { return }
      processes[slot].watchers.remove(ended.mark)
    case .down(let mark, let from, let to, let reason):
      guard connections[from.node]?.removeWatcher(mark) == true else { return }
      fireMonitor(mark, of: to, about: from, reason: reason, cause: nil)
    }
  }

  /// Takes in a message, of the kinds that a process can send; the others are the kernel's own, and
  /// nobody elsewhere may forge them.
  private mutating func receive(_ message: Message, for pid: PID) {
    switch message {
    case .plain, .call, .cast, .system: deliver(message, to: pid, cause: nil)
    case .reply(let tag, let value): takeReply(pid, tag, value)
    case .exit, .down, .timer, .started, .control: break
    }
  }

  private mutating func acceptLink(_ from: PID, _ to: PID) {
    guard let slot = processes.slot(of: to) else {
      return depart(.exit(from: to, to: from, reason: .noProcess, isLink: true))
    }
    guard processes[slot].links[from] == nil else { return }
    processes[slot].links.set(from, true)
    connections[from.node, default: Connection()].add(Connection.Link(here: to, there: from))
    post(.signal(.linked(from, to)))
  }

  private mutating func acceptMonitor(_ mark: Reference, _ from: PID, _ to: PID) {
    guard let slot = processes.slot(of: to) else {
      return depart(.down(mark, from: to, to: from, reason: .noProcess))
    }
    let standing = makeReference()
    processes[slot].watchers.set(standing, from)
    connections[from.node, default: Connection()]
      .addWatched(Connection.Watched(mark: standing, target: to), as: mark)
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

  /// Lets every link and monitor across to `other` fire with `noconnection` (OTP: D43): the links
  /// in the order in which they were set, then the monitors in theirs (OTP: D44).
  mutating func disconnect(_ other: NodeID, cause: Event.ID?) {
    guard let lost = connections.removeValue(forKey: other) else { return }
    for link in lost.orderedLinks {
      sendExitSignal(
        ExitSignal(
          from: link.there, to: link.here, reason: .noConnection, isLink: true, cause: cause))
    }
    deliverExitSignals()
    lost.watchers.forEach { mark, watcher in
      guard let slot = processes.slot(of: watcher), let target = processes[slot].monitors[mark]?.pid
      else { return }
      fireMonitor(mark, of: watcher, about: target, reason: .noConnection, cause: cause)
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
      for departure in lost { disconnect(departure.signal.to.node, cause: departure.cause) }
    }
  }
}
