public import BubbleEvents
public import BubbleKernel

/// What a one-off process does before it ends: steps between which it may wait, and a value at the
/// end (Elixir: the function that a Task runs).
///
/// It takes no time by itself; `Wait.sleeping` lets time pass, `Wait.calling` asks other processes.
/// It fails by throwing, as every process does.
///
/// ```swift
/// let work = TaskWork("thumbnail") { _ in
///   .wait(.sleeping(.seconds(2)) { _, _ in .value(42) })
/// }
/// ```
public struct TaskWork<Value: Sendable>: Sendable {
  /// What the screen shows beside `task`.
  public var label: String
  /// The first step.
  public var run: @Sendable (inout ProcessContext) throws -> TaskResult<Value>

  /// Creates work of that first step.
  public init(
    _ label: String = "",
    run: @escaping @Sendable (inout ProcessContext) throws -> TaskResult<Value>
  ) {
    self.label = label
    self.run = run
  }

  /// Asynchronous work outside of the machine; what it throws raises an error in words.
  ///
  /// There is an outside in a machine that runs in real time. In a simulation, and in a copy that
  /// runs ahead, the task fails with `{no_outside,STACK}`. The work is cancelled when the task
  /// ends.
  public static func outside(
    _ label: String = "", _ work: @escaping @Sendable () async throws -> Value
  ) -> TaskWork<Value> {
    TaskWork(label) { context in
      guard context.reachesOutside else { throw RaisedError("no_outside") }
      let id = Term.pid(context.pid)
      context.askOutside(OutsideTask(id: id) { try await work() })
      let awaited = Awaited.message { message in
        message.plain(as: OutsideTaskEnded.self).map { $0.id == id } ?? false
      }
      return .wait(
        Wait(awaited) { _, received, _ in
          guard case .message(let message) = received,
            let ended = message.plain(as: OutsideTaskEnded.self)
          else { throw RaisedError("badmatch") }
          switch ended.outcome {
          case .value(let value):
            guard let value = unpack(value, as: Value.self) else { throw RaisedError("badmatch") }
            return .value(value)
          case .failure(let words): throw RaisedError(.opaque(words))
          }
        })
    }
  }
}

/// What a step of a task's work comes to.
public enum TaskResult<Value: Sendable>: Sendable {
  /// It is done, with this value.
  case value(Value)
  /// It waits, and goes on with another step.
  indirect case wait(Wait<TaskWork<Value>, TaskResult<Value>>)
}

/// How a task ended, for whoever looked (Elixir: what Task.yield returns).
public enum TaskOutcome<Value: Sendable>: Sendable {
  /// With a value.
  case value(Value)
  /// Before it had one, with that reason.
  case exit(ExitReason)
}

extension TaskOutcome: Equatable where Value: Equatable {}

extension TaskOutcome: CustomStringConvertible {
  /// Elixir's term: `{ok,Value}` or `{exit,Reason}`.
  public var description: String {
    switch self {
    case .value(let value): "{ok,\(Term(reflecting: value))}"
    case .exit(let reason): "{exit,\(reason)}"
    }
  }
}

/// A task that its owner waits for (Elixir: the struct Task).
///
/// The owner is the process that began it; only that may wait for it, as in Elixir. The owner
/// watches the task, so its end is heard of even without a link. An owner that does not wait gets
/// messages: `Info.reply` with `mark` when there is an answer, `Info.exit` when it is linked and
/// traps exits, and then `Info.down`.
public struct OneOffTask<Value: Sendable>: Hashable, Sendable {
  /// The process that does the work.
  public var pid: PID
  /// The mark of the answer, and of the monitor.
  public var mark: Reference
  /// Who began it; nil for code outside of the machine.
  public var owner: PID?
}
