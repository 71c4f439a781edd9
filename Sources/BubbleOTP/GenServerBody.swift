internal import BubbleEvents
internal import BubbleKernel

/// Marks the timer of a time-out in a return value, so that a late one is told from others.
struct ServerTimeout: Sendable {}

/// The loop of a gen_server, one turn at a time.
struct GenServerBody<Server: GenServer>: ProcessBody {
  /// How a server ends: the reason, and what the log says about it (OTP: GS17).
  struct Ending: Sendable {
    var reason: ExitReason
    var serverReport: ExitReason?
    var crashReport: ExitReason?
    var reply: (caller: Caller, value: Server.Reply)?
  }

  /// The callback that waits inside its turn.
  indirect enum Pending: Sendable {
    case initialize(Wait<Server, InitResult<Server>>.Then)
    case call(Caller, Wait<Server, CallResult<Server>>.Then)
    case cast(Wait<Server, CastResult<Server>>.Then)
    case terminate(Ending, Wait<Server, TerminateResult<Server>>.Then)
  }

  var server: Server
  var pending: Pending?
  var timer: Reference?

  init(_ server: Server) {
    self.server = server
  }

  var behaviour: String { server.behaviour }

  func describeState() -> [ProcessInspection.Field] { server.describeState() }

  mutating func start(_ context: inout ProcessContext) throws {
    initialized(attempt { try server.initialize(&context) }, &context)
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    if timer != nil, !cancelTimer(for: message, &context) { return }
    switch message {
    case .call(let request, let caller): call(request, caller, &context)
    case .cast(let request): cast(request, &context)
    case .plain(let payload): inform(.message(payload), &context)
    case .exit(let from, let reason):
      if let from, from == context.parent {
        end(Ending(stopping: reason), &context)
      } else {
        inform(.exit(from: from, reason: reason), &context)
      }
    case .down(let mark, let pid, let reason): inform(.down(mark, pid, reason), &context)
    case .timer(let mark, let payload):
      if !(payload is ServerTimeout) { inform(.timer(mark, payload), &context) }
    case .reply(let mark, let reply): inform(.reply(mark, reply), &context)
    case .started(let pid, let result): inform(.started(pid, result), &context)
    case .system, .control: break
    }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    let waiting = pending
    pending = nil
    switch waiting {
    case .initialize(let then):
      initialized(attempt { try then(&server, received, &context) }, &context)
    case .call(let caller, let then):
      called(attempt { try then(&server, received, &context) }, caller, &context)
    case .cast(let then):
      handled(attempt { try then(&server, received, &context) }, &context)
    case .terminate(let ending, let then):
      terminated(attempt { try then(&server, received, &context) }, ending, &context)
    case nil:
      break
    }
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    end(Ending(stopping: reason), &context)
  }

  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    let old = server
    do {
      try server.codeChange(from: version, extra: extra, &context)
      return "ok"
    } catch {
      server = old
      return .tuple(["error", ExitReason(uncaught: error).term])
    }
  }

  // MARK: - Callbacks

  private mutating func call(
    _ request: any Sendable, _ caller: Caller, _ context: inout ProcessContext
  ) {
    guard let request = request as? Server.Call else {
      return end(Ending(raised: RaisedError("function_clause")), &context)
    }
    called(attempt { try server.handleCall(request, from: caller, &context) }, caller, &context)
  }

  private mutating func cast(_ request: any Sendable, _ context: inout ProcessContext) {
    guard let request = request as? Server.Cast else {
      return end(Ending(raised: RaisedError("function_clause")), &context)
    }
    handled(attempt { try server.handleCast(request, &context) }, &context)
  }

  private mutating func inform(_ info: Info, _ context: inout ProcessContext) {
    handled(attempt { try server.handleInfo(info, &context) }, &context)
  }

  private func attempt<Value>(_ body: () throws -> Value) -> Result<Value, any Error> {
    Result(catching: body)
  }

  // MARK: - Results

  private mutating func initialized(
    _ result: Result<InitResult<Server>, any Error>, _ context: inout ProcessContext
  ) {
    switch result {
    case .success(.running(let next)):
      context.acknowledgeStart()
      go(on: next, &context)
    case .success(.ignore): context.ignoreStart()
    case .success(.stop(let reason)): failStart(reason, &context)
    case .success(.wait(let wait)):
      pending = .initialize(wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    case .failure(let error): failStart(ExitReason(uncaught: error), &context)
    }
  }

  private mutating func called(
    _ result: Result<CallResult<Server>, any Error>, _ caller: Caller,
    _ context: inout ProcessContext
  ) {
    switch result {
    case .success(.replying(let reply, let next)):
      context.reply(to: caller, reply)
      go(on: next, &context)
    case .success(.noReplying(let next)): go(on: next, &context)
    case .success(.stop(let reason, let reply)):
      var ending = Ending(stopping: reason)
      ending.reply = reply.map { (caller, $0) }
      end(ending, &context)
    case .success(.wait(let wait)):
      pending = .call(caller, wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    case .failure(let error): end(Ending(raised: error), &context)
    }
  }

  private mutating func handled(
    _ result: Result<CastResult<Server>, any Error>, _ context: inout ProcessContext
  ) {
    switch result {
    case .success(.noReplying(let next)): go(on: next, &context)
    case .success(.stop(let reason)): end(Ending(stopping: reason), &context)
    case .success(.wait(let wait)):
      pending = .cast(wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    case .failure(let error): end(Ending(raised: error), &context)
    }
  }

  private mutating func go(on next: Next<Server>, _ context: inout ProcessContext) {
    switch next {
    case .receive, .hibernate: break
    case .timeout(let duration):
      do {
        timer = try context.startTimer(duration, ServerTimeout(), to: .pid(context.pid))
      } catch {
        end(Ending(raised: error), &context)
      }
    case .continue(let continuation):
      handled(attempt { try server.handleContinue(continuation, &context) }, &context)
    }
  }

  /// Any message ends the time-out; false for a time-out that ended already (OTP: GS5).
  private mutating func cancelTimer(
    for message: Message, _ context: inout ProcessContext
  ) -> Bool {
    guard let mark = timer else { return true }
    timer = nil
    if case .timer(mark, _) = message {
      inform(.timeout, &context)
      return false
    }
    context.cancelTimer(mark)
    return true
  }

  // MARK: - Ends

  private func failStart(_ reason: ExitReason, _ context: inout ProcessContext) {
    if reason.isAbnormal { context.post(.reported(.crash(pid: context.pid, reason: reason))) }
    context.finish(reason)
  }

  private mutating func end(_ ending: Ending, _ context: inout ProcessContext) {
    terminated(attempt { try server.terminate(ending.reason, &context) }, ending, &context)
  }

  private mutating func terminated(
    _ result: Result<TerminateResult<Server>, any Error>, _ ending: Ending,
    _ context: inout ProcessContext
  ) {
    var ending = ending
    switch result {
    case .success(.done): break
    case .success(.wait(let wait)):
      pending = .terminate(ending, wait.then)
      return context.wait(for: wait.awaited, timeout: wait.timeout)
    case .failure(let error): ending.replace(by: error)
    }
    if let reason = ending.serverReport {
      context.post(.reported(.serverTerminated(pid: context.pid, reason: reason)))
    }
    if let reason = ending.crashReport {
      context.post(.reported(.crash(pid: context.pid, reason: reason)))
    }
    if let (caller, reply) = ending.reply { context.reply(to: caller, reply) }
    context.finish(ending.reason)
  }
}

extension GenServerBody.Ending {
  /// An orderly stop: logged when the reason is abnormal.
  init(stopping reason: ExitReason) {
    let report = reason.isAbnormal ? reason : nil
    self.init(reason: reason, serverReport: report, crashReport: report)
  }

  /// A callback threw: an exit is logged when its reason is abnormal, any other error always.
  init(raised error: any Error) {
    let reason = ExitReason(uncaught: error)
    if error is ProcessExit {
      let report: ExitReason? = reason.isAbnormal ? .raised(reason.term) : nil
      self.init(
        reason: reason, serverReport: report, crashReport: reason.isAbnormal ? reason : nil)
    } else {
      self.init(reason: reason, serverReport: reason, crashReport: reason)
    }
  }

  /// The terminate callback failed itself: that reason holds, and is always logged (OTP: GS16).
  mutating func replace(by error: any Error) {
    let isExit = error is ProcessExit
    reason = ExitReason(uncaught: error)
    serverReport = isExit ? .raised(reason.term) : reason
    crashReport = isExit && !reason.isAbnormal ? nil : reason
  }
}
