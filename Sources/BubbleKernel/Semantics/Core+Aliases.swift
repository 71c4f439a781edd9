internal import BubbleEvents

// MARK: Aliases

extension Core {
  /// Gives the process whose turn it is an alias; that of a monitor has its mark.
  mutating func makeAlias(_ ending: Alias.Ending, mark: Reference?) -> Alias {
    let mark = mark ?? makeReference()
    processes[current].flags.insert(.watchesNodes)
    aliases[mark] = HeldAlias(owner: currentPID, ending: ending)
    return Alias(pid: currentPID, mark: mark)
  }

  /// Takes an alias away; false when the process whose turn it is has none of that mark.
  mutating func unalias(_ mark: Reference) -> Bool {
    guard aliases[mark]?.owner == currentPID else { return false }
    aliases[mark] = nil
    return true
  }

  /// Takes note that a monitor has fired or was taken away: its alias may end with it.
  mutating func endAlias(of mark: Reference) {
    switch aliases[mark]?.ending {
    case .demonitor, .replyDemonitor: aliases[mark] = nil
    case .explicit, .reply, nil: break
    }
  }

  /// Takes note that a message has come through an alias.
  mutating func endAlias(usedBy alias: Alias) {
    guard let held = aliases[alias.mark] else { return }
    switch held.ending {
    case .explicit, .demonitor: return
    case .reply: aliases[alias.mark] = nil
    case .replyDemonitor:
      aliases[alias.mark] = nil
      guard let slot = processes.slot(of: held.owner),
        let monitored = processes[slot].monitors.remove(alias.mark)
      else { return }
      stopWatching(monitored.pid, alias.mark)
    }
  }

  /// Lets go what a process that has ended had of aliases, and of nodes that it watched.
  mutating func dropAliasesAndSubscriptions(of pid: PID) {
    aliases = aliases.filter { $0.value.owner != pid }
    neighbours.unsubscribe(pid, nil)
    for other in connections.keys {
      while let mark = connections[other]?.mark(of: .node(pid)) {
        connections[other]?.removeWatcher(mark)
      }
    }
  }
}
