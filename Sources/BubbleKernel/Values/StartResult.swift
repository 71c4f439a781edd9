public import BubbleEvents

/// What starting a process came to (OTP: what start_link returns).
public enum StartResult: Hashable, Sendable {
  /// It runs; `info` is handed on to callers of the supervisor API.
  case ok(PID, info: Term?)
  /// It chose not to run.
  case ignore
  /// It failed.
  case error(Term)
}

extension StartResult: TermConvertible, CustomStringConvertible {
  /// OTP's result as a term.
  public var term: Term {
    switch self {
    case .ok(let pid, let info?): .tuple(["ok", .pid(pid), info])
    case .ok(let pid, nil): .tuple(["ok", .pid(pid)])
    case .ignore: "ignore"
    case .error(let reason): .tuple(["error", reason])
    }
  }

  /// The canonical term text.
  public var description: String { term.description }
}
