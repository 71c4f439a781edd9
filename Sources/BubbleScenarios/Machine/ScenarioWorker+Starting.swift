import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleText

extension ScenarioWorker {
  /// Starts one more child of a dynamic supervisor, unless it has enough of them; without the
  /// supervisor the worker exits, as whoever calls it does.
  mutating func start(
    _ starting: Scenario.Worker.Starting, _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    let supervisor = ProcessName.local(starting.target)
    return try ask(supervisor, .countChildren, &context) { server, reply, context in
      guard case .counts(let counts) = reply, counts.active < starting.most,
        server.mayStart(&context)
      else { return try server.repeated(alarm, &context) }
      return try server.ask(supervisor, .startDynamic(starting.arguments), &context) {
        server, _, context in
        try server.repeated(alarm, &context)
      }
    }
  }

  /// Whether the machine is not so full that workers start nobody any more, which is told once.
  mutating func mayStart(_ context: inout ProcessContext) -> Bool {
    let limit = Scenario.Limits.population
    guard context.processCount >= limit else { return true }
    if !hasToldLimit {
      context.post(
        .limitReached(
          pid: context.pid, limit: "\(grouped(limit)) processes; workers start no more of them"))
    }
    hasToldLimit = true
    return false
  }

  /// What happens with a supervisor's answer.
  private typealias Answered =
    @Sendable (inout ScenarioWorker, SupervisorReply, inout ProcessContext) throws -> CastResult<
      ScenarioWorker
    >

  private func ask(
    _ supervisor: ProcessName, _ request: SupervisorRequest, _ context: inout ProcessContext,
    then: @escaping Answered
  ) throws -> CastResult<ScenarioWorker> {
    .wait(try .calling(request, to: supervisor, timeout: nil, &context, then: then))
  }
}

extension Scenario.Worker.Starting {
  /// What the supervisor is asked with.
  var arguments: [Term] { child.map { [.atom($0)] } ?? [] }
}
