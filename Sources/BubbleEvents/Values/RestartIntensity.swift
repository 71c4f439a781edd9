/// How many restarts within how many seconds a supervisor tolerates before it gives up.
public struct RestartIntensity: Hashable, Sendable {
  /// Restarts allowed within the period, at least 0; one more and the supervisor gives up.
  public var restarts: Int
  /// The period in whole seconds, at least 1.
  public var seconds: Int

  /// Creates the limit of `restarts` in `seconds`; OTP's default is 1 in 5.
  public init(_ restarts: Int = 1, in seconds: Int = 5) {
    self.restarts = restarts
    self.seconds = seconds
  }
}
