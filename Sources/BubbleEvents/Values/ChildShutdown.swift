/// How a supervisor ends a child.
public enum ChildShutdown: Hashable, Sendable {
  /// With an untrappable `kill` at once.
  case brutalKill
  /// With `shutdown`, and `kill` after that many milliseconds.
  case timeout(Int)
  /// With `shutdown`, waiting for ever.
  case infinity
}

extension ChildShutdown: CustomStringConvertible {
  /// OTP's spelling: `brutal_kill`, `5000`, `infinity`.
  public var description: String {
    switch self {
    case .brutalKill: "brutal_kill"
    case .timeout(let milliseconds): String(milliseconds)
    case .infinity: "infinity"
    }
  }
}
