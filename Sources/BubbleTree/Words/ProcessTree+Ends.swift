package import BubbleEvents

/// Why a process ended: whatever tells it, in words, rows or signs, asks here.
extension ProcessTree {
  /// Causes further back than this explain nothing to anybody.
  private static let causeLimit = 64

  /// What brought `event` about, the nearest first, as far back as it explains anything.
  func causes(of event: Event) -> [Event] {
    Array(recent.causes(of: event).prefix(Self.causeLimit))
  }

  /// What has ended a process, the nearest cause first; nothing when it ended by its own doing.
  ///
  /// That it was started is not a reason to end, nor is anything before that.
  func whatEnded(_ exit: Event) -> [Event] {
    var found: [Event] = []
    for cause in recent.causes(of: exit).prefix(Self.causeLimit) {
      switch cause.kind {
      case .requested, .process(_, .exited), .child(_, _, .stopping), .child(_, _, .stopTimedOut),
        .supervisor(_, .intensityExceeded), .supervisor(_, .autoShutdownStarted),
        .node(_, .disconnected), .node(_, .globalNameConflict), .node(_, .cableCut),
        .node(_, .stopped):
        found.append(cause)
      case .supervisor(_, .restartDecided), .child(_, _, .starting), .child(_, _, .started),
        .process(_, .spawned):
        return found
      default: continue
      }
    }
    return found
  }

  /// Whether a process ended by its own doing: nobody asked for it, told it to end or took it
  /// along.
  package func endedByItself(_ exit: Event) -> Bool { whatEnded(exit).isEmpty }

  /// Whether a supervisor had told `pid` to end, which `exit` tells of.
  func wasToldToStop(_ pid: PID, _ exit: Event) -> Bool {
    causes(of: exit).contains { cause in
      switch cause.kind {
      case .child(_, _, .stopping(pid, _)), .child(_, _, .stopTimedOut(pid)): true
      case .application(let step): step.change == .stopping && isMaster(step.master, above: pid)
      default: false
      }
    }
  }

  /// Whether `pid` gave up, and therefore ended, which `exit` tells of.
  func hadGivenUp(_ pid: PID, _ exit: Event) -> Bool {
    whatEnded(exit).contains { cause in
      if case .supervisor(pid, .intensityExceeded) = cause.kind { true } else { false }
    }
  }

  private func isMaster(_ master: PID?, above pid: PID) -> Bool {
    guard let master, let slot = slot(of: pid) else { return false }
    return self[slot].parent == self.slot(of: master)
  }
}
