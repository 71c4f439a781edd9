import BubbleEvents

extension SignalEvent {
  /// What a trace says beside the name of the kind.
  var details: String {
    switch self {
    case .linked(_, let other), .unlinked(_, let other): "with \(other)"
    case .monitored(_, let target), .demonitored(_, let target): "\(target)"
    case .exitSent(let from, _, let reason, let isLink):
      "\(reason)" + (from.map { " from \($0)" } ?? "") + (isLink ? " through the link" : "")
    case .exitTrapped(_, let from, let reason):
      "\(reason)" + (from.map { " from \($0)" } ?? "")
    case .downDelivered(_, let about, let reason): "\(about) \(reason)"
    }
  }
}

extension ProcessTree {
  /// What the log says, if it says anything.
  func tell(_ happening: SignalEvent, _ event: Event, in line: inout Narration) {
    switch happening {
    case .exitTrapped(let pid, let sender, let reason):
      guard !isRoutine(signalTo: pid, from: sender) else { return }
      line.tell(.note, named(pid) + [.init(" traps an exit signal: "), .init(reason: reason)])
      line.right = sender.map { [Narration.Span("← from ", .dim)] + named($0) } ?? because(event)
    case .linked, .unlinked, .monitored, .demonitored, .exitSent, .downDelivered: break
    }
  }
}
