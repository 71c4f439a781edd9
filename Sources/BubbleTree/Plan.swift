package import BubbleEvents

/// What one request brings about: predicted from a copy that ran ahead, then followed step by step.
///
/// Stops are numbered in the order in which they are complete, starts run on in the order in which
/// they begin; the numbers of the prediction are those of the progress.
package struct Plan: Sendable {
  /// How far a step is.
  package enum Progress: UInt8, Hashable, Sendable {
    /// To come.
    case pending
    /// Going on.
    case now
    /// Over.
    case done
  }

  /// One process that ends, or starts.
  package struct Step: Hashable, Sendable {
    /// Its number, from 1, stops before starts.
    package var number: Int
    /// Where.
    package var slot: SlotID
    /// How far it is.
    package var progress: Progress = .pending
    /// Why a stopped process ended, or why a start failed.
    package var reason: ExitReason?
    /// Of a start: how many attempts failed.
    package var failures = 0
  }

  /// What it costs one supervisor.
  package struct BudgetChange: Hashable, Sendable {
    /// Whose.
    package var supervisor: SlotID
    /// Before.
    package var before: Budget
    /// After, with the new restarts.
    package var after: Budget
    /// Whether the intensity is exceeded and the supervisor gives up.
    package var isSpent: Bool
  }

  /// What a place has to do with a plan.
  package enum Part: UInt8, Hashable, Sendable, CaseIterable {
    /// The request is about it.
    case target
    /// It decides.
    case acts
    /// It ends, and perhaps starts again.
    case stops
    /// It only starts.
    case starts
    /// Nothing happens to it.
    case untouched
  }

  /// What was asked for; nil when nobody asked and something failed by itself.
  package let request: ControlRequest?
  /// The place it is about.
  package private(set) var target: SlotID?
  /// The process it is about.
  package private(set) var targetPID: PID?
  /// Why the target ended; nil when it survives.
  package private(set) var targetReason: ExitReason?
  /// The supervisors that decide restarts, the lowest first, each once.
  package private(set) var acting: [(supervisor: SlotID, strategy: SupervisionStrategy)] = []
  /// Ends, without the target's own, in order.
  package private(set) var stops: [Step] = []
  /// Starts, in order.
  package private(set) var starts: [Step] = []
  /// What it costs, the lowest supervisor first.
  package private(set) var budgets: [BudgetChange] = []
  /// Supervisors that give up, the lowest first.
  package private(set) var givingUp: [SlotID] = []
  /// Supervisors that end themselves with a significant child.
  package private(set) var shuttingDown: [SlotID] = []
  /// The child that is not started again, and why.
  package private(set) var notRestarted: (slot: SlotID, restart: ChildRestart, reason: ExitReason)?
  /// How many living processes are left alone.
  package private(set) var untouched = 0

  private var tracer: CauseTracer
  private var parts: [SlotID: Part] = [:]
  private var targetIsGone = false
  private var isPrediction: Bool

  /// Predicts: what `request` does to `tree`, by the events of a copy of the machine.
  package init(tree: ProcessTree, request: ControlRequest, events: [Event]) {
    self.request = request
    tracer = CauseTracer(request: request)
    isPrediction = true
    targetPID = request.pid
    target = request.pid.flatMap { tree.slot(of: $0) }
    var after = tree
    for event in events {
      after.fold(event)
      guard tracer.relates(event), let fact = tracer.fact(event, in: after) else { continue }
      predict(fact, after)
    }
    finishPrediction(before: tree, after: after)
  }

  /// Whether everything that was predicted has happened.
  package var isComplete: Bool {
    guard !isPrediction, targetIsGone || targetReason == nil else { return false }
    return (stops + starts).allSatisfy { $0.progress == .done }
  }

  /// The number to show on a place: of its stop until that is done, then of its start.
  package func number(of slot: SlotID) -> Int? {
    if let stop = stops.first(where: { $0.slot == slot && $0.progress != .done }) {
      return stop.number
    }
    return starts.first { $0.slot == slot && $0.progress != .done }?.number
  }

  /// What a place has to do with it.
  package func part(of slot: SlotID) -> Part { parts[slot] ?? .untouched }

  /// The first supervisor that decides.
  package var supervisor: SlotID? { acting.first?.supervisor }
}

// MARK: - Predicting

extension Plan {
  private mutating func predict(_ fact: CauseTracer.Fact, _ tree: ProcessTree) {
    switch fact {
    case .exited(let slot, let pid, let reason):
      if pid == targetPID {
        targetReason = reason
      } else {
        stops.append(Step(number: stops.count + 1, slot: slot, reason: reason))
      }
    case .starting(let slot):
      if !starts.contains(where: { $0.slot == slot }) {
        starts.append(Step(number: starts.count + 1, slot: slot))
      }
    case .startFailed(let slot, let reason):
      guard let index = starts.lastIndex(where: { $0.slot == slot }) else { return }
      starts[index].failures += 1
      starts[index].reason = reason
    case .decided(let supervisor, let strategy): act(supervisor, strategy)
    case .counted(let supervisor): spend(supervisor)
    case .gaveUp(let supervisor):
      spend(supervisor)
      if !givingUp.contains(supervisor) { givingUp.append(supervisor) }
    case .autoShutdown(let supervisor): shuttingDown.append(supervisor)
    case .notNeeded(let slot, let restart, let reason):
      if notRestarted == nil { notRestarted = (slot, restart, reason) }
    case .stopping, .started, .completed: break
    }
  }

  private mutating func act(_ supervisor: SlotID, _ strategy: SupervisionStrategy) {
    guard !acting.contains(where: { $0.supervisor == supervisor }) else { return }
    acting.append((supervisor, strategy))
  }

  private mutating func spend(_ supervisor: SlotID) {
    guard !budgets.contains(where: { $0.supervisor == supervisor }) else { return }
    let none = Budget(
      facts: SupervisionFacts(flags: SupervisorFlags()), at: RuntimeInstant.zero)
    budgets.append(
      BudgetChange(supervisor: supervisor, before: none, after: none, isSpent: false))
  }

  private mutating func finishPrediction(before: ProcessTree, after: ProcessTree) {
    for index in starts.indices { starts[index].number += stops.count }
    for index in budgets.indices {
      let supervisor = budgets[index].supervisor
      budgets[index].before = before.budget(of: supervisor, at: before.now) ?? budgets[index].before
      budgets[index].after = after.budget(of: supervisor, at: after.now) ?? budgets[index].after
      budgets[index].isSpent = givingUp.contains(supervisor)
    }
    for step in starts { parts[step.slot] = .starts }
    for step in stops { parts[step.slot] = .stops }
    for (supervisor, _) in acting where parts[supervisor] == nil { parts[supervisor] = .acts }
    for supervisor in givingUp where parts[supervisor] == nil { parts[supervisor] = .acts }
    if let target { parts[target] = .target }
    let touched = Set(stops.map(\.slot)).union(targetReason == nil ? [] : target.map { [$0] } ?? [])
    untouched = before.aliveCount - touched.count { before[$0].state.isAlive }
    tracer = CauseTracer(request: request)
    isPrediction = false
  }
}

// MARK: - Following

extension Plan {
  /// Ticks off what `event` tells, in a tree that has folded it.
  package mutating func follow(_ event: Event, in tree: ProcessTree) {
    guard tracer.relates(event), let fact = tracer.fact(event, in: tree) else { return }
    switch fact {
    case .exited(let slot, let pid, let reason):
      if pid == targetPID {
        targetIsGone = true
        targetReason = reason
      } else {
        tick(&stops, slot, .done, reason, after: 0)
      }
    case .stopping(let slot): tick(&stops, slot, .now, nil, after: 0)
    case .starting(let slot): tick(&starts, slot, .now, nil, after: stops.count)
    case .started(let slot): tick(&starts, slot, .done, nil, after: stops.count)
    case .startFailed(let slot, let reason): tick(&starts, slot, .now, reason, after: stops.count)
    case .decided(let supervisor, let strategy): act(supervisor, strategy)
    case .gaveUp(let supervisor):
      if !givingUp.contains(supervisor) { givingUp.append(supervisor) }
    case .completed, .counted, .autoShutdown, .notNeeded: break
    }
  }

  private func tick(
    _ steps: inout [Step], _ slot: SlotID, _ progress: Progress, _ reason: ExitReason?,
    after offset: Int
  ) {
    if let index = steps.firstIndex(where: { $0.slot == slot && $0.progress != .done }) {
      steps[index].progress = progress
      steps[index].reason = reason ?? steps[index].reason
    } else if progress != .done || !steps.contains(where: { $0.slot == slot }) {
      // Not foreseen: another request came between.
      steps.append(
        Step(
          number: offset + steps.count + 1, slot: slot, progress: progress, reason: reason))
    }
  }
}

extension ControlRequest {
  /// The process that a request is about.
  package var pid: PID? {
    switch self {
    case .exit(let pid, _), .kill(let pid), .suspend(let pid), .resume(let pid), .send(let pid, _):
      pid
    case .restartChild(let supervisor, _), .terminateChild(let supervisor, _),
      .deleteChild(let supervisor, _), .startChild(let supervisor, _),
      .changeFlags(let supervisor, _):
      supervisor
    }
  }
}
