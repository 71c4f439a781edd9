internal import BubbleEvents
internal import BubbleKernel

/// The decisions of a supervisor whose children are added at run time: of one template (OTP:
/// simple_one_for_one), or each with a specification of its own (Elixir: DynamicSupervisor).
///
/// A child keeps its number through restarts. Finding, adding and removing one does not depend on
/// how many there are.
struct DynamicStateMachine: SupervisorLogic {
  enum ChildState: Hashable, Sendable {
    case starting
    case running(PID)
    case restarting(PID)
  }

  struct Child: Sendable {
    var state: ChildState
    /// Nil when they are not kept, so that no restart can have them.
    var arguments: [Term]?
    /// Nil for a child of the template.
    var spec: SpecificationBox?
  }

  /// What the children are made of.
  enum Source: Sendable {
    case template(ChildSpec)
    case own(DynamicSupervisor)
  }

  enum Activity: Sendable {
    case idle
    case adding(Int, Caller?)
    case restarting(Int)
    case stopping(Int, Caller?)
    case ending(ExitReason, left: Int, errors: [StopErrors])
  }

  /// How many children ended for the same unexpected reason when all were stopped (S80).
  struct StopErrors: Sendable {
    var outcome: StopOutcome
    var count: Int
    var child: Int
    var description: ChildDescription
  }

  var flags: SupervisorFlags
  var supervisor: PID
  var source: Source
  var children: [Child?] = []
  var numbers: OrderedTable<PID, Int> = OrderedTable()
  var pool = NumberPool()
  var history = RestartHistory()
  var activity = Activity.idle
  var count = 0
  var restartingCount = 0
  /// Whether the arguments of a start are kept for restarts: not when the first template was
  /// temporary, and no later template changes that (OTP: S35).
  let keepsArguments: Bool

  init(supervisor: PID, flags: SupervisorFlags, source: Source) {
    self.supervisor = supervisor
    self.flags = flags
    self.source = source
    switch source {
    case .template(let template): keepsArguments = template.restart != .temporary
    case .own: keepsArguments = true
    }
  }

  var specs: [ChildSpec] {
    switch source {
    case .template(let template): [template]
    case .own: []
    }
  }

  var isActing: Bool {
    switch activity {
    case .idle: restartingCount > 0
    case .adding, .restarting, .stopping, .ending: true
    }
  }

  // MARK: - Inputs

  mutating func booted() -> [SupervisorAction] {
    [.post(.supervisor(supervisor, .configured(flags))), .acknowledge]
  }

  mutating func startFinished(_ result: StartResult) -> [SupervisorAction] {
    switch activity {
    case .adding(let number, let caller): return added(number, caller, result)
    case .restarting(let number): return restarted(number, result)
    case .idle, .stopping, .ending:
      preconditionFailure("a child of a supervisor that starts none has been started")
    }
  }

  mutating func childExited(
    _ pid: PID, _ reason: ExitReason, at now: RuntimeInstant
  ) -> [SupervisorAction] {
    guard let number = numbers[pid], children[number]?.state == .running(pid) else { return [] }
    let spec = spec(number)
    let id = ChildID.dynamic(number)
    var actions: [SupervisorAction] = [
      .decide(.child(of: supervisor, id, .terminated(pid, reason)))
    ]
    if RestartVerdict.isReported(spec.restart, reason) {
      actions.append(report(.childTerminated, reason.term, .process(pid), number))
    }
    switch RestartVerdict(spec.restart, reason) {
    case .restart: return actions + restart(number, at: now)
    case .keep, .forget:
      actions.append(
        .post(
          .child(of: supervisor, id, .restartNotNeeded(spec.restart, reason))))
      return actions + [forget(number)]
    }
  }

  mutating func retryDue(_ id: ChildID, at now: RuntimeInstant) -> [SupervisorAction] {
    guard case .dynamic(let number) = id, number < children.count,
      case .restarting = children[number]?.state
    else { return [] }
    return restart(number, at: now)
  }

  mutating func childStopped(_ pid: PID, _ outcome: StopOutcome) -> [SupervisorAction] {
    switch activity {
    case .stopping(let number, let caller):
      activity = .idle
      var actions = [stopped(number, pid, outcome)]
      if !isExpected(outcome, number) {
        actions.append(report(.shutdownError, outcome.reason.term, .process(pid), number))
      }
      return actions + [forget(number), .reply(caller, .ok)]
    case .ending(let reason, let left, let errors):
      guard let number = numbers[pid] else {
        preconditionFailure("a child that is not in the table was stopped")
      }
      return ended(number, pid, outcome, reason, left, errors)
    case .idle, .adding, .restarting:
      preconditionFailure("a child that the supervisor has not stopped was stopped")
    }
  }

  /// All children are told at once and waited for together (S80).
  mutating func stopRequested(_ reason: ExitReason) -> [SupervisorAction] {
    var targets: [(ChildID, PID, ChildShutdown)] = []
    var actions: [SupervisorAction] = []
    for number in children.indices {
      switch children[number]?.state {
      case .running(let pid): targets.append((.dynamic(number), pid, spec(number).shutdown))
      case .restarting: actions.append(forget(number))
      case .starting, nil: break
      }
    }
    guard !targets.isEmpty else { return actions + [.end(reason)] }
    activity = .ending(reason, left: targets.count, errors: [])
    return actions + [.stopAll(targets)]
  }

  // MARK: - Starting

  /// Elixir's has the bare reason where OTP's has `{'EXIT',Reason}`.
  func startError(_ reason: ExitReason) -> Term {
    switch source {
    case .template: .tuple(["EXIT", reason.term])
    case .own: reason.term
    }
  }

  private mutating func added(
    _ number: Int, _ caller: Caller?, _ result: StartResult
  ) -> [SupervisorAction] {
    activity = .idle
    let id = ChildID.dynamic(number)
    switch result {
    case .ok(let pid, let info):
      let replaced = replace(pid, by: number)
      setState(number, .running(pid))
      if !keepsArguments { children[number]?.arguments = nil }
      return replaced + [
        .post(.child(of: supervisor, id, .started(pid))),
        .reply(caller, .child(pid, info: info)),
      ]
    case .ignore:
      return [
        .post(.child(of: supervisor, id, .ignored)), forget(number),
        .reply(caller, .child(nil, info: nil)),
      ]
    case .error(let reason):
      return [
        .decide(
          .child(of: supervisor, id, .startFailed(ExitReason(reason)))),
        forget(number), .reply(caller, .failure(.startFailed(reason))),
      ]
    }
  }

  /// A start function may return a process that is a child already: then it is one child, the later
  /// one, since children are found by their process (OTP: the table of pids).
  private mutating func replace(_ pid: PID, by number: Int) -> [SupervisorAction] {
    guard let older = numbers[pid], older != number else { return [] }
    return [forget(older)]
  }

  private mutating func restart(_ number: Int, at now: RuntimeInstant) -> [SupervisorAction] {
    let id = ChildID.dynamic(number)
    let used = history.add(at: now, period: flags.intensity.seconds)
    guard used <= flags.intensity.restarts else {
      let offender = offender(number)
      let report = report(.shutdown, "reached_max_restart_intensity", offender, number)
      let exceeded = SupervisorAction.decide(
        .supervisor(supervisor, .intensityExceeded(id, used: used, flags.intensity)))
      return [exceeded, report, forget(number)] + stopRequested(.shutdown)
    }
    activity = .restarting(number)
    return [
      .post(.supervisor(supervisor, .restartCounted(used: used, flags.intensity))),
      .decide(
        .supervisor(supervisor, .restartDecided(id, flags.strategy, stops: 0, starts: 1))),
      startAction(number),
    ]
  }

  private mutating func restarted(
    _ number: Int, _ result: StartResult
  ) -> [SupervisorAction] {
    activity = .idle
    let id = ChildID.dynamic(number)
    let completed = SupervisorAction.post(.supervisor(supervisor, .restartCompleted(id)))
    switch result {
    case .ok(let pid, _):
      let replaced = replace(pid, by: number)
      setState(number, .running(pid))
      return replaced + [
        .post(.child(of: supervisor, id, .started(pid))), completed,
      ]
    case .ignore:
      return [.post(.child(of: supervisor, id, .ignored)), forget(number), completed]
    case .error(let reason):
      let report = report(.startError, reason, offender(number), number)
      if case .running(let pid) = children[number]?.state { setState(number, .restarting(pid)) }
      return [
        .decide(
          .child(of: supervisor, id, .startFailed(ExitReason(reason)))),
        report, .retry(id),
      ]
    }
  }

  // MARK: - Stopping

  private mutating func ended(
    _ number: Int, _ pid: PID, _ outcome: StopOutcome, _ reason: ExitReason, _ left: Int,
    _ errors: [StopErrors]
  ) -> [SupervisorAction] {
    var errors = errors
    if !isExpected(outcome, number) { note(outcome, number, in: &errors) }
    var actions = [stopped(number, pid, outcome), forget(number)]
    guard left > 1 else {
      activity = .idle
      for error in errors {
        actions.append(
          .post(
            .reported(
              .supervisor(
                supervisor: supervisor, context: .shutdownError,
                reason: error.outcome.reason.term, offender: .children(error.count),
                child: error.description))))
      }
      return actions + [.end(reason)]
    }
    activity = .ending(reason, left: left - 1, errors: errors)
    return actions
  }

  private func note(_ outcome: StopOutcome, _ number: Int, in errors: inout [StopErrors]) {
    if let index = errors.firstIndex(where: { $0.outcome == outcome }) {
      errors[index].count += 1
    } else {
      errors.append(
        StopErrors(
          outcome: outcome, count: 1, child: number, description: description(number)))
    }
  }
}
