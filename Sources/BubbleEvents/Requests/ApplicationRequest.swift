extension ControlRequest {
  /// What is asked about an application.
  public enum ApplicationRequest: Hashable, Sendable {
    /// Starts it (OTP: application:start/2).
    case start(ApplicationRestart)
    /// Stops it; those that need it go on (OTP: application:stop).
    case stop

    /// The request's name in files.
    public var name: String {
      switch self {
      case .start: "start_application"
      case .stop: "stop_application"
      }
    }
  }
}
