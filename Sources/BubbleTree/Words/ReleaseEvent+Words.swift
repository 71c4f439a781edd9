import BubbleEvents

extension Term {
  /// The version of a module, a text without its quotes.
  var asVersion: String {
    if case .text(let text) = self { return text }
    return description
  }
}

extension ReleaseEvent {
  /// The release and what happened to it, in words; not yet safe for a terminal.
  var words: String { spans.map(\.text).joined() }

  /// How the event is told in a line.
  var spans: [Narration.Span] {
    let release: [Narration.Span] = [.init("release "), .init(version, .name)]
    switch change {
    case .booting: return release + [.init(" is starting")]
    case .installing(let from, let direction):
      let word = direction == .up ? "upgrade" : "downgrade"
      return [
        .init(word, .strategy), .init(" from release "), .init(from, .name), .init(" to "),
        .init(version, .name),
      ]
    case .instruction(let number, let count, let text):
      return [.init("\(number)/\(count) ", .dim), .init(text)]
    case .leftOut(let pid): return [.init("\(pid) did not answer in time, and is left out", .bad)]
    case .installed(let from):
      return release + [.init(" is installed", .calm), .init(", \(from) before")]
    case .failed(let reason, let isPastReturn):
      let rest = isPastReturn ? "behind the point of no return" : "nothing has changed"
      return release
        + [.init(" cannot be installed: ", .bad), .init("\(reason)", .bad), .init("; \(rest)")]
    case .refused(let reason):
      return release + [.init(" is refused: ", .bad), .init("\(reason)", .bad)]
    case .rebooting: return [.init("the machine restarts with ")] + release
    case .madePermanent: return release + [.init(" is permanent")]
    case .removed: return release + [.init(" is removed")]
    }
  }

  /// What the event is marked with.
  var sign: Narration.Sign {
    switch change {
    case .booting: .state(.starting)
    case .installing, .instruction: .state(.restarting)
    case .leftOut: .state(.suspended)
    case .installed, .madePermanent: .state(.running)
    case .failed, .refused: .state(.crashed)
    case .rebooting: .state(.gaveUp)
    case .removed: .note
    }
  }
}
