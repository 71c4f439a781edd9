package import BubbleEvents
package import BubbleTree

/// A request that was made, followed event by event.
package struct RunningPlan: Sendable {
  package var plan: Plan
  /// Whether the machine has been asked; a moment before that shows no plan.
  package var hasBegun = false
  /// When its last step was done.
  package var endedAt: RuntimeInstant?
}
