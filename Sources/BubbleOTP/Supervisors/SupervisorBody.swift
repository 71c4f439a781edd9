internal import BubbleEvents
internal import BubbleKernel

/// A supervisor's process: tells its logic what happened and does what the logic says.
///
/// The process here and the logic, a state machine that is a value, talk like this:
///
///     from outside             this process                 logic (a SupervisorLogic)
///     ------------             ------------                 -------------------------
///     it is started            start           booted       -> its first child is to start
///     EXIT of a child          receive         childExited  -> RestartVerdict, then by strategy
///     EXIT of the parent       receive         stopRequested
///     sys:terminate            terminate       stopRequested
///     a call, or a request     receive         requested
///     its own retry            receive         retryDue
///     new code, an edit        changeCode      flagsChanged, specsChanged (only events follow)
///
///     start     <-  runs a start function and waits   -> startFinished   -> the next action
///     stop      <-  signals a child and waits         -> childStopped    -> the next action
///     stopAll   <-  signals all of them and waits     -> childStopped, one by one
///     retry     <-  sends itself a message, behind all that waits in its mailbox
///     post, decide, reply, acknowledge, failStart, end: done at once
///
/// While it waits it takes nothing but what it waits for (OTP: S92), so a logic that is in the
/// middle of something hears only the outcome. What anybody may send is sorted out here: a message
/// of the wrong kind, and the end of a process that is nobody's child. What the logic is told and
/// cannot be, given what it asked for, is an error of this program, and stops it.
struct SupervisorBody: ProcessBody {
  /// What it waits for inside its turn; it serves nothing meanwhile (OTP: S92).
  enum Waiting: Sendable {
    case start(info: Term?)
    case stop(ChildID, PID, Reference)
    case stopAll([Stopping], marks: ClosedRange<Reference>, deadline: RuntimeInstant?)
  }

  /// A child that was told to end with others.
  struct Stopping: Sendable {
    var id: ChildID
    var pid: PID
    /// When it is killed; nil when it is given all the time, or has been killed.
    var deadline: RuntimeInstant?
  }

  let definition: Supervisor
  var logic: (any SupervisorLogic)?
  var waiting: Waiting?
  /// The event that everything done now counts as caused by, also after a wait.
  var actingCause: Event.ID?
  /// What goes wrong with the children on request.
  var faults = ArmedFaults()

  init(_ definition: Supervisor) {
    self.definition = definition
  }

  var behaviour: String { "supervisor \(definition.module)" }

  func describeState() -> [ProcessInspection.Field] { logic?.describeState() ?? [] }

  // MARK: - Turns

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = true
    context.setActing(true)
    actingCause = context.cause
    switch try definition.initialize(&context) {
    case .ignore: context.ignoreStart()
    case .invalid(let value):
      let call = Term.tuple([.atom(definition.module), "init", value])
      fail(.failure(.tuple(["bad_return", call])), &context)
    case .dynamic(let dynamic):
      let flags = SupervisorFlags(strategy: .simpleOneForOne, intensity: dynamic.intensity)
      boot(
        DynamicStateMachine(supervisor: context.pid, flags: flags, source: .own(dynamic)), &context)
    case .supervise(let flags, let specs): boot(.typed(flags, specs), &context)
    case .unchecked(let flags, let specs): boot(.unchecked(flags, specs), &context)
    }
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    actingCause = context.cause
    switch message {
    case .exit(let from?, let reason):
      if from == context.parent {
        perform(logic?.stopRequested(reason), &context)
      } else {
        perform(logic?.childExited(from, reason, at: context.now), &context)
      }
    case .exit(nil, _): break
    case .call(let request, let caller): serve(request, caller, &context)
    case .plain(let retry as RetryRequest):
      perform(logic?.retryDue(retry.id, at: context.now), &context)
    case .control(let request): serve(request, &context)
    case .plain(let payload): reportUnexpected(String(describing: payload), &context)
    case .down, .timer, .reply, .started: reportUnexpected(message.description, &context)
    case .cast: perform(logic?.stopRequested(.raised("function_clause")), &context)
    case .system: break
    }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    context.cause = actingCause
    let ended = waiting
    waiting = nil
    switch (ended, received) {
    case (.start(let info), .message(.started(let pid, let result))):
      perform(logic?.startFinished(result.with(info, of: pid)), &context)
    case (.stop(let id, let pid, let mark), .timedOut):
      kill(id, pid, &context)
      waiting = .stop(id, pid, mark)
      context.wait(for: .down(mark))
    case (.stop, .message(.down(_, let pid?, let reason))):
      let outcome = outcome(of: pid, reason, &context)
      perform(logic?.childStopped(pid, outcome), &context)
    case (.stopAll(let targets, let marks, _), .timedOut): killLate(targets, marks, &context)
    case (.stopAll(_, let marks, let deadline), .message(.down(let mark, let pid?, let reason))):
      waiting = ended
      if marks.contains(mark) {
        let outcome = outcome(of: pid, reason, &context)
        perform(logic?.childStopped(pid, outcome), &context)
      } else {
        // A start function, or the init, watches somebody in the supervisor's name.
        reportUnexpected(Message.down(mark, pid, reason).description, &context)
      }
      context.wait(for: .anyDown, until: deadline)
    case (.start, _), (.stop, _), (.stopAll, _), (nil, _):
      preconditionFailure("a supervisor was woken by something it did not wait for")
    }
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    actingCause = context.cause
    perform(logic?.stopRequested(reason), &context)
  }

  // MARK: - Its own start

  private mutating func boot(_ proposal: Proposal, _ context: inout ProcessContext) {
    let flags: SupervisorFlags
    do {
      flags = try proposal.checkedFlags()
    } catch {
      return fail(.failure(.tuple(["supervisor_data", error.term])), &context)
    }
    if flags.strategy == .simpleOneForOne, proposal.ids.count != 1 {
      return fail(.failure(.tuple(["bad_start_spec", .list(proposal.ids)])), &context)
    }
    let children: [ChildSpec]
    do {
      children = try proposal.checkedChildren(flags)
    } catch {
      return fail(.failure(.tuple(["start_spec", error.term])), &context)
    }
    if flags.strategy == .simpleOneForOne, let template = children.first {
      boot(
        DynamicStateMachine(
          supervisor: context.pid, flags: flags, source: .template(template)), &context)
    } else {
      boot(
        SupervisorStateMachine(
          supervisor: context.pid, flags: flags, specs: children), &context)
    }
  }

  private mutating func boot(_ logic: any SupervisorLogic, _ context: inout ProcessContext) {
    self.logic = logic
    perform(self.logic?.booted(), &context)
  }

  private func fail(_ reason: ExitReason, _ context: inout ProcessContext) {
    if reason.isAbnormal { context.post(.reported(.crash(pid: context.pid, reason: reason))) }
    context.finish(reason)
  }

  // MARK: - Requests

  private mutating func serve(
    _ request: any Sendable, _ caller: Caller, _ context: inout ProcessContext
  ) {
    guard let request = unpack(request, as: SupervisorRequest.self) else {
      return perform(logic?.stopRequested(.raised("function_clause")), &context)
    }
    answer(request, caller, &context)
  }

  private mutating func serve(_ control: ControlRequest, _ context: inout ProcessContext) {
    switch control {
    case .child(_, let id, let request): serve(request, id, &context)
    case .supervisor(_, let request): serve(request, &context)
    case .process, .application, .release, .node, .network: context.refuseRequest("badarg")
    }
  }

  private mutating func serve(
    _ request: ControlRequest.ChildRequest, _ id: ChildID, _ context: inout ProcessContext
  ) {
    switch request {
    case .restart: answer(.restartChild(key(of: id)), nil, &context)
    case .terminate: answer(.terminateChild(key(of: id)), nil, &context)
    case .delete: answer(.deleteChild(key(of: id)), nil, &context)
    case .change(let settings): change(id, to: settings, &context)
    case .injectFault(let fault):
      guard logic?.hasPlace(id) == true else { return context.refuseRequest("not_found") }
      faults.arm(fault, at: id)
    }
  }

  private mutating func serve(
    _ request: ControlRequest.SupervisorRequest, _ context: inout ProcessContext
  ) {
    switch request {
    case .startChild(let arguments): answer(.startDynamic(arguments), nil, &context)
    case .changeFlags(let flags):
      do {
        _ = try UncheckedFlags(flags.intensity).checked()
        change(flags, &context)
      } catch {
        context.refuseRequest(error.term)
      }
    case .reorderChildren(let order): reorder(order, &context)
    }
  }

  private mutating func answer(
    _ request: SupervisorRequest, _ caller: Caller?, _ context: inout ProcessContext
  ) {
    var request = request
    if case .startDynamic(let arguments) = request, let spec = definition.offers?(arguments) {
      request = .startChild(spec)
    }
    let actions = logic?.requested(request, caller) { context.isAlive($0) }
    perform(actions, &context)
  }

  func key(of id: ChildID) -> Term { logic?.key(of: id) ?? "undefined" }

  private func reportUnexpected(_ text: String, _ context: inout ProcessContext) {
    context.post(.reported(.unexpectedMessage(pid: context.pid, message: text)))
  }
}

extension StartResult {
  /// The result with what a start function adds for callers of the supervisor API.
  fileprivate func with(_ info: Term?, of pid: PID) -> StartResult {
    switch self {
    case .ok: .ok(pid, info: info)
    case .ignore, .error: self
    }
  }
}
