import BubbleEvents
public import BubbleKernel

/// How many tasks of a stream run at once, and what becomes of slow ones (Elixir: the options of
/// Task.async_stream).
public struct TaskStreamOptions: Sendable {
  /// What is done when a task's time has passed.
  public enum TimeoutAction: Hashable, Sendable {
    /// The caller exits with `{timeout,{Task.Supervised,stream,[Time]}}`, and all tasks are killed.
    case exit
    /// That task is killed, and its outcome is `{exit,timeout}`.
    case killTask
  }

  /// How many tasks run at once, at least 1; Elixir's default is the number of cores, which a
  /// machine of ours has not.
  public var maximumConcurrency: Int
  /// Whether the outcomes are in the order of the items, or of the ends of the tasks.
  public var isOrdered: Bool
  /// How long a task may take; nil for ever.
  public var timeout: Duration?
  /// What is done then.
  public var onTimeout: TimeoutAction
  /// The supervisor under which the tasks run; nil for none.
  public var supervisor: ProcessName?
  /// Whether the caller is linked with the tasks; without a supervisor it always is.
  public var isLinked: Bool

  /// Creates options; the defaults are Elixir's, but for the number of tasks.
  public init(
    maximumConcurrency: Int = 4, isOrdered: Bool = true, timeout: Duration? = .seconds(5),
    onTimeout: TimeoutAction = .exit, under supervisor: ProcessName? = nil, isLinked: Bool = true
  ) {
    precondition(maximumConcurrency > 0, "a stream runs at least one task")
    self.maximumConcurrency = maximumConcurrency
    self.isOrdered = isOrdered
    self.timeout = timeout
    self.onTimeout = onTimeout
    self.supervisor = supervisor
    self.isLinked = isLinked
  }
}

extension Waitable {
  /// Does a task for each item, some at once, and goes on with all their outcomes (Elixir:
  /// Task.async_stream).
  ///
  /// A task that fails is an outcome; but a linked one takes a caller with it that does not trap
  /// exits. The caller hears nothing else of the tasks.
  public static func streaming<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ options: TaskStreamOptions = TaskStreamOptions(),
    _ context: inout ProcessContext,
    work: @escaping @Sendable (Item) -> TaskWork<Value>,
    then:
      @escaping @Sendable (
        inout Server, [TaskOutcome<Value>], inout ProcessContext
      ) throws -> Self
  ) throws -> Self {
    let stream = TaskStream<Self, Value>(
      work: items.map { work($0) }, options: options, then: then)
    return try stream.goOn(&context)
  }
}

/// A stream of tasks between two of its waits.
private struct TaskStream<Result: Waitable, Value: Sendable>: Sendable {
  typealias Next = Wait<Result.Server, Result>

  struct Running: Sendable {
    var position: Int
    var task: OneOffTask<Value>
    var deadline: RuntimeInstant?
  }

  let work: [TaskWork<Value>]
  let options: TaskStreamOptions
  let then:
    @Sendable (inout Result.Server, [TaskOutcome<Value>], inout ProcessContext) throws -> Result
  var begun = 0
  var running: [Running] = []
  /// In the order of the ends.
  var outcomes: [(position: Int, outcome: TaskOutcome<Value>)] = []

  init(
    work: [TaskWork<Value>], options: TaskStreamOptions,
    then:
      @escaping @Sendable (
        inout Result.Server, [TaskOutcome<Value>], inout ProcessContext
      ) throws -> Result
  ) {
    self.work = work
    self.options = options
    self.then = then
  }

  /// Begins what there is room for, and waits for the next end.
  func goOn(_ context: inout ProcessContext) throws -> Result {
    var stream = self
    while stream.begun < work.count, stream.running.count < options.maximumConcurrency {
      let next = work[stream.begun]
      guard let supervisor = options.supervisor else {
        stream.note(context.async(next), context)
        continue
      }
      let present = stream
      return .wait(
        try .beginning(next, under: supervisor, isLinked: options.isLinked, &context) {
          _, task, context in
          var stream = present
          stream.note(task, context)
          return try stream.goOn(&context)
        })
    }
    return .wait(stream.running.isEmpty ? stream.end : stream.nextEnd(context))
  }

  /// Waits for no time, since the server is at hand only after a wait.
  private var end: Next {
    Next(.nothing, timeout: .zero) { server, _, context in
      let sorted = options.isOrdered ? outcomes.sorted { $0.position < $1.position } : outcomes
      return try then(&server, sorted.map(\.outcome), &context)
    }
  }

  private func nextEnd(_ context: ProcessContext) -> Next {
    let marks = Set(running.map(\.task.mark))
    let awaited = Awaited.message { message in
      switch message {
      case .reply(let mark, _), .down(let mark, _, _): marks.contains(mark)
      default: false
      }
    }
    let timeout = running.compactMap(\.deadline).min().map { $0 - context.now }
    return Next(awaited, timeout: timeout) { _, received, context in
      var stream = self
      try stream.handle(received, &context)
      return try stream.goOn(&context)
    }
  }

  private mutating func note(_ task: OneOffTask<Value>, _ context: ProcessContext) {
    let deadline = options.timeout.map { context.now + $0 }
    running.append(Running(position: begun, task: task, deadline: deadline))
    begun += 1
  }

  private mutating func handle(_ received: Received, _ context: inout ProcessContext) throws {
    switch received {
    case .message(.reply(let mark, _)), .message(.down(let mark, _, _)):
      guard let index = running.firstIndex(where: { $0.task.mark == mark }),
        let outcome = try TaskOutcome<Value>(received, &context)
      else { return }
      let ended = running.remove(at: index)
      Self.silence(ended.task.pid, &context)
      outcomes.append((ended.position, outcome))
    case .message: throw RaisedError("badmatch")
    case .timedOut:
      guard options.onTimeout == .killTask else { throw exit(&context) }
      for late in running where late.deadline.map({ $0 <= context.now }) ?? false {
        Self.kill(late.task, &context)
        outcomes.append((late.position, .exit(.failure("timeout"))))
      }
      running.removeAll { $0.deadline.map { $0 <= context.now } ?? false }
    }
  }

  /// Kills all tasks that are left.
  private func exit(_ context: inout ProcessContext) -> ProcessExit {
    for left in running { Self.kill(left.task, &context) }
    let attempt = Term.tuple(["Task.Supervised", "stream", [options.timeout.term]])
    return ProcessExit(.failure(.tuple(["timeout", attempt])))
  }

  private static func kill(_ task: OneOffTask<Value>, _ context: inout ProcessContext) {
    silence(task.pid, &context)
    context.demonitor(task.mark, flush: true)
    context.kill(task.pid)
  }

  /// Nothing more of a task reaches the mailbox.
  private static func silence(_ task: PID, _ context: inout ProcessContext) {
    context.unlink(task)
    _ = context.takeExitMessage(from: task)
  }
}
