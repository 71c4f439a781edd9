public import BubbleEvents

/// Supervises children that are added at run time, each with a specification of its own.
///
/// Elixir's DynamicSupervisor: one_for_one only, no children at the start, children found in
/// constant time. For many children of one template use a `Supervisor` with the strategy
/// `simpleOneForOne` (OTP). Both serve `SupervisorRequest`.
public struct DynamicSupervisor: Sendable {
  /// When it gives up; Elixir's default is 3 in 5 seconds.
  public var intensity: RestartIntensity
  /// How many children there may be, restarting ones included; nil for no limit.
  public var maximumChildren: Int?
  /// Put in front of each child's own start arguments.
  public var extraArguments: [Term]

  /// Creates a dynamic supervisor.
  public init(
    intensity: RestartIntensity = RestartIntensity(3, in: 5), maximumChildren: Int? = nil,
    extraArguments: [Term] = []
  ) {
    self.intensity = intensity
    self.maximumChildren = maximumChildren
    self.extraArguments = extraArguments
  }
}
