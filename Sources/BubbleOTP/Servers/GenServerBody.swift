public import BubbleEvents
public import BubbleKernel

/// The process of a gen_server.
@usableFromInline struct GenServerBody<Server: GenServer>: ProcessBody {
  /// How a server ends: the reason, and what the log says about it (OTP: GS17).
  @usableFromInline struct Ending: Sendable {
    @usableFromInline var reason: ExitReason
    @usableFromInline var serverReport: ExitReason?
    @usableFromInline var crashReport: ExitReason?
    @usableFromInline var reply: (caller: Caller, value: Server.Reply)?
  }

  /// The callback that waits inside its turn.
  @usableFromInline indirect enum Pending: Sendable {
    case initialize(Wait<Server, InitResult<Server>>.Then)
    case call(Caller, Wait<Server, CallResult<Server>>.Then)
    case cast(Wait<Server, CastResult<Server>>.Then)
    /// A time-out of no time, which comes before the mailbox.
    case event(any Sendable)
    case terminate(Ending, Wait<Server, TerminateResult<Server>>.Then)
  }

  @usableFromInline let loop: ServerLoop<Server>
  @usableFromInline var pending: Pending?
  @usableFromInline var idle: IdleTimeout?
  @usableFromInline var server: Server

  @inlinable init(_ server: Server, _ loop: ServerLoop<Server>, idle: IdleTimeout? = nil) {
    self.loop = loop
    self.server = server
    self.idle = idle
  }

  @usableFromInline var behaviour: String { server.behaviour }

  @usableFromInline func describeState() -> [ProcessInspection.Field] { server.describeState() }

  @usableFromInline mutating func replaceState(_ field: String, with value: Term) throws {
    try server.replaceState(field, with: value)
  }

  @usableFromInline mutating func start(_ context: inout ProcessContext) throws {
    loop.start(&self, &context)
  }

  @usableFromInline mutating func receive(
    _ message: Message, _ context: inout ProcessContext
  ) throws {
    loop.receive(&self, message, &context)
  }

  @usableFromInline mutating func resume(
    _ received: Received, _ context: inout ProcessContext
  ) throws {
    loop.resume(&self, received, &context)
  }

  @usableFromInline mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws {
    loop.terminate(&self, reason, &context)
  }

  @usableFromInline mutating func systemRequestServed(
    isSuspended: Bool, _ context: inout ProcessContext
  ) throws {
    guard var timeout = idle, timeout.event == nil else { return }
    if let mark = timeout.mark { context.cancelTimer(mark) }
    timeout.mark = isSuspended ? nil : try startTimer(timeout.duration, &context)
    idle = timeout
  }

  @usableFromInline mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    let old = server
    do {
      try server.codeChange(from: version, extra: extra, &context)
      return "ok"
    } catch {
      server = old
      return ExitReason.codeChangeFailure(error)
    }
  }
}

extension GenServerBody {
  @inlinable mutating func handleStart(_ context: inout ProcessContext) {
    do {
      initialized(try server.initialize(&context), &context)
    } catch {
      failStart(ExitReason(uncaught: error), &context)
    }
  }

  @inlinable mutating func handle(_ message: Message, _ context: inout ProcessContext) {
    if idle != nil, !endTimeout(for: message, &context) { return }
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
    case .control: context.refuseRequest("not_a_supervisor")
    case .system: break
    }
  }

  @inlinable mutating func handle(_ received: Received, _ context: inout ProcessContext) {
    guard let waiting = pending else { return }
    pending = nil
    switch waiting {
    case .initialize(let then):
      do {
        initialized(try then(&server, received, &context), &context)
      } catch {
        failStart(ExitReason(uncaught: error), &context)
      }
    case .call(let caller, let then):
      do {
        called(try then(&server, received, &context), caller, &context)
      } catch {
        end(Ending(raised: error), &context)
      }
    case .cast(let then):
      do {
        handled(try then(&server, received, &context), &context)
      } catch {
        end(Ending(raised: error), &context)
      }
    case .event(let event): inform(.message(event), &context)
    case .terminate(let ending, let then):
      do {
        terminated(try then(&server, received, &context), ending, &context)
      } catch {
        finish(ending.replaced(by: error), &context)
      }
    }
  }

  // MARK: - Callbacks

  @inlinable mutating func call(
    _ request: any Sendable, _ caller: Caller, _ context: inout ProcessContext
  ) {
    guard let request = unpack(request, as: Server.Call.self) else {
      return end(Ending(raised: RaisedError("function_clause")), &context)
    }
    do {
      called(try server.handleCall(request, from: caller, &context), caller, &context)
    } catch {
      end(Ending(raised: error), &context)
    }
  }

  @inlinable mutating func cast(_ request: any Sendable, _ context: inout ProcessContext) {
    guard let request = unpack(request, as: Server.Cast.self) else {
      return end(Ending(raised: RaisedError("function_clause")), &context)
    }
    do {
      handled(try server.handleCast(request, &context), &context)
    } catch {
      end(Ending(raised: error), &context)
    }
  }

  @inlinable mutating func inform(_ info: Info, _ context: inout ProcessContext) {
    do {
      handled(try server.handleInfo(info, &context), &context)
    } catch {
      end(Ending(raised: error), &context)
    }
  }

  // MARK: - Results

  @inlinable mutating func initialized(
    _ result: InitResult<Server>, _ context: inout ProcessContext
  ) {
    switch result {
    case .running(let next):
      context.acknowledgeStart()
      go(on: next, &context)
    case .ignore: context.ignoreStart()
    case .stop(let reason): failStart(reason, &context)
    case .wait(let wait):
      pending = .initialize(wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  @inlinable mutating func called(
    _ result: CallResult<Server>, _ caller: Caller, _ context: inout ProcessContext
  ) {
    switch result {
    case .replying(let reply, let next):
      context.reply(to: caller, reply)
      go(on: next, &context)
    case .noReplying(let next): go(on: next, &context)
    case .stop(let reason, let reply):
      var ending = Ending(stopping: reason)
      ending.reply = reply.map { (caller, $0) }
      end(ending, &context)
    case .wait(let wait):
      pending = .call(caller, wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  @inlinable mutating func handled(
    _ result: CastResult<Server>, _ context: inout ProcessContext
  ) {
    switch result {
    case .noReplying(let next): go(on: next, &context)
    case .stop(let reason): end(Ending(stopping: reason), &context)
    case .wait(let wait):
      pending = .cast(wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  @inlinable mutating func go(on next: Next<Server>, _ context: inout ProcessContext) {
    switch next {
    case .receive, .hibernate: break
    case .timeout(let duration): begin(IdleTimeout(duration), &context)
    case .eventTimeout(let duration, let event): begin(duration, event, &context)
    case .eventTimeoutAt(let instant, let event):
      begin(max(.zero, instant - context.now), event, &context)
    case .continue(let continuation):
      do {
        handled(try server.handleContinue(continuation, &context), &context)
      } catch {
        end(Ending(raised: error), &context)
      }
    }
  }
}

extension ExitReason {
  /// What sys:change_code answers when the callback failed by `error`.
  static func codeChangeFailure(_ error: any Error) -> Term {
    .tuple(["error", .tuple(["EXIT", ExitReason(uncaught: error).term])])
  }
}
