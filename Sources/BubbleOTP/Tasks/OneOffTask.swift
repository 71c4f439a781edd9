public import BubbleEvents
public import BubbleKernel

extension ProcessContext {
  /// Begins a task that this process is linked with and waits for later (Elixir: Task.async).
  ///
  /// When it fails this process gets its exit signal, and dies of it unless it traps exits.
  public mutating func async<Value: Sendable>(_ work: TaskWork<Value>) -> OneOffTask<Value> {
    begin(spawnLink(TaskBody(work, isAwaited: true, owner: pid)), as: Value.self)
  }

  /// Begins work that nobody waits for; no supervisor either (Elixir: Task.start).
  @discardableResult
  public mutating func startTask(_ work: TaskWork<some Sendable>, isLinked: Bool = false) -> PID {
    let body = TaskBody(work, isAwaited: false, owner: nil)
    return isLinked ? spawnLink(body) : spawn(body)
  }

  /// Watches a task that was spawned, and tells it to begin.
  mutating func begin<Value: Sendable>(
    _ task: PID, as _: Value.Type = Value.self
  ) -> OneOffTask<Value> {
    let mark = monitor(task)
    deliver(.call(TaskOrder(), Caller(pid: pid, tag: mark)), to: task)
    return OneOffTask(pid: task, mark: mark, owner: pid)
  }

  /// Raises an error in a process that asks for a task of another.
  func check(_ task: OneOffTask<some Sendable>) throws {
    guard task.owner == pid else {
      throw RaisedError(.tuple(["not_the_owner", .pid(task.pid), .pid(pid)]))
    }
  }
}

extension Kernel {
  /// Begins a task from outside; `answer(to:)` its mark tells what came of it.
  public mutating func async<Value: Sendable>(_ work: TaskWork<Value>) -> OneOffTask<Value> {
    let pid = spawn(TaskBody(work, isAwaited: true, owner: nil))
    return OneOffTask(pid: pid, mark: call(TaskOrder(), to: pid), owner: nil)
  }
}

extension ProcessStart {
  /// Starts work that nobody waits for, linked to the starter (Elixir: Task.start_link); as a child
  /// its usual restart type is temporary.
  public static func task(_ work: TaskWork<some Sendable>) -> ProcessStart {
    ProcessStart { context, _ in
      context.startProcess(TaskBody(work, isAwaited: false, owner: nil))
    }
  }
}

/// How a task is told to stop.
public enum TaskShutdown: Hashable, Sendable {
  /// With `shutdown`, and `kill` after that time.
  case timeout(Duration)
  /// With `kill` at once.
  case brutalKill
  /// With `shutdown`, waiting for ever.
  case infinity
}

extension Wait {
  /// What is done with what came of a task; nil while it has no outcome.
  public typealias WithOutcome<Value: Sendable> =
    @Sendable (inout Server, TaskOutcome<Value>?, inout ProcessContext) throws -> Result

  /// Waits for a task's value inside a callback (Elixir: Task.await).
  ///
  /// The caller exits when the task ends first, with `{Reason,{Task,await,[Pid,Time]}}`, and when
  /// the time passes, with `timeout` in place of the reason; the task then goes on, and what comes
  /// of it is dropped. Only the owner may wait.
  public static func awaiting<Value: Sendable>(
    _ task: OneOffTask<Value>, timeout: Duration? = .seconds(5), _ context: inout ProcessContext,
    then: @escaping @Sendable (inout Server, Value, inout ProcessContext) throws -> Result
  ) throws -> Wait {
    try context.check(task)
    @Sendable func failure(_ reason: Term) -> ProcessExit {
      let attempt = Term.tuple(["Task", "await", [.pid(task.pid), timeout.term]])
      return ProcessExit(.failure(.tuple([reason, attempt])))
    }
    return Wait(.reply(task.mark), timeout: timeout) { server, received, context in
      switch received {
      case .message(.reply(_, let value)):
        context.demonitor(task.mark, flush: true)
        guard let value = unpack(value, as: Value.self) else { throw RaisedError("badmatch") }
        return try then(&server, value, &context)
      case .message(.down(_, _, let reason)):
        throw failure(reason.inCall(to: task.pid.node, context.nodeNames))
      case .timedOut:
        context.demonitor(task.mark, flush: true)
        throw failure("timeout")
      case .message: throw RaisedError("badmatch")
      }
    }
  }

  /// Looks whether a task has ended, for some time; nil when it has not, and then one can look
  /// again (Elixir: Task.yield).
  public static func yielding<Value: Sendable>(
    _ task: OneOffTask<Value>, timeout: Duration? = .seconds(5), _ context: inout ProcessContext,
    then: @escaping WithOutcome<Value>
  ) throws -> Wait {
    try context.check(task)
    return Wait(.reply(task.mark), timeout: timeout) { server, received, context in
      try then(&server, try TaskOutcome(received, &context), &context)
    }
  }

  /// Gives a task up: it goes on by itself, without link, and what comes of it is dropped; the
  /// outcome if it has ended already (Elixir: Task.ignore).
  public static func ignoring<Value: Sendable>(
    _ task: OneOffTask<Value>, _ context: inout ProcessContext,
    then: @escaping WithOutcome<Value>
  ) throws -> Wait {
    try context.check(task)
    return Wait(.reply(task.mark), timeout: .zero) { server, received, context in
      context.unlink(task.pid)
      context.demonitor(task.mark, flush: true)
      return try then(&server, try TaskOutcome(received, &context), &context)
    }
  }
}

extension Wait where Result: Waitable, Result.Server == Server {
  /// Stops a task and waits until it is gone (Elixir: Task.shutdown); the outcome if it had ended
  /// by itself, or ends otherwise than it was told to: a task that has to be killed because its
  /// time has passed gives `{exit,killed}`.
  public static func shuttingDown<Value: Sendable>(
    _ task: OneOffTask<Value>, by shutdown: TaskShutdown = .timeout(.seconds(5)),
    _ context: inout ProcessContext,
    then: @escaping WithOutcome<Value>
  ) throws -> Wait {
    try context.check(task)
    let mark = context.monitorQuietly(task.pid)
    context.unlink(task.pid)
    context.exit(task.pid, reason: shutdown == .brutalKill ? .kill : .shutdown)
    let timeout: Duration? = if case .timeout(let time) = shutdown { time } else { nil }
    let expected: ExitReason = shutdown == .brutalKill ? .killed : .shutdown
    return Wait(.down(mark), timeout: timeout) { _, received, context in
      if case .message(.down(_, _, let reason)) = received {
        return .wait(gone(task, reason, expected: expected, then: then))
      }
      context.kill(task.pid)
      return .wait(
        Wait(.down(mark)) { _, received, _ in
          guard case .message(.down(_, _, let reason)) = received else {
            throw RaisedError("badmatch")
          }
          return .wait(gone(task, reason, expected: expected, then: then))
        })
    }
  }

  /// The task has ended: takes out what it left in the mailbox.
  private static func gone<Value: Sendable>(
    _ task: OneOffTask<Value>, _ reason: ExitReason, expected: ExitReason,
    then: @escaping WithOutcome<Value>
  ) -> Wait {
    Wait(.reply(task.mark), timeout: .zero) { server, received, context in
      context.demonitor(task.mark, flush: true)
      var outcome = try TaskOutcome<Value>(received, &context)
      switch outcome {
      case .exit(expected): outcome = nil
      // It had ended, and its outcome was taken before.
      case nil: outcome = .exit(reason)
      case .exit, .value: break
      }
      return try then(&server, outcome, &context)
    }
  }
}

extension TaskOutcome {
  /// What a wait for the answer of a task has come to; nil when its time has passed.
  ///
  /// With the answer the end of the task needs no telling any more.
  init?(_ received: Received, _ context: inout ProcessContext) throws {
    switch received {
    case .message(.reply(let mark, let value)):
      context.demonitor(mark, flush: true)
      guard let value = unpack(value, as: Value.self) else { throw RaisedError("badmatch") }
      self = .value(value)
    case .message(.down(_, _, let reason)): self = .exit(reason)
    case .message: throw RaisedError("badmatch")
    case .timedOut: return nil
    }
  }
}
