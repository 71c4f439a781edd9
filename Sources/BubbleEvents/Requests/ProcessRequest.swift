extension ControlRequest {
  /// What a process is asked.
  public enum ProcessRequest: Hashable, Sendable {
    /// Takes an exit signal from outside the tree (OTP: exit/2).
    case exit(ExitReason)
    /// Takes the untrappable `kill`.
    case kill
    /// Handles system messages only, until it is resumed (OTP: sys:suspend).
    case suspend
    /// Goes on after a suspension.
    case resume
    /// Takes a plain message.
    case send(Term)
    /// Takes another value for a part of its state, by the name that its inspection shows (OTP:
    /// sys:replace_state). A process that has no such part, or cannot take the value, keeps its
    /// state.
    case replaceState(field: String, Term)

    /// The request's name in files.
    public var name: String {
      switch self {
      case .exit: "exit"
      case .kill: "kill"
      case .suspend: "suspend"
      case .resume: "resume"
      case .send: "send"
      case .replaceState: "replace_state"
      }
    }
  }
}
