package import BubbleEvents
package import BubbleTree

/// A request that was made, followed event by event.
package struct RunningPlan: Sendable {
  package var plan: Plan
  /// When its last step was done.
  package var endedAt: RuntimeInstant?
}
