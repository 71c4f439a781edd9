/// A supervisor's flags, as its init gave them.
public struct SupervisorFlags: Hashable, Sendable {
  /// Which siblings share the fate of a dead child.
  public var strategy: SupervisionStrategy
  /// When it gives up.
  public var intensity: RestartIntensity
  /// Whether it ends with its significant children.
  public var autoShutdown: AutoShutdown

  /// Creates flags; the defaults are OTP's.
  public init(
    strategy: SupervisionStrategy = .oneForOne, intensity: RestartIntensity = RestartIntensity(),
    autoShutdown: AutoShutdown = .never
  ) {
    self.strategy = strategy
    self.intensity = intensity
    self.autoShutdown = autoShutdown
  }
}
