import BubbleEvents
import BubbleKernel
import BubbleOTP

/// What a scenario tells a worker to do.
struct OracleTell: Sendable {
  var what: String
  var reason: Term
}

/// Lets a worker that waits at a gate go on.
struct OracleRelease: Sendable {}

/// The worker of the scenarios.
struct OracleWorker: GenServer {
  let ledger: OracleLedger
  let definition: JSONValue
  let rule: OracleDefinition.Rule

  var behaviour: String { "gen_server worker" }

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<OracleWorker> {
    context.trapsExits = definition["trap"]?.bool ?? false
    guard rule.what == "gate" else { return try begin(rule.what) }
    let pid = context.pid
    ledger.with { _ = $0.gated.insert(pid) }
    let isRelease: @Sendable (Message) -> Bool = { message in
      if case .plain(let payload) = message { payload is OracleRelease } else { false }
    }
    return .wait(
      Wait(.message(isRelease)) { worker, _, _ in
        worker.ledger.with { _ = $0.gated.remove(pid) }
        return try worker.begin(worker.rule.then)
      })
  }

  private func begin(_ what: String) throws -> InitResult<OracleWorker> {
    switch what {
    case "ignore": return .ignore
    case "stop": return .stop(ExitReason(rule.reason))
    case "exit": throw ProcessExit(ExitReason(rule.reason))
    case "error": throw RaisedError(rule.reason)
    case "bad_return": return .stop(.failure(.tuple(["bad_return_value", rule.reason])))
    default: return .ok
    }
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<OracleWorker> {
    switch message {
    case .exit(_, let reason):
      return definition["on_exit_msg"]?.string == "ignore" ? .noReply : .stop(reason)
    case .message(let tell as OracleTell): return try handle(tell, &context)
    case .message, .down, .timer, .timeout, .reply, .started: return .noReply
    }
  }

  private func handle(
    _ tell: OracleTell, _ context: inout ProcessContext
  ) throws -> CastResult<OracleWorker> {
    switch tell.what {
    case "stop": return .stop(ExitReason(tell.reason))
    case "exit": throw ProcessExit(ExitReason(tell.reason))
    case "error": throw RaisedError(tell.reason)
    case "unlink":
      if let parent = context.parent { context.unlink(parent) }
      return .noReply
    default: return .noReply
    }
  }

  /// The call is told by a note.
  mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<OracleWorker> {
    context.note(reason.description)
    let cleanup = definition["terminate"]
    switch cleanup?["do"]?.string {
    case "sleep":
      let duration = Duration.milliseconds(cleanup?["ms"]?.integer ?? 0)
      return .wait(.sleeping(duration) { _, _ in .done })
    case "hang": return .wait(.sleeping(nil) { _, _ in .done })
    case "exit": throw ProcessExit(ExitReason(OracleDefinition.reason(cleanup ?? .null)))
    case "error": throw RaisedError(OracleDefinition.reason(cleanup ?? .null))
    default: return .done
    }
  }
}
