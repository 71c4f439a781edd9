/// What happened to an application: a component that is started and stopped as a unit (OTP:
/// application).
public struct ApplicationEvent: Hashable, Sendable {
  /// What can happen to one.
  public enum Change: Hashable, Sendable {
    /// Its description was taken in, under that version.
    case loaded(version: String)
    /// Its description and its parameters were forgotten.
    case unloaded
    /// Its master is about to call its start function. Everything it needs runs by now.
    case starting(ApplicationRestart)
    /// Its top supervisor runs, and its start phases are over; nil for a library. Preceded by
    /// `starting`.
    case started(top: PID?)
    /// It could not be started. Preceded by `starting`.
    case startFailed(Term)
    /// Its start has come to a phase. Preceded by `starting`, followed by `started` or
    /// `startFailed`.
    case phase(String)
    /// It was told to stop; its top supervisor is about to be.
    case stopping
    /// It does not run any more, for that reason. Preceded by `stopping` unless it ended by itself.
    case stopped(ExitReason)
    /// A control request to start or to stop it could not be served: OTP's error reason.
    case refused(Term)
    /// Its end is that of the machine, which stops the other applications in reverse start order.
    case endsMachine(ApplicationRestart, ExitReason)
  }

  /// The application's name.
  public var application: String
  /// Its master, the process that starts and stops it; nil before there is one, and for a library.
  public var master: PID?
  /// What happened.
  public var change: Change

  /// Creates an event.
  public init(_ application: String, master: PID? = nil, _ change: Change) {
    self.application = application
    self.master = master
    self.change = change
  }
}
