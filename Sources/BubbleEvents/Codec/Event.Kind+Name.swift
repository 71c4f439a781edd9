extension Event.Kind {
  /// The kinds by the name they have in files, in the order of their declaration.
  public static let names = [
    "requested", "process_spawned", "process_exited", "process_suspended", "process_resumed",
    "linked", "unlinked", "monitored", "demonitored", "exit_signal_sent", "exit_signal_trapped",
    "down_delivered", "name_registered", "name_released", "supervisor_configured",
    "child_specified", "child_forgotten", "child_starting", "child_started", "child_ignored",
    "child_start_failed", "child_stopping", "child_stop_timed_out", "child_stopped",
    "child_terminated", "restart_decided", "restart_not_needed", "restart_counted",
    "intensity_exceeded", "auto_shutdown_started", "restart_completed", "children_reordered",
    "application", "reported", "message_sent", "message_handled", "call_started", "call_returned",
    "call_timed_out", "limit_reached",
  ]

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .requested: "requested"
    case .processSpawned: "process_spawned"
    case .processExited: "process_exited"
    case .processSuspended: "process_suspended"
    case .processResumed: "process_resumed"
    case .linked: "linked"
    case .unlinked: "unlinked"
    case .monitored: "monitored"
    case .demonitored: "demonitored"
    case .exitSignalSent: "exit_signal_sent"
    case .exitSignalTrapped: "exit_signal_trapped"
    case .downDelivered: "down_delivered"
    case .nameRegistered: "name_registered"
    case .nameReleased: "name_released"
    case .supervisorConfigured: "supervisor_configured"
    case .childSpecified: "child_specified"
    case .childForgotten: "child_forgotten"
    case .childStarting: "child_starting"
    case .childStarted: "child_started"
    case .childIgnored: "child_ignored"
    case .childStartFailed: "child_start_failed"
    case .childStopping: "child_stopping"
    case .childStopTimedOut: "child_stop_timed_out"
    case .childStopped: "child_stopped"
    case .childTerminated: "child_terminated"
    case .restartDecided: "restart_decided"
    case .restartNotNeeded: "restart_not_needed"
    case .restartCounted: "restart_counted"
    case .intensityExceeded: "intensity_exceeded"
    case .autoShutdownStarted: "auto_shutdown_started"
    case .restartCompleted: "restart_completed"
    case .childrenReordered: "children_reordered"
    case .application: "application"
    case .release: "release"
    case .codeEntered: "code_entered"
    case .reported: "reported"
    case .messageSent: "message_sent"
    case .messageHandled: "message_handled"
    case .callStarted: "call_started"
    case .callReturned: "call_returned"
    case .callTimedOut: "call_timed_out"
    case .limitReached: "limit_reached"
    }
  }
}
