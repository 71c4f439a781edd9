package import BubbleEvents

/// Prints a stream as text: one line an event, in fixed columns.
///
/// ```
///     10.304  #214   <3>      exited          cache            killed                  ← #213
/// ```
/// Instant in seconds, number, process, what happened, whose place it is, details, and the event
/// that caused it. The text is from outside and not yet safe for a terminal.
package struct EventText: Sendable {
  private var tree: ProcessTree

  package init() {
    var limits = ProcessTree.Limits()
    limits.events = 1
    tree = ProcessTree(limits: limits)
  }

  /// The line for the next event of the stream.
  package mutating func line(for event: Event) -> String {
    tree.fold(event)
    let subject = tree.subject(of: event)
    let pid = event.kind.actor.map(\.description) ?? ""
    let name = subject.map { tree[$0].name } ?? ""
    var line = event.instant.description.padded(to: 10, right: true)
    line += "  " + "#\(event.id)".padded(to: 7) + pid.padded(to: 8)
    line += event.kind.words.padded(to: 22) + name.padded(to: 16) + " "
    line += event.kind.details
    guard let cause = event.cause else { return line }
    return line.padded(to: 100) + " ← #\(cause)"
  }
}

extension Event.Kind {
  /// The process in the third column.
  fileprivate var actor: PID? {
    switch self {
    case .requested: nil
    case .childStarted(_, _, let pid), .childStopping(_, _, let pid, _),
      .childStopTimedOut(_, _, let pid), .childStopped(_, _, let pid, _),
      .childTerminated(_, _, let pid, _):
      pid
    default:
      switch subject {
      case .process(let pid): pid
      case .child(let supervisor, _): supervisor
      case nil: nil
      }
    }
  }

  /// The kind in words.
  fileprivate var words: String {
    String(name.map { $0 == "_" ? " " : $0 })
  }

  /// What else there is to say.
  fileprivate var details: String {
    switch self {
    case .requested(let request, let origin):
      request.words + (origin == .user ? "" : ", by \(origin.rawValue)")
    case .processSpawned(_, let parent, let behaviour):
      behaviour + (parent.map { ", by \($0)" } ?? "")
    case .processExited(_, let reason), .childStartFailed(_, _, let reason),
      .childStopped(_, _, _, let reason), .childTerminated(_, _, _, let reason):
      reason.description
    case .processSuspended, .processResumed, .childForgotten, .childStarting, .childStarted,
      .childIgnored, .childStopTimedOut, .restartCompleted:
      ""
    case .linked(_, let other), .unlinked(_, let other): "with \(other)"
    case .monitored(_, let target), .demonitored(_, let target): "\(target)"
    case .exitSignalSent(let from, _, let reason, let isLink):
      "\(reason)" + (from.map { " from \($0)" } ?? "") + (isLink ? " through the link" : "")
    case .exitSignalTrapped(_, let from, let reason):
      "\(reason)" + (from.map { " from \($0)" } ?? "")
    case .downDelivered(_, let about, let reason): "\(about) \(reason)"
    case .nameRegistered(let name, _), .nameReleased(let name, _): name
    case .supervisorConfigured(_, let flags): flags.words
    case .childSpecified(_, let child, let position):
      "\(child.id) at \(position): \(child.restart.rawValue) \(child.kind.rawValue), "
        + "shutdown \(child.shutdown)" + (child.isSignificant ? ", significant" : "")
    case .childStopping(_, _, _, let shutdown): "shutdown \(shutdown)"
    case .restartDecided(_, let id, let strategy, let stops, let starts):
      "\(strategy.rawValue) for \(id): stop \(stops), start \(starts)"
    case .restartNotNeeded(_, _, let restart, let reason): "\(restart.rawValue), \(reason)"
    case .restartCounted(_, let used, let intensity): "\(used) of \(intensity.words)"
    case .intensityExceeded(_, let id, let used, let intensity):
      "by \(id): \(used) of \(intensity.words)"
    case .autoShutdownStarted(_, let id, let mode): "\(mode.rawValue), by \(id)"
    case .childrenReordered(_, let order): order.map(\.description).joined(separator: " ")
    case .application(let step): step.words
    case .release(let step): step.words
    case .codeEntered(_, let module, let version, let previous):
      "\(module) \(version.asVersion)" + (previous.map { ", from \($0.asVersion)" } ?? "")
    case .reported(let report): report.words
    case .messageSent(let from, _, let text):
      text + (from.map { " from \($0)" } ?? "")
    case .callStarted(let from, _, let text): "\(text) from \(from)"
    case .messageHandled(_, let text): text
    case .callReturned(_, let to), .callTimedOut(_, let to): "to \(to)"
    case .limitReached(_, let limit): limit
    }
  }
}

extension RestartIntensity {
  fileprivate var words: String { "\(restarts) in \(seconds) s" }
}

extension SupervisorFlags {
  fileprivate var words: String {
    strategy.rawValue + ", \(intensity.words)"
      + (autoShutdown == .never ? "" : ", auto_shutdown \(autoShutdown.rawValue)")
  }
}

extension ControlRequest {
  fileprivate var words: String {
    switch self {
    case .exit(let pid, let reason): "exit \(pid) \(reason)"
    case .kill(let pid): "kill \(pid)"
    case .suspend(let pid): "suspend \(pid)"
    case .resume(let pid): "resume \(pid)"
    case .send(let pid, let message): "send \(pid) \(message)"
    case .replaceState(let pid, let field, let value): "replace \(field) of \(pid): \(value)"
    case .restartChild(let supervisor, let id): "restart child \(id) of \(supervisor)"
    case .terminateChild(let supervisor, let id): "terminate child \(id) of \(supervisor)"
    case .deleteChild(let supervisor, let id): "delete child \(id) of \(supervisor)"
    case .startChild(let supervisor, let arguments):
      "start a child of \(supervisor) with \(Term.list(arguments))"
    case .changeFlags(let supervisor, let flags): "change \(supervisor) to \(flags.words)"
    case .startApplication(_, let name, let restart):
      "start application \(name), \(restart.rawValue)"
    case .stopApplication(_, let name): "stop application \(name)"
    case .changeRelease(_, let deed, let version): "\(deed.words) \(version)"
    case .injectFault(let supervisor, let id, let fault):
      "inject into child \(id) of \(supervisor): \(fault)"
    case .changeChild(let supervisor, let id, let settings):
      "change child \(id) of \(supervisor) to \(settings.restart.rawValue), "
        + "shutdown \(settings.shutdown)"
    case .reorderChildren(let supervisor, let order):
      "order the children of \(supervisor): " + order.map(\.description).joined(separator: " ")
    }
  }
}

extension Report {
  fileprivate var words: String {
    switch self {
    case .supervisor(_, let context, let reason, _, let child):
      "\(context.rawValue) \(child.id): \(reason)"
    case .progress(_, let child, let pid): "progress \(child.id) \(pid)"
    case .serverTerminated(_, let reason): "server terminated: \(reason)"
    case .handlerTerminated(_, let handler, let reason): "handler \(handler) removed: \(reason)"
    case .crash(_, let reason): "crash: \(reason)"
    case .unexpectedMessage(_, let message): "unexpected message: \(message)"
    }
  }
}

extension String {
  /// The text filled with blanks to `width` characters, at its left when `right`.
  fileprivate func padded(to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - count))
    return right ? blanks + self : self + blanks
  }
}
