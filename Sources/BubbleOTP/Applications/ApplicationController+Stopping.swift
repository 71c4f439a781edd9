internal import BubbleEvents
internal import BubbleKernel

/// Applications that are stopped again because a later one of the same request failed.
public struct ApplicationRollback: Sendable {
  /// Last started first.
  var names: [String]
  var caller: Caller
  var error: Term
}

/// How applications stop, and what their end does to the machine.
extension ApplicationController {
  /// Stops an application (OTP: A6); meanwhile the controller serves nothing else.
  mutating func stop(
    _ name: String, _ context: inout ProcessContext
  ) -> CallResult<ApplicationController> {
    guard isRunning(name) else {
      if stopWaiting(name, &context) { return .reply(.ok) }
      return .reply(.error(.tuple(["not_started", .atom(name)])))
    }
    let done = CallResult<ApplicationController>.reply(.ok)
    return stopping(name, &context) { _, _ in done }.map(CallResult.wait) ?? done
  }

  /// Serves a request from outside, which nobody waits for: what cannot be is posted.
  mutating func serve(
    _ request: ControlRequest, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    if case .application(_, let name, .start(let restart)) = request {
      if case .error(let reason)? = start(name, restart, for: .outside, &context) {
        post(.refused(reason), name, nil, &context)
      }
    } else if case .application(_, let name, .stop) = request {
      guard isRunning(name) else {
        post(.refused(.tuple(["not_started", .atom(name)])), name, nil, &context)
        return .noReply
      }
      return stopping(name, &context) { _, _ in .noReply }.map(CastResult.wait) ?? .noReply
    } else {
      context.refuseRequest("badarg")
    }
    return .noReply
  }

  /// Stops what a failed start of several has started, then answers.
  mutating func rollBack(
    _ rollback: ApplicationRollback, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    var rest = rollback
    while let name = rest.names.first {
      rest.names.removeFirst()
      guard isRunning(name) else { continue }
      let wait = stopping(name, &context) { [rest] controller, context in
        controller.rollBack(rest, &context)
      }
      if let wait { return .wait(wait) }
    }
    context.reply(to: rest.caller, ApplicationReply.error(rest.error))
    return .noReply
  }

  /// Stops everything that runs, last started first; the controller ends after that.
  mutating func stopAll(
    _ context: inout ProcessContext
  ) -> TerminateResult<ApplicationController> {
    while let name = running.first?.name {
      let wait = stopping(name, &context) { controller, context in controller.stopAll(&context) }
      if let wait { return .wait(wait) }
    }
    return .done
  }

  /// Tells the master to stop, and waits for its end without a limit; nil when there is nothing to
  /// wait for.
  mutating func stopping<Result: Sendable>(
    _ name: String, _ context: inout ProcessContext,
    then: @escaping @Sendable (inout ApplicationController, inout ProcessContext) -> Result
  ) -> Wait<ApplicationController, Result>? {
    guard let master = running.first(where: { $0.name == name })?.master else {
      stopped(name, nil, .normal, &context)
      return nil
    }
    let mark = context.monitorQuietly(master)
    context.send(ApplicationStopRequest(), to: master)
    return Wait(.down(mark)) { controller, received, context in
      var reason = ExitReason.normal
      if case .message(.down(_, _, let seen)) = received { reason = seen }
      _ = context.takeExitMessage(from: master)
      controller.stopped(name, master, reason, &context)
      return then(&controller, &context)
    }
  }

  private mutating func stopped(
    _ name: String, _ master: PID?, _ reason: ExitReason, _ context: inout ProcessContext
  ) {
    running.removeAll { $0.name == name }
    distributedStopped(name, &context)
    post(.stopped(reason), name, master, &context)
  }

  /// The end of an application that nobody stopped (OTP: A20).
  mutating func exited(
    _ master: PID, _ reason: ExitReason, _ context: inout ProcessContext
  ) -> CastResult<ApplicationController> {
    guard let entry = running.first(where: { $0.master == master }) else { return .noReply }
    stopped(entry.name, master, reason, &context)
    let isHarmless =
      switch entry.restart {
      case .permanent: false
      case .transient: reason == .normal
      case .temporary: true
      }
    guard !isHarmless else { return .noReply }
    post(.endsMachine(entry.restart, reason), entry.name, master, &context)
    return .stop(
      .failure(.tuple(["application_terminated", .atom(entry.name), reason.term])))
  }
}
