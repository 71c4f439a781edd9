import BubbleEvents

extension ProcessEvent {
  /// What a trace says beside the name of the kind.
  var details: String {
    switch self {
    case .spawned(let parent, let behaviour): behaviour + (parent.map { ", by \($0)" } ?? "")
    case .exited(let reason): reason.description
    case .suspended, .resumed: ""
    case .nameRegistered(let name), .nameReleased(let name): name
    case .codeEntered(let module, let version, let previous):
      "\(module) \(version.asVersion)" + (previous.map { ", from \($0.asVersion)" } ?? "")
    case .stateEntered(let state, let previous, let event):
      "\(state)" + (previous.map { ", from \($0) by \(event)" } ?? "")
    case .noted(let text): text
    }
  }
}

extension ProcessTree {
  /// What the log says, if it says anything.
  func tell(_ happening: ProcessEvent, of pid: PID, _ event: Event, in line: inout Narration) {
    switch happening {
    case .exited(let reason): tellExit(of: pid, reason, event, in: &line)
    case .suspended:
      line.tell(.state(.suspended), named(pid) + [.init(" is suspended")])
      line.right = because(event)
    case .resumed:
      line.tell(.state(.running), named(pid) + [.init(" goes on")])
      line.right = because(event)
    case .codeEntered(let module, let version, let previous?):
      line.tell(
        .state(.running),
        named(pid) + [.init(" runs \(module) "), .init(version.asVersion, .name)])
      line.right = [.init("\(previous.asVersion) before", .dim)]
    case .stateEntered(let state, let previous?, let text):
      line.tell(
        .note, named(pid) + [.init(": \(previous) → "), .init(state.description, .name)])
      line.right = [.init("by \(text)", .dim)]
    case .noted(let text): line.tell(.note, named(pid) + [.init(" notes: \(text)")])
    case .codeEntered(_, _, nil), .stateEntered(_, nil, _), .spawned, .nameRegistered,
      .nameReleased:
      break
    }
  }

  private func tellExit(
    of pid: PID, _ reason: ExitReason, _ event: Event, in line: inout Narration
  ) {
    guard line.slot != nil else {
      // Its place was taken already: the process of a supervisor that was killed.
      line.tell(.state(.stopped), named(pid) + [.init(", an orphan, exited: ", .dim)])
      line.spans.append(.init(reason: reason))
      line.right = because(event)
      return
    }
    let wasStopped = wasToldToStop(pid, event)
    let hasGivenUp = hadGivenUp(pid, event)
    let sign: ProcessState =
      hasGivenUp ? .gaveUp : wasStopped || !reason.isAbnormal ? .stopped : .crashed
    let verb = wasStopped ? " stopped: " : " exited: "
    line.tell(.state(sign), named(pid) + [.init(verb), .init(reason: reason)])
    line.right = because(event)
  }
}
