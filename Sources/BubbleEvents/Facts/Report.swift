/// A structured report, as OTP's supervisors, servers and proc_lib give to the logger.
public enum Report: Hashable, Sendable {
  /// Which process a supervisor report is about.
  public enum Offender: Hashable, Sendable {
    /// A process; nil for `undefined`.
    case process(PID?)
    /// A child whose restart failed: `{restarting,Pid}`.
    case restarting(PID?)
    /// Several dynamic children that ended alike: `nb_children`.
    case children(Int)
  }

  /// Why a supervisor reports.
  public enum Context: String, Hashable, Sendable, CaseIterable {
    /// A child's start failed.
    case startError = "start_error"
    /// A child ended by itself.
    case childTerminated = "child_terminated"
    /// A child that was told to stop ended for another reason.
    case shutdownError = "shutdown_error"
    /// The supervisor gives up.
    case shutdown
  }

  /// A supervisor report (OTP: label {supervisor, Context}).
  case supervisor(
    supervisor: PID, context: Context, reason: Term, offender: Offender, child: ChildDescription)
  /// A progress report: a child has started (OTP: label {supervisor, progress}).
  ///
  /// Nobody has to know of one that was asked for at run time: OTP logs it at the level debug.
  case progress(supervisor: PID, child: ChildDescription, pid: PID, isRequested: Bool = false)
  /// A server ends abnormally after its terminate callback was called.
  case serverTerminated(pid: PID, reason: ExitReason)
  /// A handler of an event manager failed and is removed; the reason is what its callback came to.
  case handlerTerminated(manager: PID, handler: Term, reason: Term)
  /// A process ended abnormally by its own doing (OTP: proc_lib's crash report).
  case crash(pid: PID, reason: ExitReason)
  /// A message that a process does not know; it is ignored.
  case unexpectedMessage(pid: PID, message: String)

  /// The process or the child that it is about.
  public var subject: EventSubject {
    switch self {
    case .supervisor(let supervisor, _, _, _, let child): .child(of: supervisor, child.id)
    case .progress(_, _, let pid, _), .serverTerminated(let pid, _), .crash(let pid, _),
      .unexpectedMessage(let pid, _), .handlerTerminated(let pid, _, _):
      .process(pid)
    }
  }
}
