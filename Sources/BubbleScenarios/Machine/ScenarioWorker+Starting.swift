import BubbleEvents
import BubbleKernel
import BubbleOTP

extension ScenarioWorker {
  mutating func start(
    _ starting: Scenario.Worker.Starting, _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    try repeated(alarm, &context)
  }
}
