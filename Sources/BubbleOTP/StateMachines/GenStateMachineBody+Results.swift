import BubbleEvents
import BubbleKernel

extension GenStateMachineBody {
  // MARK: - Results and actions

  /// What follows from a callback's result (OTP: SM3); `before` is the data it was given.
  mutating func handled(
    _ result: StateResult<Machine>, _ before: Machine, _ context: inout ProcessContext
  ) {
    guard let present = flight else { return }
    switch result {
    case .nextState(present.state, let actions): act(actions, entersNext: false, &context)
    case .nextState(let next, let actions):
      guard !present.isEntering else {
        let value: Term = .tuple([
          "next_state", Term(reflecting: next), Term(reflecting: present.machine),
        ])
        flight?.machine = before
        return fail("bad_state_enter_return_from_state_function", value, &context)
      }
      flight?.state = next
      act(actions, entersNext: true, &context)
    case .keepState(let actions): act(actions, entersNext: false, &context)
    case .keepStateAndData(let actions):
      flight?.machine = before
      act(actions, entersNext: false, &context)
    case .repeatState(let actions): act(actions, entersNext: true, &context)
    case .repeatStateAndData(let actions):
      flight?.machine = before
      act(actions, entersNext: true, &context)
    case .stop(let reason): stop(StateMachineEnding(stopping: reason), &context)
    case .stopAndReply(let reason, let replies):
      for (caller, reply) in replies { context.reply(to: caller, reply) }
      stop(StateMachineEnding(stopping: reason), &context)
    case .invalid(let value):
      flight?.machine = before
      fail("bad_return_from_state_function", value, &context)
    case .wait(let wait):
      pending = .event(before: before, wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  /// Collects the actions, sends the replies among them, and completes the transition unless an
  /// enter call comes first.
  mutating func act(
    _ actions: [StateAction<Machine>], entersNext: Bool, _ context: inout ProcessContext
  ) {
    guard var present = flight else { return }
    flight = nil
    for action in actions {
      switch action {
      case .reply(let caller, let reply): context.reply(to: caller, reply)
      case .hibernate: break
      case .postpone: present.isPostponed = true
      case .nextEvent(let event): present.inserted.append(event)
      case .timeout, .timeoutAt, .cancel, .update: present.timeouts.append(action)
      }
      if let reason = present.refusal(of: action) {
        flight = present
        return fail(reason, action.term, &context)
      }
    }
    present.entersNext = entersNext && present.machine.entersStates
    flight = present
    if !present.entersNext { commit(&context) }
  }

  /// Starts and stops time-outs: the last action for each is the one that holds, and the last one
  /// is done first, as in OTP.
  mutating func start(
    _ actions: [StateAction<Machine>], _ context: inout ProcessContext
  ) throws {
    var seen: Set<StateTimeout> = []
    var atOnce: [StateTimeout] = []
    for action in actions.reversed() {
      guard let timeout = action.timeout, seen.insert(timeout).inserted else { continue }
      switch action {
      case .timeout(_, .some(.zero), let content):
        timers.startAtOnce(timeout, content, &context)
        atOnce.append(timeout)
      case .timeout(_, let delay?, let content):
        try timers.start(timeout, at: context.now + delay, content, &context)
      case .timeoutAt(_, let instant, let content):
        try timers.start(timeout, at: instant, content, &context)
      case .timeout, .cancel: timers.cancel(timeout, &context)
      case .update(_, let content):
        if !timers.update(timeout, content) {
          timers.startAtOnce(timeout, content, &context)
          atOnce.append(timeout)
        }
      case .reply, .postpone, .nextEvent, .hibernate: break
      }
    }
    timers.enqueue(atOnce.reversed())
  }

  // MARK: - Ends

  /// Ends with an error of the machine's making, at the state and data that the callback left.
  private mutating func fail(
    _ error: Term, _ value: Term, _ context: inout ProcessContext
  ) {
    stop(StateMachineEnding(raised: RaisedError(.tuple([error, value]))), &context)
  }

  private mutating func stop(_ ending: StateMachineEnding, _ context: inout ProcessContext) {
    if let flight {
      state = flight.state
      machine = flight.machine
    }
    end(ending, &context)
  }

  mutating func end(_ ending: StateMachineEnding, _ context: inout ProcessContext) {
    flight = nil
    hasEnded = true
    guard let state else { return finish(ending, &context) }
    do {
      terminated(try machine.terminate(ending.told, state, &context), ending, &context)
    } catch {
      finish(ending.replaced(by: error), &context)
    }
  }

  mutating func terminated(
    _ result: TerminateResult<Machine>, _ ending: StateMachineEnding,
    _ context: inout ProcessContext
  ) {
    switch result {
    case .done: finish(ending, &context)
    case .wait(let wait):
      pending = .terminate(ending, wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  func finish(_ ending: StateMachineEnding, _ context: inout ProcessContext) {
    if let reason = ending.serverReport {
      context.post(.reported(.serverTerminated(pid: context.pid, reason: reason)))
    }
    if let reason = ending.crashReport {
      context.post(.reported(.crash(pid: context.pid, reason: reason)))
    }
    context.finish(ending.reason)
  }
}

extension GenStateMachineBody.Flight {
  /// The error that an action is, if it is one: an enter call may not postpone or insert events, an
  /// enter event cannot be inserted, and no time is negative.
  fileprivate func refusal(of action: StateAction<Machine>) -> Term? {
    switch action {
    case .postpone where isEntering, .nextEvent where isEntering:
      "bad_state_enter_action_from_state_function"
    case .nextEvent(.enter): "bad_action_from_state_function"
    case .timeout(_, let delay?, _) where delay < .zero: "bad_action_from_state_function"
    case .reply, .postpone, .nextEvent, .timeout, .timeoutAt, .cancel, .update, .hibernate: nil
    }
  }
}

extension StateAction {
  /// The time-out that the action is about.
  fileprivate var timeout: StateTimeout? {
    switch self {
    case .timeout(let timeout, _, _), .timeoutAt(let timeout, _, _), .cancel(let timeout),
      .update(let timeout, _):
      timeout
    case .reply, .postpone, .nextEvent, .hibernate: nil
    }
  }

  /// The action as OTP writes it in an exit reason.
  fileprivate var term: Term {
    switch self {
    case .nextEvent(let event): event.term.prefixed(by: "next_event")
    case .timeout(let timeout, let delay?, let content):
      .tuple([
        timeout.term, .integer(Int(delay / .milliseconds(1))), Term(reflecting: content),
      ])
    case .postpone: "postpone"
    case .reply, .timeout, .timeoutAt, .cancel, .update, .hibernate: Term(reflecting: self)
    }
  }
}

/// How a state machine ends: the reason, what terminate is told, and what the log says about it.
struct StateMachineEnding: Sendable {
  var reason: ExitReason
  /// A raised error is told without the place of its stack trace, unlike in a gen_server.
  var told: ExitReason
  var serverReport: ExitReason?
  var crashReport: ExitReason?
}

extension StateMachineEnding {
  /// An orderly stop: logged when the reason is abnormal.
  init(stopping reason: ExitReason) {
    let report = reason.isAbnormal ? reason : nil
    self.init(reason: reason, told: reason, serverReport: report, crashReport: report)
  }

  /// A start that returned `stop`: the behaviour itself says nothing about it.
  init(returning reason: ExitReason) {
    self.init(stopping: reason)
    serverReport = nil
  }

  /// A callback threw; the log of the machine says so unless the bare reason is a normal one.
  init(raised error: any Error) {
    let reason = ExitReason(uncaught: error)
    self.init(stopping: reason)
    guard !(error is ProcessExit) else { return }
    told = ExitReason((error as? RaisedError)?.term ?? Term(reflecting: error))
    serverReport = told.isAbnormal ? reason : nil
  }

  /// The terminate callback failed itself: that reason holds, and is always logged (OTP: GS16).
  func replaced(by error: any Error) -> Self {
    var ending = self
    ending.reason = ExitReason(uncaught: error)
    ending.serverReport = ending.reason
    ending.crashReport = ending.reason.isAbnormal ? ending.reason : nil
    return ending
  }
}
