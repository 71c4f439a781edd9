package import BubbleEvents

/// The faults by chance that arrive now.
package struct ChaosStatus: Hashable, Sendable {
  /// What happens how often, and to whom.
  package var plan: FaultPlan
  /// Where its chance began; the same seed at the same moment brings the same faults.
  package var seed: UInt64

  package init(plan: FaultPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
  }
}
