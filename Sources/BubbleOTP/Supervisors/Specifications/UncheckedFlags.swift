public import BubbleEvents

/// A supervisor's flags from outside Swift's types: every part may be missing or wrong.
public struct UncheckedFlags: Sendable {
  /// What was given in place of flags when it is none at all.
  public var raw: Term?
  /// One of the four strategies.
  public var strategy: Term?
  /// An integer, at least 0.
  public var intensity: Term?
  /// An integer, at least 1.
  public var period: Term?
  /// `never`, `any_significant` or `all_significant`.
  public var autoShutdown: Term?
  /// Milliseconds, or `infinity`; checked last, and without effect here (OTP 28).
  public var hibernateAfter: Term?

  /// Creates flags that are all OTP's defaults.
  public init() {}

  /// Takes a term for flags, in the old form `{Strategy,Intensity,Period}` if it is one.
  public init(term: Term) {
    guard case .tuple(let parts) = term, parts.count == 3 else {
      raw = term
      return
    }
    strategy = parts[0]
    intensity = parts[1]
    period = parts[2]
  }

  /// Takes a limit of restarts, with OTP's defaults beside it.
  init(_ limit: RestartIntensity) {
    intensity = .integer(limit.restarts)
    period = .integer(limit.seconds)
  }

  /// The flags with OTP's defaults, or what is wrong first, in OTP's order (S7).
  public func checked() throws(SpecificationError) -> SupervisorFlags {
    if let raw { throw .invalid("type", raw) }
    var flags = SupervisorFlags()
    if let strategy {
      guard case .atom(let text) = strategy, let valid = SupervisionStrategy(rawValue: text)
      else { throw .invalid("strategy", strategy) }
      flags.strategy = valid
    }
    if let intensity {
      guard case .integer(let restarts) = intensity, restarts >= 0 else {
        throw .invalid("intensity", intensity)
      }
      flags.intensity.restarts = restarts
    }
    if let period {
      guard case .integer(let seconds) = period, seconds > 0 else {
        throw .invalid("period", period)
      }
      flags.intensity.seconds = seconds
    }
    if let autoShutdown {
      guard case .atom(let text) = autoShutdown, let valid = AutoShutdown(rawValue: text) else {
        throw .invalid("auto_shutdown", autoShutdown)
      }
      flags.autoShutdown = valid
    }
    try flags.checkAutoShutdown()
    if let hibernateAfter { try Self.check(hibernateAfter: hibernateAfter) }
    return flags
  }

  private static func check(hibernateAfter: Term) throws(SpecificationError) {
    switch hibernateAfter {
    case "infinity": return
    case .integer(let milliseconds) where milliseconds >= 0: return
    case let other: throw .invalid("hibernate_after", other)
    }
  }
}
