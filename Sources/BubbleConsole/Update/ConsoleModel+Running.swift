import BubbleEvents
import BubbleTree

extension ConsoleModel {
  /// How long a plan stays on the screen after its last step, at speed 1.
  private static let lingering = Duration.seconds(3)

  /// Ticks the running plan off.
  mutating func followPlan(_ event: Event) {
    guard case .running(var running) = mode else { return }
    running.plan.follow(event, in: tree)
    if case .requested(running.plan.request, .user) = event.kind { running.hasBegun = true }
    if running.plan.isComplete, running.endedAt == nil { running.endedAt = event.instant }
    mode = .running(running)
  }

  /// Goes back to the inspector some time after the plan was done.
  mutating func retirePlan() {
    guard case .running(let running) = mode, let end = running.endedAt else { return }
    if now >= end + Self.lingering * pace.speed { mode = .browse }
  }

  /// Whether the plan on the screen has nothing left to do.
  var isPlanDone: Bool {
    guard case .running(let running) = mode else { return false }
    return running.endedAt != nil
  }
}
