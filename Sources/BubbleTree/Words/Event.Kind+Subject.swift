import BubbleEvents

extension Event.Kind {
  /// What an event is about.
  enum Subject {
    case process(PID)
    case child(supervisor: PID, ChildID)
  }

  /// The process or the child that the event is about.
  var subject: Subject? {
    switch self {
    case .requested(let request, _): request.subject
    case .processSpawned(let pid, _, _), .processExited(let pid, _), .processSuspended(let pid),
      .processResumed(let pid), .linked(let pid, _), .unlinked(let pid, _),
      .exitSignalTrapped(let pid, _, _), .nameRegistered(_, let pid), .nameReleased(_, let pid),
      .messageHandled(let pid, _):
      .process(pid)
    case .monitored(let pid, _), .demonitored(let pid, _), .downDelivered(let pid, _, _),
      .exitSignalSent(_, let pid, _, _), .messageSent(_, let pid, _), .callStarted(let pid, _, _),
      .callReturned(let pid, _), .callTimedOut(let pid, _):
      .process(pid)
    case .supervisorConfigured(let supervisor, _), .restartCounted(let supervisor, _, _),
      .childrenReordered(let supervisor, _), .intensityExceeded(let supervisor, _, _, _),
      .restartDecided(let supervisor, _, _, _, _), .restartCompleted(let supervisor, _),
      .autoShutdownStarted(let supervisor, _, _):
      .process(supervisor)
    case .childSpecified(let supervisor, let child, _): .child(supervisor: supervisor, child.id)
    case .childForgotten(let supervisor, let id), .childStarting(let supervisor, let id),
      .childIgnored(let supervisor, let id), .childStartFailed(let supervisor, let id, _),
      .restartNotNeeded(let supervisor, let id, _, _):
      .child(supervisor: supervisor, id)
    case .childStarted(_, _, let pid), .childStopping(_, _, let pid, _),
      .childStopTimedOut(_, _, let pid), .childStopped(_, _, let pid, _),
      .childTerminated(_, _, let pid, _):
      .process(pid)
    case .application(let step): step.master.map(Subject.process)
    case .release(let step): .process(step.handler)
    case .codeEntered(let pid, _, _, _): .process(pid)
    case .reported(let report): report.subject
    case .limitReached(let pid, _): pid.map(Subject.process)
    }
  }
}

extension ControlRequest {
  fileprivate var subject: Event.Kind.Subject? {
    switch self {
    case .exit(let pid, _), .kill(let pid), .suspend(let pid), .resume(let pid), .send(let pid, _),
      .replaceState(let pid, _, _):
      .process(pid)
    case .restartChild(let supervisor, let id), .terminateChild(let supervisor, let id),
      .deleteChild(let supervisor, let id), .injectFault(let supervisor, let id, _),
      .changeChild(let supervisor, let id, _):
      .child(supervisor: supervisor, id)
    case .startChild(let supervisor, _), .changeFlags(let supervisor, _),
      .reorderChildren(let supervisor, _):
      .process(supervisor)
    case .changeRelease(let handler, _, _): .process(handler)
    case .startApplication(let controller, let name, _), .stopApplication(let controller, let name):
      .child(supervisor: controller, .named(.atom(name)))
    }
  }
}

extension Report {
  fileprivate var subject: Event.Kind.Subject? {
    switch self {
    case .supervisor(let supervisor, _, _, _, let child): .child(supervisor: supervisor, child.id)
    case .progress(_, _, let pid), .serverTerminated(let pid, _), .crash(let pid, _),
      .unexpectedMessage(let pid, _), .handlerTerminated(let pid, _, _):
      .process(pid)
    }
  }
}
