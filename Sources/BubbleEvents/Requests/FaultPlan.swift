/// What a fault generator does: how often, to whom, with which reasons, and what goes wrong then.
public struct FaultPlan: Hashable, Sendable {
  /// A reason with which targets are made to exit.
  public struct Reason: Hashable, Sendable {
    /// The reason; `kill` cannot be trapped, any other is an exit signal as by exit/2.
    public var reason: ExitReason
    /// How often it is chosen, in proportion to the weights of the others; above 0.
    public var weight: Double

    /// Creates a reason.
    public init(_ reason: ExitReason, weight: Double = 1) {
      precondition(weight > 0 && weight.isFinite, "a weight is a number above 0")
      self.reason = reason
      self.weight = weight
    }
  }

  /// What may go wrong after a fault, each with a probability from 0 to 1.
  public struct Consequences: Hashable, Sendable {
    /// That the next start in the place of the fault is slow.
    public var slowStart = 0.0
    /// How long a slow start takes.
    public var delay = Duration.seconds(1)
    /// That the init of the next start in the place of the fault fails.
    public var failedStart = 0.0
    /// The reason with which it fails.
    public var failure = ExitReason.failure("start_failed")
    /// That a sibling, or the same place when there is none, refuses when next told to end.
    public var refusedShutdown = 0.0

    /// Nothing goes wrong by itself.
    public init() {}
  }

  /// How often faults arrive.
  public var rate: FaultRate
  /// The reasons; never empty.
  public var reasons: [Reason]
  /// Whom faults hit; everybody when empty.
  public var targets: [FaultTarget]
  /// Whether supervisors are hit too; the root never is.
  public var includesSupervisors: Bool
  /// What may go wrong after a fault.
  public var consequences: Consequences

  /// Creates a plan; by default workers are killed.
  public init(
    rate: FaultRate, reasons: [Reason] = [Reason(.kill)], targets: [FaultTarget] = [],
    includesSupervisors: Bool = false, consequences: Consequences = Consequences()
  ) {
    precondition(!reasons.isEmpty, "faults have a reason")
    self.rate = rate
    self.reasons = reasons
    self.targets = targets
    self.includesSupervisors = includesSupervisors
    self.consequences = consequences
  }
}
