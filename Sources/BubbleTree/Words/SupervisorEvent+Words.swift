import BubbleEvents

extension SupervisorEvent {
  /// What a trace says beside the name of the kind.
  var details: String {
    switch self {
    case .configured(let flags): flags.words
    case .childSpecified(let child, let position):
      "\(child.id) at \(position): \(child.restart.rawValue) \(child.kind.rawValue), "
        + "shutdown \(child.shutdown)" + (child.isSignificant ? ", significant" : "")
    case .childForgotten, .restartCompleted: ""
    case .childrenReordered(let order): order.map(\.description).joined(separator: " ")
    case .restartDecided(let id, let strategy, let stops, let starts):
      "\(strategy.rawValue) for \(id): stop \(stops), start \(starts)"
    case .restartCounted(let used, let intensity): "\(used) of \(intensity)"
    case .intensityExceeded(let id, let used, let intensity):
      "by \(id): \(used) of \(intensity)"
    case .autoShutdownStarted(let id, let mode): "\(mode.rawValue), by \(id)"
    }
  }
}

extension ProcessTree {
  /// What the log says, if it says anything.
  func tell(
    _ happening: SupervisorEvent, of supervisor: PID, _ event: Event, in line: inout Narration
  ) {
    switch happening {
    case .configured(let flags):
      guard followsFlagsRequest(event) else { return }
      line.tell(
        .state(.running),
        [title(supervisor), .init(" is "), .init(flags.strategy.rawValue, .strategy)])
      line.budget = slot(of: supervisor).flatMap { budget(of: $0, at: event.instant) }
    case .restartDecided(_, let strategy, let stops, let starts):
      let doing = stops > 0 ? ": stop \(stops), start \(starts)" : ": start \(starts)"
      line.tell(
        .state(.restarting),
        [title(supervisor), .init(" decides "), .init(strategy.rawValue, .strategy), .init(doing)])
      line.budget = budget(ofSupervisor: supervisor, asOf: event)
    case .restartCompleted: tellCompletion(of: supervisor, event, in: &line)
    case .intensityExceeded(_, let used, let intensity):
      line.tell(
        .state(.gaveUp),
        [
          title(supervisor), .init(" gives up: ", .bad),
          .init(
            "\(used) \(noun(for: used, "restart")) in \(intensity.seconds) s, "
              + "\(intensity.restarts) allowed"),
        ])
    case .autoShutdownStarted(let id, let mode):
      line.tell(
        .state(.stopping),
        [title(supervisor), .init(" shuts itself down: \(mode.rawValue), "), .init("\(id)", .name)])
    case .childSpecified, .childForgotten, .childrenReordered, .restartCounted: break
    }
  }

  /// Whether a supervisor was asked to change its flags, rather than having started with them.
  private func followsFlagsRequest(_ event: Event) -> Bool {
    guard let cause = event.cause.flatMap({ recent[$0] }),
      case .requested(.supervisor(_, .changeFlags), _) = cause.kind
    else { return false }
    return true
  }

  /// Names who was started by a restart, as far as a line has room.
  private func tellCompletion(
    of supervisor: PID, _ event: Event, in line: inout Narration
  ) {
    var started: [[Narration.Span]] = []
    let decision = event.cause ?? 0
    var next = event.id - 1
    while next > decision, event.id - next < 256, let earlier = recent[next] {
      if case .child(supervisor, _, .started(let pid)) = earlier.kind { started.append(named(pid)) }
      next -= 1
    }
    let shown = started.reversed().prefix(3).map { $0 }
    let more = started.count > 3 ? [Narration.Span(" and \(started.count - 3) more")] : []
    line.tell(
      .state(.restarting),
      [title(supervisor), .init(" restarted ")] + Array(shown.joined(separator: [.init(", ")]))
        + more)
    line.budget = budget(ofSupervisor: supervisor, asOf: event)
  }
}

extension SupervisorFlags {
  /// `one_for_all, 3 in 5 s`.
  var words: String {
    strategy.rawValue + ", \(intensity)"
      + (autoShutdown == .never ? "" : ", auto_shutdown \(autoShutdown.rawValue)")
  }
}
