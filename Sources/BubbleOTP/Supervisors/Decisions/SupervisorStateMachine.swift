internal import BubbleEvents
internal import BubbleKernel

/// The decisions of a supervisor of a fixed list of children (OTP: supervisor.erl).
///
/// | strategy | stops, in reverse start order | starts, in start order |
/// | --- | --- | --- |
/// | one_for_one | nobody | the dead child |
/// | rest_for_one | those after it | it and those after it |
/// | one_for_all | all others | all |
///
/// Temporary children that are stopped with others are forgotten; transient and permanent ones are
/// started, even if they had no process before (S59).
struct SupervisorStateMachine: SupervisorLogic {
  /// What runs in a child's place.
  enum ChildState: Hashable, Sendable {
    case empty
    case running(PID)
    /// Its restart failed; the process that it was before the first attempt.
    case restarting(PID?)

    var offender: Report.Offender {
      switch self {
      case .empty: .process(nil)
      case .running(let pid): .process(pid)
      case .restarting(let pid): .restarting(pid)
      }
    }
  }

  struct Child: Sendable {
    var spec: ChildSpec
    var state: ChildState = .empty
    var id: ChildID { .named(spec.id) }
    var description: ChildDescription { spec.described(as: id) }
  }

  /// What the supervisor is in the middle of.
  enum Activity: Sendable {
    case idle
    /// Stops those from `cursor` down to `lowest`.
    case stopping(cursor: Int, lowest: Int, then: AfterStopping)
    /// Starts the one at `cursor`, and for a group those after it.
    case starting(cursor: Int, purpose: Starting)
  }

  enum AfterStopping: Sendable {
    /// The group that was stopped starts again.
    case restart(Origin)
    /// The supervisor ends.
    case end(ExitReason)
    /// The supervisor's own start has failed.
    case failStart(ExitReason)
    /// A request is answered.
    case reply(Caller?)
  }

  enum Starting: Sendable {
    case boot
    case alone
    case group(Origin)
    /// A child that was asked for, not in the table before.
    case adding(Caller?)
    /// A stopped child that was asked for.
    case again(Caller?)

    var isRequest: Bool {
      switch self {
      case .boot, .alone, .group: false
      case .adding, .again: true
      }
    }
  }

  /// The child whose end began a group restart, and what its place said then.
  struct Origin: Hashable, Sendable {
    var id: ChildID
    var state: ChildState
  }

  var flags: SupervisorFlags
  var supervisor: PID
  var children: [Child]
  var history = RestartHistory()
  var activity = Activity.idle
  var restartingCount = 0

  init(supervisor: PID, flags: SupervisorFlags, specs: [ChildSpec]) {
    self.supervisor = supervisor
    self.flags = flags
    children = specs.map { Child(spec: $0) }
  }

  var specs: [ChildSpec] { children.map(\.spec) }

  var isActing: Bool {
    switch activity {
    case .idle: restartingCount > 0
    case .stopping, .starting: true
    }
  }

  // MARK: - Inputs

  mutating func booted() -> [SupervisorAction] {
    var actions = [SupervisorAction.post(configured)]
    for (position, child) in children.enumerated() {
      actions.append(.post(specified(child, position)))
    }
    activity = .starting(cursor: 0, purpose: .boot)
    return actions + startNext()
  }

  mutating func startFinished(_ result: StartResult) -> [SupervisorAction] {
    guard case .starting(let cursor, let purpose) = activity else {
      preconditionFailure("a child of a supervisor that starts none has been started")
    }
    switch result {
    case .ok(let pid, let info): return started(cursor, purpose, pid, info)
    case .ignore: return ignored(cursor, purpose)
    case .error(let reason): return startFailed(cursor, purpose, reason)
    }
  }

  mutating func childStopped(_ pid: PID, _ outcome: StopOutcome) -> [SupervisorAction] {
    guard case .stopping(let cursor, let lowest, let then) = activity,
      children[cursor].state == .running(pid)
    else { preconditionFailure("a child that the supervisor has not stopped was stopped") }
    let child = children[cursor]
    var actions: [SupervisorAction] = [
      .post(
        .child(of: supervisor, child.id, .stopped(pid, outcome.reason)))
    ]
    if outcome == .unlinked || !child.spec.expects(outcome.reason) {
      actions.append(report(.shutdownError, outcome.reason.term, child.state.offender, child))
    }
    actions += empty(cursor)
    activity = .stopping(cursor: cursor - 1, lowest: lowest, then: then)
    return actions + stopNext()
  }

  mutating func stopRequested(_ reason: ExitReason) -> [SupervisorAction] {
    activity = .stopping(cursor: children.count - 1, lowest: 0, then: .end(reason))
    return stopNext()
  }

  // MARK: - Stopping

  /// Tells the next child to end, or goes on when all have ended (S70).
  mutating func stopNext() -> [SupervisorAction] {
    guard case .stopping(var cursor, let lowest, let then) = activity else {
      preconditionFailure("a supervisor goes on with stopping, and has not begun")
    }
    var actions: [SupervisorAction] = []
    while cursor >= lowest {
      let child = children[cursor]
      if case .running(let pid) = child.state {
        activity = .stopping(cursor: cursor, lowest: lowest, then: then)
        return actions + [.stop(child.id, pid, child.spec.shutdown)]
      }
      actions += empty(cursor)
      cursor -= 1
    }
    activity = .idle
    return actions + stopped(lowest, then)
  }

  private mutating func stopped(_ lowest: Int, _ then: AfterStopping) -> [SupervisorAction] {
    switch then {
    case .restart(let origin):
      activity = .starting(cursor: lowest, purpose: .group(origin))
      return startNext()
    case .end(let reason): return [.end(reason)]
    case .failStart(let reason): return [.failStart(reason)]
    case .reply(let caller): return [.reply(caller, .ok)]
    }
  }

  /// Takes the process out of a place; a temporary child goes with it.
  mutating func empty(_ index: Int) -> [SupervisorAction] {
    setState(index, .empty)
    guard children[index].spec.restart == .temporary else { return [] }
    let child = children.remove(at: index)
    return [.post(.supervisor(supervisor, .childForgotten(child.id)))]
  }

  mutating func setState(_ index: Int, _ state: ChildState) {
    if case .restarting = children[index].state { restartingCount -= 1 }
    if case .restarting = state { restartingCount += 1 }
    children[index].state = state
  }

  // MARK: - Starting

  /// Starts the child at the cursor, or finishes when there is none.
  mutating func startNext() -> [SupervisorAction] {
    guard case .starting(let cursor, let purpose) = activity else {
      preconditionFailure("a supervisor goes on with starting, and has not begun")
    }
    guard cursor < children.count else {
      activity = .idle
      switch purpose {
      case .boot: return [.acknowledge]
      case .group(let origin):
        return [.post(.supervisor(supervisor, .restartCompleted(origin.id)))]
      case .alone, .adding, .again: return []
      }
    }
    return [startAction(cursor)]
  }

  func startAction(_ index: Int) -> SupervisorAction {
    .start(children[index].id, children[index].spec.start, [])
  }

  private mutating func started(
    _ cursor: Int, _ purpose: Starting, _ pid: PID, _ info: Term?
  ) -> [SupervisorAction] {
    setState(cursor, .running(pid))
    let child = children[cursor]
    let actions: [SupervisorAction] = [
      .post(.child(of: supervisor, child.id, .started(pid))),
      .post(
        .reported(
          .progress(
            supervisor: supervisor, child: child.description, pid: pid,
            isRequested: purpose.isRequest))),
    ]
    return actions + goOn(after: cursor, child.id, purpose, .child(pid, info: info))
  }

  /// The place stays empty; a temporary child that was new to the table is not kept (S5, S62).
  private mutating func ignored(_ cursor: Int, _ purpose: Starting) -> [SupervisorAction] {
    let id = children[cursor].id
    var actions = [SupervisorAction.post(.child(of: supervisor, id, .ignored))]
    var last = cursor
    switch purpose {
    case .boot, .group, .adding:
      let count = children.count
      actions += empty(cursor)
      if children.count < count { last -= 1 }
    case .alone, .again:
      setState(cursor, .empty)
    }
    return actions + goOn(after: last, id, purpose, .child(nil, info: nil))
  }

  private mutating func goOn(
    after cursor: Int, _ id: ChildID, _ purpose: Starting, _ reply: SupervisorReply
  ) -> [SupervisorAction] {
    switch purpose {
    case .boot, .group:
      activity = .starting(cursor: cursor + 1, purpose: purpose)
      return startNext()
    case .alone:
      activity = .idle
      return [.post(.supervisor(supervisor, .restartCompleted(id)))]
    case .adding(let caller), .again(let caller):
      activity = .idle
      return [.reply(caller, reply)]
    }
  }

  private mutating func startFailed(
    _ cursor: Int, _ purpose: Starting, _ reason: Term
  ) -> [SupervisorAction] {
    let child = children[cursor]
    let failed = SupervisorAction.decide(
      .child(of: supervisor, child.id, .startFailed(ExitReason(reason))))
    activity = .idle
    switch purpose {
    case .boot:
      let why = Term.tuple([
        "shutdown", .tuple(["failed_to_start_child", child.spec.id, reason]),
      ])
      activity = .stopping(cursor: cursor - 1, lowest: 0, then: .failStart(ExitReason(why)))
      return [failed, report(.startError, reason, .process(nil), child)] + stopNext()
    case .alone:
      let offender = child.state.offender
      setState(cursor, restarting(child.state))
      return [failed, report(.startError, reason, offender, child), .retry(child.id)]
    case .group(let origin):
      setState(cursor, child.id == origin.id ? restarting(origin.state) : .restarting(nil))
      return [failed, report(.startError, reason, .process(nil), child), .retry(child.id)]
    case .adding(let caller):
      children.remove(at: cursor)
      return [
        failed, .post(.supervisor(supervisor, .childForgotten(child.id))),
        .reply(caller, .failure(Self.failure(of: reason))),
      ]
    case .again(let caller):
      return [failed, .reply(caller, .failure(.startFailed(reason)))]
    }
  }

  /// What start_child says: a process that runs already is named plainly (S82), any other reason
  /// comes with the specification, which is not kept.
  private static func failure(of reason: Term) -> SupervisorError {
    if case .tuple(let parts) = reason, parts.count == 2, parts[0] == "already_started" {
      return .startFailed(reason)
    }
    return .startFailedWithSpec(reason)
  }

  private func restarting(_ state: ChildState) -> ChildState {
    switch state {
    case .empty: .restarting(nil)
    case .running(let pid): .restarting(pid)
    case .restarting: state
    }
  }
}
