extension ControlRequest {
  /// What a supervisor is asked about one of its children.
  public enum ChildRequest: Hashable, Sendable {
    /// Starts the stopped child again (OTP: supervisor:restart_child).
    case restart
    /// Ends the child without restarting it (OTP: supervisor:terminate_child).
    case terminate
    /// Forgets the stopped child (OTP: supervisor:delete_child).
    case delete
    /// Gives the child another restart type and another way of being ended; whoever runs goes on,
    /// and a template's change is that of all its children (OTP: sys:change_code).
    case change(ChildSettings)
    /// Arms a fault in the child's place, for when it is next started or stopped.
    ///
    /// One of each kind is remembered for a place; a newer one replaces the older. The supervisor
    /// takes it as a message, so one that ends first has not heard of it. It has no counterpart in
    /// OTP.
    case injectFault(ChildFault)

    /// The request's name in files.
    public var name: String {
      switch self {
      case .restart: "restart_child"
      case .terminate: "terminate_child"
      case .delete: "delete_child"
      case .change: "change_child"
      case .injectFault: "inject_fault"
      }
    }
  }
}

// MARK: - In files

extension ControlRequest.ChildRequest {
  /// Writes the fields that it has besides the supervisor and the child's id.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .restart, .terminate, .delete: break
    case .change(let settings):
      try sink.put(settings.restart.rawValue, .restart)
      try sink.put(settings.shutdown.description, .shutdown)
    case .injectFault(let fault): try sink.put(fault)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "restart_child": self = .restart
    case "terminate_child": self = .terminate
    case "delete_child": self = .delete
    case "change_child":
      self = .change(
        ChildSettings(restart: try fields.word(.restart), shutdown: try fields.shutdown()))
    case "inject_fault": self = .injectFault(try fields.fault())
    default: return nil
    }
  }
}
