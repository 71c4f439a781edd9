import BubbleEvents
import BubbleKernel

/// The process that starts the root supervisor and is its parent.
struct OracleParent: ProcessBody {
  /// What the runner asks of it.
  enum Request: Sendable {
    case start(JSONValue)
    case stop(PID, ExitReason)
  }

  let tree: OracleTree

  var behaviour: String { "parent" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = true
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .plain(let request as Request):
      try handle(request, &context)
    case .started(_, let result): finish(result, &context)
    case .plain, .call, .cast, .reply, .exit, .down, .timer, .system, .control: break
    }
  }

  private func handle(_ request: Request, _ context: inout ProcessContext) throws {
    switch request {
    case .start(let definition):
      let attempt = try tree.start(
        "/", supervisor: definition, worker: .null, &context)
      if case .finished(let result) = attempt { finish(result, &context) }
    case .stop(let root, let reason): context.exit(root, reason: reason)
    }
  }

  private func finish(_ result: StartResult, _ context: inout ProcessContext) {
    tree.ledger.with { $0.rootResult = result }
    context.note("started")
  }
}
