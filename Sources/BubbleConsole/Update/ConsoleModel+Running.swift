import BubbleEvents

extension ConsoleModel {
  /// How long a plan stays on the screen after its last step, at speed 1.
  private static let lingering = Duration.seconds(3)

  /// Goes back to the inspector some time after the plan was done.
  mutating func retirePlan() {
    guard let end = told.running?.endedAt else { return }
    if now >= end + Self.lingering * pace.speed { told.stopFollowing() }
  }

  /// Whether a plan is being carried out.
  package var isRunningPlan: Bool {
    guard preview == nil, let running = told.running else { return false }
    return running.endedAt == nil
  }

  /// Whether the plan on the screen has nothing left to do.
  var isPlanDone: Bool { preview == nil && told.running?.endedAt != nil }
}
