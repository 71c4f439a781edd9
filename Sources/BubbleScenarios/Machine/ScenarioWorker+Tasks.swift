import BubbleEvents
import BubbleKernel
import BubbleOTP

extension ScenarioWorker {
  /// What has come of a worker's tasks.
  struct TaskTally: Sendable {
    var done = 0
    var failed = 0
    var last: String?
    /// The task that it waits for.
    var awaited: PID?

    mutating func note(_ outcome: TaskOutcome<Term>?) {
      awaited = nil
      if case .value? = outcome { done += 1 } else { failed += 1 }
      last = outcome.map { "\($0)" } ?? "killed, it took too long"
    }

    /// What the inspector shows; nothing of a worker that has begun no task.
    var fields: [ProcessInspection.Field] {
      var fields: [ProcessInspection.Field] = []
      if let awaited { fields.append(.init(name: "awaits", value: "\(awaited)")) }
      guard let last else { return fields }
      fields.append(.init(name: "tasks", value: "\(done) done, \(failed) failed"))
      fields.append(.init(name: "last task", value: last))
      return fields
    }
  }

  /// Begins a task, or a stream of them, and does with it what the file says.
  mutating func begin(
    _ tasking: Scenario.Worker.Tasking, _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    let work = tasking.work(counter: "tasks, \(blueprint.counter)")
    if let stream = tasking.stream { return try begin(stream, of: work, tasking, alarm, &context) }
    switch tasking.waiting {
    case .never(let isLinked):
      guard let supervisor = tasking.supervisor else {
        context.startTask(work, isLinked: isLinked)
        return try repeated(alarm, &context)
      }
      return .wait(
        try .startingTask(
          work, under: .local(supervisor), restart: tasking.restart, &context
        ) { server, reply, context in
          if case .failure(let error) = reply { server.tasks.last = "\(error.term)" }
          return try server.repeated(alarm, &context)
        })
    case .await, .look:
      guard let supervisor = tasking.supervisor else {
        return try watch(context.async(work), tasking, alarm, &context)
      }
      let isLinked = if case .await = tasking.waiting { true } else { false }
      return .wait(
        try .beginning(work, under: .local(supervisor), isLinked: isLinked, &context) {
          server, task, context in try server.watch(task, tasking, alarm, &context)
        })
    }
  }

  private mutating func watch(
    _ task: OneOffTask<Term>, _ tasking: Scenario.Worker.Tasking, _ alarm: Alarm,
    _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    tasks.awaited = task.pid
    guard case .look(let timeout) = tasking.waiting else {
      let timeout: Duration? =
        if case .await(let timeout) = tasking.waiting { timeout } else { nil }
      return .wait(
        try .awaiting(task, timeout: timeout, &context) { server, value, context in
          server.tasks.note(.value(value))
          return try server.repeated(alarm, &context)
        })
    }
    return .wait(
      try .yielding(task, timeout: timeout, &context) { server, outcome, context in
        if let outcome {
          server.tasks.note(outcome)
          return try server.repeated(alarm, &context)
        }
        return .wait(
          try .shuttingDown(task, by: .brutalKill, &context) { server, outcome, context in
            server.tasks.note(outcome)
            return try server.repeated(alarm, &context)
          })
      })
  }

  private func begin(
    _ stream: Scenario.Worker.Stream, of work: TaskWork<Term>, _ tasking: Scenario.Worker.Tasking,
    _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<ScenarioWorker> {
    var options = TaskStreamOptions(
      maximumConcurrency: stream.atOnce, under: tasking.supervisor.map { .local($0) })
    switch tasking.waiting {
    case .await(let timeout): options.timeout = timeout
    case .look(let timeout):
      options.timeout = timeout
      options.onTimeout = .killTask
      options.isLinked = false
    case .never: options.timeout = nil
    }
    return try .streaming(Array(0..<stream.count), options, &context) { _ in
      work
    } then: { server, outcomes, context in
      for outcome in outcomes { server.tasks.note(outcome) }
      return try server.repeated(alarm, &context)
    }
  }
}

extension Scenario.Worker.Tasking {
  /// A task that takes its time and gives its number, or fails.
  fileprivate func work(counter: String) -> TaskWork<Term> {
    TaskWork(label) { context in
      let number = context.count(counter)
      return .wait(
        .sleeping(context.draw(takes)) { _, _ in
          if fails?.contains(number) == true { throw ProcessExit(reason) }
          return .value(.integer(number))
        })
    }
  }
}
