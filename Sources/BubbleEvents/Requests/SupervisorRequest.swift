extension ControlRequest {
  /// What a supervisor is asked.
  public enum SupervisorRequest: Hashable, Sendable {
    /// Starts one more child, of a dynamic supervisor, with extra arguments.
    case startChild([Term])
    /// Takes other flags while it runs; the restart history stays.
    case changeFlags(SupervisorFlags)
    /// Puts its children into another start order; nobody stops. Those not named come last, and who
    /// is no child is passed over (OTP: sys:change_code).
    case reorderChildren([ChildID])

    /// The request's name in files.
    public var name: String {
      switch self {
      case .startChild: "start_child"
      case .changeFlags: "change_flags"
      case .reorderChildren: "reorder_children"
      }
    }
  }
}
