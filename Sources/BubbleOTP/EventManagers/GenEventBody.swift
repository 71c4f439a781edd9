import BubbleEvents
import BubbleKernel

/// The process of a gen_event.
///
/// A cast is an event, a call a `GenEventRequest` or else an event that is waited for, and every
/// other message goes to the handlers' handleInfo.
struct GenEventBody: ProcessBody {
  struct Handler: Sendable {
    var id: HandlerID
    var value: any GenEventHandler
    /// The process that added it to live as long as itself.
    var supervisor: PID?
  }

  /// How a removal is told to the log and to the handler's supervisor.
  enum Removal {
    /// In good order; nothing is logged.
    case expected(Term)
    case crash(Term)
  }

  typealias Callback = (inout any GenEventHandler, inout ProcessContext) throws -> HandlerResult

  /// What is added at the start.
  let added: [Handler]
  let module: String?
  /// The last added first.
  var handlers: [Handler] = []

  init(added: [Handler], module: String?) {
    self.added = added
    self.module = module
  }

  var behaviour: String { "gen_event\(module.map { " \($0)" } ?? "")" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = true
    for handler in added {
      let answer = add(handler, predecessor: nil, &context)
      if answer != "ok" { report(handler, .crash(answer), &context) }
    }
    context.acknowledgeStart()
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .cast(let event): notify(&context) { try $0.take(event, &$1) }
    case .call(let request, let caller):
      if let request = request as? GenEventRequest {
        context.reply(to: caller, answer(request, caller, &context))
      } else {
        notify(&context) { try $0.take(request, &$1) }
        context.reply(to: caller, Term.atom("ok"))
      }
    case .exit(let from, let reason):
      if let from, from == context.parent { return end(reason, &context) }
      if let from { endSupervised(by: from, reason, &context) }
      inform(.exit(from: from, reason: reason), &context)
    case .plain(let payload): inform(.message(payload), &context)
    case .down(let mark, let pid, let reason): inform(.down(mark, pid, reason), &context)
    case .timer(let mark, let payload): inform(.timer(mark, payload), &context)
    case .reply(let mark, let reply): inform(.reply(mark, reply), &context)
    case .started(let pid, let result): inform(.started(pid, result), &context)
    case .control: context.refuseRequest("not_a_supervisor")
    case .system: break
    }
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    end(reason, &context)
  }

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "handlers", value: "\(handlers.count)")]
      + handlers.map { handler in
        let parts = handler.value.describeState().map { "\($0.name) \($0.value)" }
        let supervisor = handler.supervisor.map { ["for \($0)"] } ?? []
        return ProcessInspection.Field(
          name: handler.id.description, value: (parts + supervisor).joined(separator: ", "))
      }
  }

  // MARK: - Events

  private mutating func inform(_ info: Info, _ context: inout ProcessContext) {
    notify(&context) { try $0.handleInfo(info, &$1) }
  }

  /// Gives something to each handler that is there now, the last added first.
  private mutating func notify(_ context: inout ProcessContext, _ callback: Callback) {
    let present = handlers
    handlers = present.compactMap { update($0, &context, callback) }
  }

  /// What is in a handler's place after a callback; nil when nothing is.
  private func update(
    _ handler: Handler, _ context: inout ProcessContext, _ callback: Callback
  ) -> Handler? {
    var next = handler
    do {
      switch try callback(&next.value, &context) {
      case .ok: return next
      case .remove:
        _ = terminate(handler, .removed, .expected("normal"), &context)
        return nil
      case .swap(let arguments, let id, let value):
        return swap(next, arguments, to: id, value, &context)
      case .invalid(let value): throw InvalidResult(value: value)
      }
    } catch {
      let why = Self.caught(error)
      _ = terminate(handler, .failed(why), .crash(why), &context)
      return nil
    }
  }

  /// A swap that a handler asked for itself: who takes its place has its supervisor too.
  private func swap(
    _ old: Handler, _ arguments: Term, to id: HandlerID, _ value: any GenEventHandler,
    _ context: inout ProcessContext
  ) -> Handler? {
    let left = terminate(
      old, .arguments(arguments), .expected(Self.swapped(id, old.supervisor)), &context)
    var new = Handler(id: id, value: value, supervisor: old.supervisor)
    let answer = Self.initialize(&new, left, &context)
    guard answer != "ok" else { return new }
    // OTP says no more than this.
    report(new, .crash("crash"), &context)
    return nil
  }

  // MARK: - Requests

  private mutating func answer(
    _ request: GenEventRequest, _ caller: Caller, _ context: inout ProcessContext
  ) -> Term {
    switch request {
    case .add(let id, let value, let isSupervised):
      let supervisor = isSupervised ? caller.pid : nil
      return add(
        Handler(id: id, value: value, supervisor: supervisor), predecessor: nil, &context)
    case .delete(let id, let arguments):
      guard let index = index(of: id) else { return .tuple(["error", "module_not_found"]) }
      let handler = handlers.remove(at: index)
      return terminate(handler, .arguments(arguments), .expected("normal"), &context)
    case .swap(let old, let arguments, let id, let value, let isSupervised):
      let supervisor = isSupervised ? caller.pid : nil
      return swap(
        old, arguments, with: Handler(id: id, value: value, supervisor: supervisor), &context)
    case .whichHandlers: return .list(handlers.map(\.id.term))
    case .call(let id, let question): return ask(id, question, &context)
    case .notify(let event):
      notify(&context) { try $0.take(event, &$1) }
      return "ok"
    }
  }

  private mutating func add(
    _ handler: Handler, predecessor: Term?, _ context: inout ProcessContext
  ) -> Term {
    var handler = handler
    if let supervisor = handler.supervisor {
      // A dead one is a message `noproc` to a process that traps exits.
      do { try context.link(supervisor) } catch { return Self.caught(error) }
    }
    let answer = Self.initialize(&handler, predecessor, &context)
    if answer == "ok" { handlers.insert(handler, at: 0) }
    return answer
  }

  private mutating func swap(
    _ old: HandlerID, _ arguments: Term, with new: Handler, _ context: inout ProcessContext
  ) -> Term {
    var new = new
    var left: Term = "error"
    if let index = index(of: old) {
      let handler = handlers.remove(at: index)
      let reason = Self.swapped(new.id, new.supervisor ?? handler.supervisor)
      left = terminate(handler, .arguments(arguments), .expected(reason), &context)
      new.supervisor = new.supervisor ?? handler.supervisor
    }
    let answer = add(new, predecessor: left, &context)
    return answer == "ok" ? "ok" : .tuple(["error", answer])
  }

  private mutating func ask(
    _ id: HandlerID, _ question: Term, _ context: inout ProcessContext
  ) -> Term {
    guard let index = index(of: id) else { return .tuple(["error", "bad_module"]) }
    var reply: Term = "ok"
    let place = update(handlers[index], &context) { value, context in
      do {
        switch try value.handleCall(question, &context) {
        case .reply(let term):
          reply = term
          return .ok
        case .removeWithReply(let term):
          reply = term
          return .remove
        case .swap(let term, let arguments, let id, let value):
          reply = term
          return .swap(arguments, to: id, value)
        case .invalid(let value): throw InvalidResult(value: value)
        }
      } catch {
        reply = .tuple(["error", Self.caught(error)])
        throw error
      }
    }
    if let place { handlers[index] = place } else { handlers.remove(at: index) }
    return reply
  }

  private func index(of id: HandlerID) -> Int? { handlers.firstIndex { $0.id == id } }

  // MARK: - Ends

  /// The supervisor of handlers has ended: they go first, then the others hear of it (OTP: GE6).
  private mutating func endSupervised(
    by supervisor: PID, _ reason: ExitReason, _ context: inout ProcessContext
  ) {
    let present = handlers
    handlers = present.filter { handler in
      guard handler.supervisor == supervisor else { return true }
      _ = terminate(handler, .supervisorEnded(reason), .expected("shutdown"), &context)
      return false
    }
  }

  /// Ends the manager: all handlers first, and nobody who supervises one is harmed (OTP: GE10).
  private mutating func end(_ reason: ExitReason, _ context: inout ProcessContext) {
    for handler in handlers { _ = terminate(handler, .stop, .expected("shutdown"), &context) }
    for handler in handlers {
      if let supervisor = handler.supervisor, supervisor != context.parent {
        context.unlink(supervisor)
      }
    }
    handlers = []
    if reason.isAbnormal { context.post(.reported(.crash(pid: context.pid, reason: reason))) }
    context.finish(reason)
  }

  /// Runs a handler's terminate callback, and tells of its end.
  private func terminate(
    _ handler: Handler, _ end: HandlerEnd, _ removal: Removal, _ context: inout ProcessContext
  ) -> Term {
    var value = handler.value
    let result: Term
    do { result = try value.terminate(end, &context) } catch { result = Self.caught(error) }
    report(handler, removal, &context)
    return result
  }

  private func report(
    _ handler: Handler, _ removal: Removal, _ context: inout ProcessContext
  ) {
    let reason: Term
    switch removal {
    case .expected(let term): reason = term
    case .crash(let term):
      reason = term
      if term != "normal", term != "shutdown" {
        context.post(
          .reported(
            .handlerTerminated(manager: context.pid, handler: handler.id.term, reason: term)))
      }
    }
    if let supervisor = handler.supervisor {
      context.send(HandlerExit(handler: handler.id, reason: reason), to: supervisor)
    }
  }

  // MARK: - Terms

  /// A handler's first callback; `ok`, or what it came to instead.
  private static func initialize(
    _ handler: inout Handler, _ predecessor: Term?, _ context: inout ProcessContext
  ) -> Term {
    do {
      switch try handler.value.initialize(predecessor, &context) {
      case .ok: return "ok"
      case .refused(let value): return value
      }
    } catch {
      return caught(error)
    }
  }

  private static func swapped(_ id: HandlerID, _ supervisor: PID?) -> Term {
    .tuple(["swapped", id.term, supervisor.map(Term.pid) ?? "false"])
  }

  /// What Erlang's `catch` makes of a failure: `{'EXIT',Reason}`; of a value that is not a result,
  /// the value.
  private static func caught(_ error: any Error) -> Term {
    if let invalid = error as? InvalidResult { return invalid.value }
    return .tuple(["EXIT", ExitReason(uncaught: error).term])
  }

  /// A callback returned something that is not a result.
  private struct InvalidResult: Error {
    var value: Term
  }
}
