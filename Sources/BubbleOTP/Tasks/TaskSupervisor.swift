public import BubbleEvents
public import BubbleKernel

/// Supervises tasks that are begun at run time (Elixir: Task.Supervisor).
///
/// It is a `DynamicSupervisor`: it starts without children, and serves `SupervisorRequest`. Whoever
/// waits for a task begins it with `Wait.beginning`, and `Wait.startingTask` begins one that nobody
/// waits for.
public struct TaskSupervisor: Sendable {
  /// When it gives up; only tasks that are restarted count.
  public var intensity: RestartIntensity
  /// How many tasks there may be at once; nil for no limit.
  public var maximumChildren: Int?

  /// Creates a supervisor of tasks.
  public init(
    intensity: RestartIntensity = RestartIntensity(3, in: 5), maximumChildren: Int? = nil
  ) {
    self.intensity = intensity
    self.maximumChildren = maximumChildren
  }

  /// The supervisor to start.
  public func supervisor(_ module: String, name: String? = nil) -> Supervisor {
    DynamicSupervisor(intensity: intensity, maximumChildren: maximumChildren)
      .supervisor(module, name: name)
  }
}

extension ChildSpec {
  /// A task that nobody waits for, as a child (Elixir: Task.child_spec); by default it is
  /// temporary.
  public static func task(
    id: Term = "Task", _ work: TaskWork<some Sendable>, restart: Restart = .temporary,
    shutdown: Shutdown? = nil
  ) -> ChildSpec {
    ChildSpec(
      id: id, start: .task(work), restart: restart, shutdown: shutdown,
      modules: .list(["Task.Supervised"]))
  }
}

extension Wait {
  /// Begins a task under a supervisor (Elixir: Task.Supervisor.async and async_nolink).
  ///
  /// The caller is linked with it unless it says otherwise, and watches it. It raises
  /// `max_children` when the supervisor has as many as it may have.
  public static func beginning<Value: Sendable>(
    _ work: TaskWork<Value>, under supervisor: ProcessName, isLinked: Bool = true,
    shutdown: ChildSpec.Shutdown? = nil, _ context: inout ProcessContext,
    then:
      @escaping @Sendable (
        inout Server, OneOffTask<Value>, inout ProcessContext
      ) throws -> Result
  ) throws -> Wait {
    let owner = context.pid
    let start = ProcessStart { context, _ in
      context.startProcess(TaskBody(work, isAwaited: true, owner: owner))
    }
    let spec = ChildSpec(
      id: "Task", start: start, restart: .temporary, shutdown: shutdown,
      modules: .list(["Task.Supervised"]))
    return try calling(
      SupervisorRequest.startChild(spec), to: supervisor, timeout: nil, &context
    ) { (server: inout Server, reply: SupervisorReply, context) in
      switch reply {
      case .child(let pid?, _):
        if isLinked { try context.link(pid) }
        return try then(&server, context.begin(pid), &context)
      case .failure(let error): throw RaisedError(error.term)
      case .ok, .child, .entry, .children, .counts, .spec: throw RaisedError("badmatch")
      }
    }
  }

  /// Begins a task that nobody waits for under a supervisor (Elixir: Task.Supervisor.start_child);
  /// what the supervisor answers.
  public static func startingTask(
    _ work: TaskWork<some Sendable>, under supervisor: ProcessName,
    restart: ChildRestart = .temporary, _ context: inout ProcessContext,
    then:
      @escaping @Sendable (
        inout Server, SupervisorReply, inout ProcessContext
      ) throws -> Result
  ) throws -> Wait {
    try calling(
      SupervisorRequest.startChild(.task(work, restart: restart)), to: supervisor, timeout: nil,
      &context, then: then)
  }
}
