public import BubbleEvents

extension Kernel {
  /// What became of a call from outside.
  public enum Answer: Sendable {
    /// It has not been answered yet.
    case waiting
    /// The reply.
    case reply(any Sendable)
    /// The process ended first, or was not there (`noproc`), or lives on another node
    /// (`noconnection`).
    case ended(ExitReason)
  }

  /// Posts `.requested` and does what is asked; everything that follows leads back to that event.
  ///
  /// What cannot be done is told as `.requestRefused`, here when the process that is asked is not
  /// there, and by that process when it is. What is asked of a process of another node is not done
  /// here.
  public mutating func apply(_ request: ControlRequest, by asker: Asker = .someone) {
    let requested = context.core.post(cause: nil, .requested(request, by: asker))
    context.core.cause = requested
    defer { context.core.cause = nil }
    guard request.pid.node == node else {
      return context.core.refuse("noconnection", by: request.pid)
    }
    let isThere = context.core.processes.slot(of: request.pid) != nil
    switch request {
    case .process(let pid, let request): apply(request, to: pid)
    case .child(let supervisor, _, _), .supervisor(let supervisor, _):
      context.deliver(.control(request), to: supervisor)
    case .application(let server, _, _), .release(let server, _, _):
      context.send(request, to: server)
    case .node, .network: return context.core.refuse("not_a_cluster", by: request.pid)
    }
    if !isThere { context.core.refuse("noproc", by: request.pid) }
  }

  private mutating func apply(_ request: ControlRequest.ProcessRequest, to pid: PID) {
    switch request {
    case .exit(let reason): context.exit(pid, reason: reason)
    case .kill: context.kill(pid)
    case .suspend: context.deliver(.system(.suspend, nil), to: pid)
    case .resume: context.deliver(.system(.resume, nil), to: pid)
    case .send(let term): context.send(term, to: pid)
    case .replaceState(let field, let value):
      context.deliver(.system(.replaceState(field: field, value: value), nil), to: pid)
    }
  }

  /// Whether requests that cannot be served are told as such; recordings of format 1 did not know
  /// that, and are run again without.
  package var tellsRefusals: Bool {
    get { context.core.tellsRefusals }
    set { context.core.tellsRefusals = newValue }
  }

  /// Spawns a process from outside.
  public mutating func spawn(_ body: some ProcessBody) -> PID {
    context.spawn(body)
  }

  /// Begins to run a start function from outside; `startResult` tells what came of it.
  public mutating func begin(_ start: ProcessStart) -> ProcessStart.Attempt {
    do {
      return try start.run(&context, [])
    } catch {
      return .finished(.error(.tuple(["EXIT", ExitReason(uncaught: error).term])))
    }
  }

  /// What came of a start from outside; nil while it goes on.
  public func startResult(of pid: PID) -> StartResult? {
    context.core.outsideStarts[pid] ?? nil
  }

  /// Forgets a start from outside.
  public mutating func forgetStart(of pid: PID) {
    context.core.outsideStarts[pid] = nil
  }

  /// Sends a plain message from outside.
  public mutating func send(_ payload: some Sendable, to pid: PID) {
    context.send(payload, to: pid)
  }

  /// Sends a request without an answer from outside.
  public mutating func cast(_ request: some Sendable, to pid: PID) {
    context.cast(request, to: pid)
  }

  /// Calls a process from outside; `answer` tells what came of it.
  public mutating func call(_ request: some Sendable, to pid: PID) -> Reference {
    ask(pid) { .call(request, $0) }
  }

  /// Sends a system request from outside; `answer` tells what came of it.
  public mutating func system(_ request: SystemRequest, to pid: PID) -> Reference {
    ask(pid) { .system(request, $0) }
  }

  /// What became of a call from outside.
  public func answer(to mark: Reference) -> Answer {
    switch context.core.outsideAnswers[mark] {
    case .waiting, nil: .waiting
    case .reply(let value): .reply(value)
    case .down(let reason): .ended(reason)
    }
  }

  /// Forgets a call from outside: a late answer goes nowhere.
  public mutating func forgetCall(_ mark: Reference) {
    if case .waiting(let pid) = context.core.outsideAnswers.removeValue(forKey: mark),
      let slot = context.core.processes.slot(of: pid)
    {
      context.core.processes[slot].watchers.remove(mark)
    }
  }

  /// The outside of a machine stands at its own node: nobody elsewhere would answer it.
  private mutating func ask(_ pid: PID, _ message: (Caller) -> Message) -> Reference {
    let mark = context.core.makeReference()
    guard pid.node == node else {
      context.core.outsideAnswers[mark] = .down(.noConnection)
      return mark
    }
    watchFromOutside(pid, mark)
    context.deliver(message(Caller(pid: nil, tag: mark)), to: pid)
    return mark
  }

  private mutating func watchFromOutside(_ pid: PID, _ mark: Reference) {
    guard let slot = context.core.processes.slot(of: pid) else {
      context.core.outsideAnswers[mark] = .down(.noProcess)
      return
    }
    context.core.outsideAnswers[mark] = .waiting(pid)
    context.core.processes[slot].watchers.set(mark, PID?.none)
  }
}

extension Kernel {
  /// Tells that a limit of the machine was reached.
  package mutating func noteLimit(_ limit: String) {
    context.core.post(.limitReached(pid: nil, limit: limit))
  }
}
