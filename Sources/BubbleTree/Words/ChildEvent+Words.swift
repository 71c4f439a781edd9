import BubbleEvents

extension ChildEvent {
  /// What a trace says beside the name of the kind.
  var details: String {
    switch self {
    case .starting, .started, .ignored, .stopTimedOut: ""
    case .startFailed(let reason), .stopped(_, let reason), .terminated(_, let reason):
      reason.description
    case .stopping(_, let shutdown): "shutdown \(shutdown)"
    case .restartNotNeeded(let restart, let reason): "\(restart.rawValue), \(reason)"
    }
  }
}

extension ProcessTree {
  /// What the log says, if it says anything.
  func tell(_ happening: ChildEvent, _ event: Event, in line: inout Narration) {
    let child = line.slot.map { [title($0)] } ?? []
    switch happening {
    case .started(let pid):
      line.tell(.state(.running), named(pid) + [.init(" started")])
      let life = life(of: pid) ?? 1
      line.right = life > 1 ? [.init("life \(life)", .dim)] : because(event)
    case .ignored:
      line.tell(.state(.stopped), child + [.init(" said ignore: its place stays empty")])
    case .startFailed(let reason):
      line.tell(.state(.crashed), child + [.init(" did not start: "), .init(reason: reason)])
      line.right = because(event)
    case .stopping(let pid, let shutdown):
      let word = shutdown == .brutalKill ? "kill" : "shutdown"
      line.tell(.state(.stopping), named(pid) + [.init(" stopping: "), .init(word, .calm)])
      line.right = limit(of: shutdown)
    case .stopTimedOut(let pid):
      line.tell(
        .state(.stopping), named(pid) + [.init(" did not stop in time: "), .init("kill", .bad)])
      line.right = because(event)
    case .restartNotNeeded(let restart, let reason):
      line.tell(
        .state(.stopped),
        child + [.init(" is not started again: \(restart.rawValue), "), .init(reason: reason)])
    case .starting, .stopped, .terminated: break
    }
  }

  private func limit(of shutdown: ChildShutdown) -> [Narration.Span] {
    switch shutdown {
    case .brutalKill: []
    case .timeout(let milliseconds):
      [.init("killed if not done in \(Duration.milliseconds(milliseconds).inSeconds)", .dim)]
    case .infinity: [.init("waits as long as it takes", .dim)]
    }
  }
}

extension Duration {
  /// `5.0 s`.
  fileprivate var inSeconds: String {
    let tenths = wholeNanoseconds / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
