package import BubbleEvents

extension ExitReason {
  /// The reason as short as it can be said: `{badmatch,…}` with a stack trace is `badmatch`.
  package var short: String {
    switch self {
    case .normal: "normal"
    case .shutdown: "shutdown"
    case .shutdownBecause(let detail): "shutdown (\(detail.short))"
    case .kill: "kill"
    case .killed: "killed"
    case .noProcess: "noproc"
    case .noConnection: "noconnection"
    case .failure(let term): term.short
    }
  }
}

extension Term {
  /// The first telling part of a term.
  fileprivate var short: String {
    switch self {
    case .tuple(let elements):
      if elements.last == .stack, let first = elements.first { return first.short }
      return elements.first?.short ?? description
    case .atom, .integer, .float, .text, .list, .pid, .reference, .stack, .opaque:
      return description
    }
  }
}
