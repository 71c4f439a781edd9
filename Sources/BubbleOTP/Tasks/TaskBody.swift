import BubbleEvents
import BubbleKernel

/// Tells a task to begin, and whom to answer; sent as a call by its owner.
package struct TaskOrder: Sendable, CustomStringConvertible {
  package var description: String { "begin" }
}

/// The process of a task.
///
/// One that is awaited begins when its owner has told it to, and gives up when the owner ends first
/// or takes longer than five seconds.
struct TaskBody<Value: Sendable>: ProcessBody {
  enum Waiting: Sendable {
    case order(watching: Reference?)
    case step(Wait<TaskWork<Value>, TaskResult<Value>>.Then)
  }

  private var work: TaskWork<Value>
  private let isAwaited: Bool
  /// Who is to give the order, when that is a process.
  private let owner: PID?
  private var caller: Caller?
  private var waiting: Waiting?

  init(_ work: TaskWork<Value>, isAwaited: Bool, owner: PID?) {
    self.work = work
    self.isAwaited = isAwaited
    self.owner = owner
  }

  var behaviour: String { work.label.isEmpty ? "task" : "task \(work.label)" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.acknowledgeStart()
    guard isAwaited else { return run(&context) { work, context in try work.run(&context) } }
    let watching = owner.map { context.monitorQuietly($0) }
    waiting = .order(watching: watching)
    let awaited = Awaited.message { message in
      switch message {
      case .call(let request, _): request is TaskOrder
      case .down(let mark, _, _): mark == watching
      default: false
      }
    }
    context.wait(for: awaited, timeout: .seconds(5))
  }

  /// Does not happen: it waits for something as long as it lives.
  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    let ended = waiting
    waiting = nil
    switch (ended, received) {
    case (.order(let watching), .message(.call(_, let caller))):
      if let watching { context.demonitor(watching, flush: true) }
      self.caller = caller
      run(&context) { work, context in try work.run(&context) }
    case (.order, .message(.down(_, _, let reason))):
      context.finish(.shutdownBecause(reason.term))
    case (.order, _): context.finish(.failure("timeout"))
    case (.step(let then), let received):
      run(&context) { work, context in try then(&work, received, &context) }
    case (nil, _): break
    }
  }

  private mutating func run(
    _ context: inout ProcessContext,
    _ step: (inout TaskWork<Value>, inout ProcessContext) throws -> TaskResult<Value>
  ) {
    do {
      switch try step(&work, &context) {
      case .value(let value):
        if let caller { context.reply(to: caller, value) }
        context.finish(.normal)
      case .wait(let wait):
        waiting = .step(wait.then)
        context.wait(for: wait.awaited, timeout: wait.timeout)
      }
    } catch {
      let reason = ExitReason(uncaught: error)
      if reason.isAbnormal { context.post(.reported(.crash(pid: context.pid, reason: reason))) }
      context.finish(reason)
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    let phase: String
    switch waiting {
    case .order: phase = "waits for its owner's order"
    case .step, nil: phase = "works"
    }
    let owner = caller?.pid ?? owner
    return [ProcessInspection.Field(name: "task", value: phase)]
      + (owner.map { [ProcessInspection.Field(name: "owner", value: $0.description)] } ?? [])
  }
}
