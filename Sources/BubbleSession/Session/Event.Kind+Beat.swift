import BubbleEvents
import BubbleTree

extension Event.Kind {
  /// Whether the screen holds still for a beat after this event.
  ///
  /// Those do that change what a process is, or why: deaths, decisions, stops and starts. The
  /// steps between them (links, names, signals, reports) are shown together with the next one.
  var holdsBeat: Bool {
    switch self {
    case .process(_, .exited), .process(_, .suspended), .process(_, .resumed),
      .process(_, .codeEntered(_, _, _?)), .child(_, _, .starting), .child(_, _, .started),
      .child(_, _, .ignored), .child(_, _, .startFailed), .child(_, _, .stopping),
      .child(_, _, .stopTimedOut), .supervisor(_, .restartDecided),
      .supervisor(_, .intensityExceeded),
      .supervisor(_, .autoShutdownStarted), .signal(.exitTrapped), .application, .release,
      .node(_, .stopped), .node(_, .connected), .node(_, .disconnected), .node(_, .cableCut),
      .node(_, .cableHealed), .node(_, .globalNameConflict), .node(_, .leaderElected),
      .node(_, .leaderSurrendered), .node(_, .leaderResigned):
      true
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .node, .reported,
      .message, .limitReached:
      false
    }
  }
}

extension Event {
  /// Whether the screen holds still for a beat after this event of a machine that `tree` tells of.
  ///
  /// A supervisor traps exit signals all the time, and says itself what it makes of them.
  func holdsBeat(in tree: ProcessTree) -> Bool {
    if case .signal(.exitTrapped(let pid, _, _)) = kind {
      return tree.slot(of: pid).map { tree[$0].kind == .worker } ?? false
    }
    return kind.holdsBeat
  }
}
