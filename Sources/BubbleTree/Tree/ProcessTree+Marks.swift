package import BubbleEvents

extension ProcessTree {
  /// What a mark in a recording of the screen says where `event` was shown, nil for an event that
  /// gets none: what the user did, who crashed, which supervisor gave up.
  package func mark(for event: Event) -> String? {
    switch event.kind {
    case .requested, .process(_, .exited), .supervisor(_, .intensityExceeded): break
    default: return nil
    }
    guard let line = narrate(event) else { return nil }
    switch line.sign {
    case .user, .state(.crashed), .state(.gaveUp): return line.spans.map(\.text).joined()
    case .state, .note: return nil
    }
  }
}
