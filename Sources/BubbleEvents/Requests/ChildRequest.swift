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
