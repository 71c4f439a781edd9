import BubbleEvents
import BubbleTree

extension Event.Kind {
  /// Whether the screen holds still for a beat after this event.
  ///
  /// Those do that change what a process is, or why: deaths, decisions, stops and starts. The
  /// steps between them (links, names, signals, reports) are shown together with the next one.
  var holdsBeat: Bool {
    switch self {
    case .processExited, .restartDecided, .intensityExceeded, .autoShutdownStarted,
      .childStopping, .childStarting, .childStarted, .childIgnored, .childStartFailed,
      .childStopTimedOut, .processSuspended, .processResumed, .exitSignalTrapped,
      .application, .release:
      true
    case .codeEntered(_, _, _, let previous): previous != nil
    case .requested, .processSpawned, .linked, .unlinked, .monitored, .demonitored,
      .exitSignalSent, .downDelivered, .nameRegistered, .nameReleased, .supervisorConfigured,
      .childSpecified, .childForgotten, .childStopped, .childTerminated, .restartNotNeeded,
      .restartCounted, .restartCompleted, .childrenReordered, .reported, .messageSent,
      .messageHandled, .callStarted, .callReturned, .callTimedOut, .limitReached:
      false
    }
  }
}

extension Event {
  /// Whether the screen holds still for a beat after this event of a machine that `tree` tells of.
  ///
  /// A supervisor traps exit signals all the time, and says itself what it makes of them.
  func holdsBeat(in tree: ProcessTree) -> Bool {
    if case .exitSignalTrapped(let pid, _, _) = kind {
      return tree.slot(of: pid).map { tree[$0].kind == .worker } ?? false
    }
    return kind.holdsBeat
  }
}
