import BubbleEvents

extension ApplicationEvent {
  /// The application and what happened to it, in words; not yet safe for a terminal.
  var words: String {
    "\(application): " + change.words.map(\.text).joined()
  }

  /// How the event is told in a line.
  var spans: [Narration.Span] {
    [.init("application "), .init(application, .name), .init(" ")] + change.words
  }

  /// What the event is marked with.
  var sign: Narration.Sign {
    switch change {
    case .loaded, .unloaded, .phase: .note
    case .starting: .state(.starting)
    case .started: .state(.running)
    case .startFailed, .refused: .state(.crashed)
    case .stopping: .state(.stopping)
    case .stopped(let reason): .state(reason.isAbnormal ? .crashed : .stopped)
    case .endsMachine: .state(.gaveUp)
    }
  }
}

extension ApplicationEvent.Change {
  fileprivate var words: [Narration.Span] {
    switch self {
    case .loaded(let version): [.init(version.isEmpty ? "is loaded" : "\(version) is loaded")]
    case .unloaded: [.init("is unloaded")]
    case .starting(let restart): [.init("is starting, \(restart.rawValue)")]
    case .started(.some): [.init("started")]
    case .started(nil): [.init("started, a library")]
    case .startFailed(let reason): [.init("did not start: "), .init("\(reason)", .bad)]
    case .refused(let reason): [.init("is refused: "), .init("\(reason)", .bad)]
    case .phase(let phase): [.init("starts phase "), .init(phase, .name)]
    case .stopping: [.init("is stopping")]
    case .stopped(let reason): [.init("stopped: "), .init(reason: reason)]
    case .endsMachine(let restart, let reason):
      [.init("is \(restart.rawValue): the machine ends, ", .bad), .init(reason: reason)]
    }
  }
}
