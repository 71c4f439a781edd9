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

// MARK: - In files

extension ControlRequest.ProcessRequest {
  /// Writes the fields that it has besides the process.
  func write(to sink: inout some FieldSink) throws {
    switch self {
    case .exit(let reason): try sink.put(reason)
    case .kill, .suspend, .resume: break
    case .send(let message): try sink.put(message, .message)
    case .replaceState(let field, let value):
      try sink.put(field, .name)
      try sink.put(value, .message)
    }
  }

  /// Reads what `write(to:)` writes; nil when `name` is of another group.
  init?(named name: String, _ fields: Fields) throws {
    switch name {
    case "exit": self = .exit(try fields.reason())
    case "kill": self = .kill
    case "suspend": self = .suspend
    case "resume": self = .resume
    case "send": self = .send(try fields.term(.message))
    case "replace_state":
      self = .replaceState(field: try fields.text(.name), try fields.term(.message))
    default: return nil
    }
  }
}
