extension Event: Decodable {
  /// Reads what `encode(to:)` writes; errors name the field and what was expected there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Field.self)
    self.init(
      id: try container.decode(ID.self, forKey: .id),
      instant: RuntimeInstant(nanoseconds: try container.decode(Int64.self, forKey: .at)),
      cause: try container.decodeIfPresent(ID.self, forKey: .cause),
      kind: try Kind(container))
  }
}

extension Event.Kind {
  fileprivate init(_ fields: KeyedDecodingContainer<Field>) throws {
    let name = try fields.text(.event)
    guard let kind = try Self.process(name, fields) ?? Self.supervision(name, fields) else {
      throw DecodingError.dataCorruptedError(
        forKey: .event, in: fields, debugDescription: "there is no kind of event “\(name)”")
    }
    self = kind
  }

  private static func process(
    _ name: String, _ fields: KeyedDecodingContainer<Field>
  ) throws -> Self? {
    switch name {
    case "requested":
      .requested(
        try fields.decode(ControlRequest.self, forKey: .request),
        by: fields.contains(.origin) ? try fields.word(.origin) : .user)
    case "process_spawned":
      .processSpawned(
        pid: try fields.pid(), parent: try fields.pidIfPresent(.parent),
        behaviour: try fields.text(.behaviour))
    case "process_exited": .processExited(pid: try fields.pid(), reason: try fields.reason())
    case "process_suspended": .processSuspended(pid: try fields.pid())
    case "process_resumed": .processResumed(pid: try fields.pid())
    case "linked": .linked(try fields.pid(), try fields.pid(.other))
    case "unlinked": .unlinked(try fields.pid(), try fields.pid(.other))
    case "monitored": .monitored(by: try fields.pid(.by), target: try fields.pid(.target))
    case "demonitored": .demonitored(by: try fields.pid(.by), target: try fields.pid(.target))
    case "exit_signal_sent":
      .exitSignalSent(
        from: try fields.pidIfPresent(.from), to: try fields.pid(.to),
        reason: try fields.reason(), isLink: try fields.decode(Bool.self, forKey: .isLink))
    case "exit_signal_trapped":
      .exitSignalTrapped(
        pid: try fields.pid(), from: try fields.pidIfPresent(.from), reason: try fields.reason())
    case "down_delivered":
      .downDelivered(
        to: try fields.pid(.to), about: try fields.pid(.about), reason: try fields.reason())
    case "name_registered":
      .nameRegistered(name: try fields.text(.name), pid: try fields.pid())
    case "name_released": .nameReleased(name: try fields.text(.name), pid: try fields.pid())
    case "message_sent":
      .messageSent(
        from: try fields.pidIfPresent(.from), to: try fields.pid(.to), text: try fields.text(.text))
    case "message_handled":
      .messageHandled(pid: try fields.pid(), text: try fields.text(.text))
    case "call_started":
      .callStarted(
        from: try fields.pid(.from), to: try fields.pid(.to), text: try fields.text(.text))
    case "call_returned": .callReturned(from: try fields.pid(.from), to: try fields.pid(.to))
    case "call_timed_out": .callTimedOut(from: try fields.pid(.from), to: try fields.pid(.to))
    case "limit_reached":
      .limitReached(pid: try fields.pidIfPresent(.pid), limit: try fields.text(.limit))
    case "application": .application(try fields.decode(ApplicationStep.self, forKey: .step))
    case "release": .release(try fields.decode(ReleaseStep.self, forKey: .release))
    case "code_entered":
      .codeEntered(
        pid: try fields.pid(), module: try fields.text(.module), version: try fields.term(.version),
        previous: fields.contains(.previous) ? try fields.term(.previous) : nil)
    case "reported": .reported(try fields.decode(Report.self, forKey: .report))
    default: nil
    }
  }

  private static func supervision(
    _ name: String, _ fields: KeyedDecodingContainer<Field>
  ) throws -> Self? {
    func supervisor() throws -> PID { try fields.pid(.supervisor) }
    return switch name {
    case "supervisor_configured":
      .supervisorConfigured(supervisor: try supervisor(), flags: try fields.flags())
    case "child_specified":
      .childSpecified(
        supervisor: try supervisor(), child: try fields.description(),
        position: try fields.number(.position))
    case "child_forgotten":
      .childForgotten(supervisor: try supervisor(), id: try fields.child())
    case "child_starting": .childStarting(supervisor: try supervisor(), id: try fields.child())
    case "child_ignored": .childIgnored(supervisor: try supervisor(), id: try fields.child())
    case "restart_completed":
      .restartCompleted(supervisor: try supervisor(), id: try fields.child())
    case "child_started":
      .childStarted(supervisor: try supervisor(), id: try fields.child(), pid: try fields.pid())
    case "child_stop_timed_out":
      .childStopTimedOut(
        supervisor: try supervisor(), id: try fields.child(), pid: try fields.pid())
    case "child_start_failed":
      .childStartFailed(
        supervisor: try supervisor(), id: try fields.child(), reason: try fields.reason())
    case "child_stopping":
      .childStopping(
        supervisor: try supervisor(), id: try fields.child(), pid: try fields.pid(),
        shutdown: try fields.shutdown())
    case "child_stopped":
      .childStopped(
        supervisor: try supervisor(), id: try fields.child(), pid: try fields.pid(),
        reason: try fields.reason())
    case "child_terminated":
      .childTerminated(
        supervisor: try supervisor(), id: try fields.child(), pid: try fields.pid(),
        reason: try fields.reason())
    default: try decision(name, fields, supervisor: supervisor)
    }
  }

  private static func decision(
    _ name: String, _ fields: KeyedDecodingContainer<Field>, supervisor: () throws -> PID
  ) throws -> Self? {
    switch name {
    case "restart_decided":
      .restartDecided(
        supervisor: try supervisor(), id: try fields.child(), strategy: try fields.word(.strategy),
        stops: try fields.number(.stops), starts: try fields.number(.starts))
    case "restart_not_needed":
      .restartNotNeeded(
        supervisor: try supervisor(), id: try fields.child(), restart: try fields.word(.restart),
        reason: try fields.reason())
    case "restart_counted":
      .restartCounted(
        supervisor: try supervisor(), used: try fields.number(.used),
        intensity: try fields.intensity())
    case "intensity_exceeded":
      .intensityExceeded(
        supervisor: try supervisor(), id: try fields.child(), used: try fields.number(.used),
        intensity: try fields.intensity())
    case "auto_shutdown_started":
      .autoShutdownStarted(
        supervisor: try supervisor(), id: try fields.child(), mode: try fields.word(.mode))
    case "children_reordered":
      .childrenReordered(
        supervisor: try supervisor(),
        order: try fields.children(.order))
    default: nil
    }
  }
}
