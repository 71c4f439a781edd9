/// What the outside asks of a machine; the other direction of the wall.
///
/// Requests are applied between turns and recorded in the stream as `Event.Kind.requested`, so a
/// recording can be run again.
public enum ControlRequest: Hashable, Sendable {
  /// Who asks.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    /// Somebody at the keyboard, a script, or a program.
    case user
    /// The scenario, at an instant that it names.
    case scenario
    /// The generator of faults by chance.
    case chaos
  }

  /// Sends `pid` an exit signal from outside the tree (OTP: exit/2).
  case exit(PID, ExitReason)
  /// Sends `pid` the untrappable `kill`.
  case kill(PID)
  /// Makes `pid` handle system messages only, until it is resumed (OTP: sys:suspend).
  case suspend(PID)
  /// Ends a suspension.
  case resume(PID)
  /// Sends `pid` a plain message.
  case send(PID, Term)
  /// Starts a stopped child of `supervisor` again (OTP: supervisor:restart_child).
  case restartChild(supervisor: PID, id: ChildID)
  /// Ends a child of `supervisor` without restarting it (OTP: supervisor:terminate_child).
  case terminateChild(supervisor: PID, id: ChildID)
  /// Forgets a stopped child (OTP: supervisor:delete_child).
  case deleteChild(supervisor: PID, id: ChildID)
  /// Starts one more child of a dynamic supervisor with extra arguments.
  case startChild(supervisor: PID, arguments: [Term])
  /// Gives `supervisor` other flags while it runs; the restart history stays.
  case changeFlags(supervisor: PID, SupervisorFlags)
  /// Gives a part of the state of `pid` another value, by the name that its inspection shows
  /// (OTP: sys:replace_state). A process that has no such part, or cannot take the value, keeps its
  /// state.
  case replaceState(PID, field: String, Term)
  /// Arms a fault in the place `id` of `supervisor`, for when it next starts or stops the child
  /// there.
  ///
  /// One of each kind is remembered for a place; a newer one replaces the older. The supervisor
  /// takes it as a message, so one that ends first has not heard of it. It has no counterpart in
  /// OTP.
  case injectFault(supervisor: PID, id: ChildID, ChildFault)
  /// Gives a child of `supervisor` another restart type and another way of being ended; whoever
  /// runs goes on, and a template's change is that of all its children (OTP: sys:change_code).
  case changeChild(supervisor: PID, id: ChildID, ChildSettings)
  /// Puts the children of `supervisor` into another start order; nobody stops. Those not named come
  /// last, and who is no child is passed over (OTP: sys:change_code).
  case reorderChildren(supervisor: PID, [ChildID])
  /// Starts an application (OTP: application:start/2). What cannot be is told as
  /// `ApplicationStep.Change.refused`.
  case startApplication(controller: PID, String, ApplicationStep.Restart)
  /// Stops an application; those that need it go on (OTP: application:stop).
  case stopApplication(controller: PID, String)
  /// Changes which release of `version` the machine runs, or will run (OTP: release_handler). What
  /// cannot be is told as `ReleaseStep.Change.refused`.
  case changeRelease(handler: PID, ReleaseDeed, version: String)
}

/// What a release handler is asked to do with a release (OTP: functions of release_handler).
public enum ReleaseDeed: String, Hashable, Sendable, CaseIterable {
  /// Changes the machine over to it, step by step.
  case install
  /// Has a restart of the machine start with it.
  case makePermanent = "make_permanent"
  /// Makes it permanent, where it ran before, and restarts the machine.
  case reboot
}
