import BubbleEvents
public import BubbleKernel

extension Waitable {
  /// Waits for the values of several tasks inside a callback (Elixir: Task.await_many).
  ///
  /// The values are in the order of the tasks. The caller exits as soon as one of them fails, with
  /// `{Reason,{Task,await_many,[Pids,Time]}}`, and when the time passes before all have ended, with
  /// `timeout` in place of the reason; the others go on, and what comes of them is dropped.
  public static func awaitingAll<Value: Sendable>(
    _ tasks: [OneOffTask<Value>], timeout: Duration? = .seconds(5),
    _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, [Value], inout ProcessContext) throws -> Self
  ) throws -> Self {
    @Sendable func failure(_ reason: Term, _ context: inout ProcessContext) -> ProcessExit {
      for task in tasks { context.demonitor(task.mark, flush: true) }
      let pids = Term.list(tasks.map { .pid($0.pid) })
      let attempt = Term.tuple(["Task", "await_many", [pids, timeout.term]])
      return ProcessExit(.failure(.tuple([reason, attempt])))
    }
    return try TaskGathering<Self, Value>(tasks, endsWithFailure: true, timeout, context) {
      server, outcomes, context in
      let values = try outcomes.map { (outcome) -> Value? in
        switch outcome {
        case .value(let value): return value
        case .exit(let reason): throw failure(reason.term, &context)
        case nil: return nil
        }
      }
      guard values.allSatisfy({ $0 != nil }) else { throw failure("timeout", &context) }
      return try then(&server, values.compactMap(\.self), &context)
    }.goOn(&context)
  }

  /// Looks which of several tasks have ended, for some time at most (Elixir: Task.yield_many).
  ///
  /// The outcomes are in the order of the tasks; nil stands for one that has not ended, and one can
  /// look again.
  public static func yieldingAll<Value: Sendable>(
    _ tasks: [OneOffTask<Value>], timeout: Duration? = .seconds(5),
    _ context: inout ProcessContext,
    then:
      @escaping @Sendable (
        inout Server, [TaskOutcome<Value>?], inout ProcessContext
      ) throws -> Self
  ) throws -> Self {
    try TaskGathering<Self, Value>(tasks, endsWithFailure: false, timeout, context, then: then)
      .goOn(&context)
  }
}

/// Several tasks that are waited for, between two of the waits.
private struct TaskGathering<Result: Waitable, Value: Sendable>: Sendable {
  typealias Then =
    @Sendable (inout Result.Server, [TaskOutcome<Value>?], inout ProcessContext) throws -> Result

  let tasks: [OneOffTask<Value>]
  /// Whether nothing more is waited for when one has failed.
  let endsWithFailure: Bool
  let deadline: RuntimeInstant?
  let then: Then
  var outcomes: [Reference: TaskOutcome<Value>] = [:]
  var isOver = false

  init(
    _ tasks: [OneOffTask<Value>], endsWithFailure: Bool, _ timeout: Duration?,
    _ context: ProcessContext, then: @escaping Then
  ) throws {
    for task in tasks { try context.check(task) }
    self.tasks = tasks
    self.endsWithFailure = endsWithFailure
    self.deadline = timeout.map { context.now + $0 }
    self.then = then
  }

  func goOn(_ context: inout ProcessContext) throws -> Result {
    let open = Set(tasks.map(\.mark)).subtracting(outcomes.keys)
    guard !isOver, !open.isEmpty else {
      return .wait(
        Wait(.nothing, timeout: .zero) { server, _, context in
          try then(&server, tasks.map { outcomes[$0.mark] }, &context)
        })
    }
    let awaited = Awaited.message { message in
      switch message {
      case .reply(let mark, _), .down(let mark, _, _): open.contains(mark)
      default: false
      }
    }
    return .wait(
      Wait(awaited, timeout: deadline.map { max($0 - context.now, .zero) }) {
        _, received, context in
        var next = self
        try next.handle(received, &context)
        return try next.goOn(&context)
      })
  }

  private mutating func handle(_ received: Received, _ context: inout ProcessContext) throws {
    let outcome = try TaskOutcome<Value>(received, &context)
    switch received {
    case .message(.reply(let mark, _)), .message(.down(let mark, _, _)): outcomes[mark] = outcome
    case .message, .timedOut: isOver = true
    }
    if endsWithFailure, case .exit? = outcome { isOver = true }
  }
}
