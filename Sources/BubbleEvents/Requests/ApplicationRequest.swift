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

// MARK: - In files

extension ControlRequest.ApplicationRequest {
  /// Writes the fields that it has besides the controller and the application's name.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .start(let restart): try sink.put(restart.rawValue, .restart)
    case .stop: break
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "start_application": self = .start(try fields.word(.restart))
    case "stop_application": self = .stop
    default: return nil
    }
  }
}
