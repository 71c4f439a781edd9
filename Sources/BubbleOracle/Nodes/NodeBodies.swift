import BubbleEvents
import BubbleKernel
import BubbleOTP

/// A plain process of a scenario: it records what it hears, and executes actions.
struct NodeProcess: ProcessBody {
  var actor: NodeActor
  let trapsExits: Bool
  let registered: String?
  /// The action under way, and how it goes on.
  private var pending: (command: NodeCommand, then: Blocking<Term>.Then)?

  init(actor: NodeActor, trapsExits: Bool, registered: String?) {
    self.actor = actor
    self.trapsExits = trapsExits
    self.registered = registered
  }

  var behaviour: String { "process" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = trapsExits
    if let registered { try context.register(registered, context.pid) }
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    guard case .plain(let command as NodeCommand) = message else {
      return actor.see(message, context)
    }
    switch command.operation {
    case "exit": throw ProcessExit(ExitReason(command.term("reason")))
    case "error": throw RaisedError(command.term("reason"))
    default: break
    }
    do {
      goOn(command, try actor.execute(command, &context), &context)
    } catch {
      actor.finish(command, NodeLedger.Outcome(error), context)
    }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let (command, then) = pending else { return }
    pending = nil
    do {
      goOn(command, try then(received, &context), &context)
    } catch {
      actor.finish(command, NodeLedger.Outcome(error), context)
    }
  }

  private mutating func goOn(
    _ command: NodeCommand, _ blocking: Blocking<Term>, _ context: inout ProcessContext
  ) {
    switch blocking {
    case .value(let value): actor.finish(command, .value(value), context)
    case .waiting(let awaited, let instant, let then):
      pending = (command, then)
      context.wait(for: awaited, until: instant)
    }
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    let from = Term.tuple([.opaque("<?>"), .opaque("[alias|#ref]")])
    actor.note(.info(.tuple(["system", from, .tuple(["terminate", reason.term])])), context)
  }
}

/// A gen_server of a scenario.
struct NodeServer: GenServer {
  var actor: NodeActor
  let trapsExits: Bool
  let initialStop: Term?
  private var open: [Term: Caller] = [:]

  init(actor: NodeActor, trapsExits: Bool, initialStop: Term?) {
    self.actor = actor
    self.trapsExits = trapsExits
    self.initialStop = initialStop
  }

  var behaviour: String { "gen_server" }

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<NodeServer> {
    context.trapsExits = trapsExits
    return initialStop.map { .stop(ExitReason($0)) } ?? .ok
  }

  mutating func handleCall(
    _ request: NodeRequest, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<NodeServer> {
    actor.note(.call(from: request.from, request.content), context)
    guard case .tuple(let parts) = request.content, let first = parts.first else {
      return request.content == "hang"
        ? .noReply : .reply(.tuple(["ok", request.content]))
    }
    switch (first, parts.count) {
    case ("sleep", 3):
      guard case .integer(let time) = parts[1] else { break }
      return .wait(.sleeping(.milliseconds(time)) { _, _ in .reply(parts[2]) })
    case ("later", 2):
      open[parts[1]] = caller
      return .noReply
    case ("stop", 2): return .stop(ExitReason(parts[1]), reply: nil)
    case ("stop", 3): return .stop(ExitReason(parts[1]), reply: parts[2])
    case ("exit", 2): throw ProcessExit(ExitReason(parts[1]))
    case ("error", 2): throw RaisedError(parts[1])
    default: break
    }
    return .reply(.tuple(["ok", request.content]))
  }

  mutating func handleCast(
    _ request: NodeRequest, _ context: inout ProcessContext
  ) throws -> CastResult<NodeServer> {
    actor.note(.cast(from: request.from, request.content), context)
    guard case .tuple(let parts) = request.content, let first = parts.first else {
      return .noReply
    }
    switch (first, parts.count) {
    case ("reply", 3):
      if let caller = open.removeValue(forKey: parts[1]) {
        context.reply(to: caller, parts[2])
      }
      return .noReply
    case ("stop", 2): return .stop(ExitReason(parts[1]))
    case ("error", 2): throw RaisedError(parts[1])
    default: return .noReply
    }
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<NodeServer> {
    switch message {
    case .message(let command as NodeCommand): return try execute(command, &context)
    case .message(let payload): actor.see(.plain(payload), context)
    case .exit(let from, let reason): actor.see(.exit(from: from, reason: reason), context)
    case .down(let mark, let pid, let reason): actor.see(.down(mark, pid, reason), context)
    case .reply(let mark, let value): actor.see(.reply(mark, value), context)
    case .timer, .timeout, .started: break
    }
    return .noReply
  }

  private mutating func execute(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> CastResult<NodeServer> {
    let blocking: Blocking<Term>
    do {
      blocking = try actor.execute(command, &context)
    } catch {
      actor.finish(command, NodeLedger.Outcome(error), context)
      return .noReply
    }
    return try .after(blocking, in: &self, &context) { server, result, context in
      switch result {
      case .success(let value): server.actor.finish(command, .value(value), context)
      case .failure(let error):
        server.actor.finish(command, NodeLedger.Outcome(error), context)
      }
      return .noReply
    }
  }

  mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws -> TerminateResult<NodeServer> {
    actor.note(.terminate(reason.term), context)
    return .done
  }
}

/// A process that does one thing for the runner and ends.
struct NodeErrand: ProcessBody {
  let command: NodeCommand
  let ledger: NodeLedger
  let work: @Sendable (inout ProcessContext) throws -> Blocking<Term>
  private var then: Blocking<Term>.Then?

  init(
    _ command: NodeCommand, _ ledger: NodeLedger,
    work: @escaping @Sendable (inout ProcessContext) throws -> Blocking<Term>
  ) {
    self.command = command
    self.ledger = ledger
    self.work = work
  }

  var behaviour: String { "errand" }

  mutating func start(_ context: inout ProcessContext) throws {
    goOn(try work(&context), &context)
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let next = then else { return }
    goOn(try next(received, &context), &context)
  }

  private mutating func goOn(_ blocking: Blocking<Term>, _ context: inout ProcessContext) {
    switch blocking {
    case .value(let value):
      let number = command.number
      ledger.with { $0.outcomes.append((number, .value(value))) }
      context.finish(.normal)
    case .waiting(let awaited, let instant, let next):
      then = next
      context.wait(for: awaited, until: instant)
    }
  }
}
