extension ControlRequest {
  /// What a release handler is asked to do with a release (OTP: functions of release_handler).
  public enum ReleaseRequest: String, Hashable, Sendable, CaseIterable {
    /// Changes the machine over to it, step by step.
    case install
    /// Has a restart of the machine start with it.
    case makePermanent = "make_permanent"
    /// Makes it permanent, where it ran before, and restarts the machine.
    case reboot
  }
}
