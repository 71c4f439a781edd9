package import BubbleEvents
package import BubbleTree

/// A request that was made, followed event by event.
package struct RunningPlan: EventFold, Sendable {
  package var plan: Plan
  /// Whether the machine has been asked; a moment before that shows no plan.
  package var hasBegun = false
  /// When its last step was done.
  package var endedAt: RuntimeInstant?

  /// Ticks off what `event` did.
  package mutating func fold(_ event: Event, in tree: ProcessTree) {
    plan.fold(event, in: tree)
    if case .requested(plan.request, let asker) = event.kind, !asker.isFault { hasBegun = true }
    if plan.isComplete, endedAt == nil { endedAt = event.instant }
  }
}
