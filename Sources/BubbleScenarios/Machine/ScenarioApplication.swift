import BubbleCopyOnWrite
import BubbleEvents
import BubbleKernel
import BubbleOTP

/// The callbacks of a scenario's application: they take time and fail as its file says.
struct ScenarioApplication: Application {
  @Boxed private(set) var plan: Scenario.Application
  let top: ProcessStart
  /// Where its starts are counted, and with the name of a phase behind it, those of the phase.
  let counter: String

  func start(_ arguments: Term, _ context: inout ProcessContext) throws -> ApplicationStart {
    if let reason = try failure(plan.start, counter, &context) { return .failed(reason.term) }
    return .supervisor(top)
  }

  func startPhase(
    _ phase: String, _ arguments: Term, _ context: inout ProcessContext
  ) throws {
    guard let going = plan.phases[phase] else { return }
    if let reason = try failure(going, "\(counter), \(phase)", &context) {
      throw ProcessExit(reason)
    }
  }

  /// Why this one fails, if it is one of those that do.
  private func failure(
    _ going: Scenario.Worker.Start, _ counter: String, _ context: inout ProcessContext
  ) throws -> ExitReason? {
    guard let fails = going.fails, fails.contains(context.count(counter)) else { return nil }
    return try going.manner.end(going.reason)
  }

  func duration(
    of callback: ApplicationCallback, _ context: inout ProcessContext
  ) -> Duration {
    switch callback {
    case .start: context.draw(plan.start.takes)
    case .startPhase(let phase): context.draw(plan.phases[phase]?.takes ?? .zero)
    case .stop: context.draw(plan.stop)
    }
  }
}
