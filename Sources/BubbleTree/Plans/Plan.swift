package import BubbleEvents

/// What one request brings about: predicted from a copy that ran ahead, then followed item by item.
///
/// Stops are numbered in the order in which they are complete, starts run on in the order in which
/// they begin; the numbers of the prediction are those of the progress. A plan without a prediction
/// is that of a process that failed by itself: it grows as things happen.
package struct Plan: Sendable {
  /// What a place has to do with a plan.
  package enum Part: UInt8, Hashable, Sendable, CaseIterable {
    /// The request is about it, or it is what failed.
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
  package internal(set) var targetReason: ExitReason?
  /// The supervisors that decide restarts, the lowest first, each once.
  package internal(set) var acting: [(supervisor: SlotID, strategy: SupervisionStrategy)] = []
  /// What it costs, the lowest supervisor first.
  package internal(set) var budgets: [BudgetChange] = []
  /// Supervisors that give up, the lowest first.
  package internal(set) var givingUp: [SlotID] = []
  /// Supervisors that end themselves with a significant child.
  package internal(set) var shuttingDown: [SlotID] = []
  /// The child that is not started again, and why.
  package internal(set) var notRestarted: (slot: SlotID, restart: ChildRestart, reason: ExitReason)?
  /// Temporary children that are stopped and not started again, in the order of their ends.
  package internal(set) var stayingAway: [SlotID] = []
  /// The application that ends by itself, and whether it takes the machine along.
  package internal(set) var endedApplication: (slot: SlotID, endsMachine: Bool)?
  /// What is different between the nodes of a cluster afterwards, in a plan with a prediction.
  package internal(set) var outcomes: [ForeseenOutcome] = []
  /// Places whose processes were told to stop and had not ended when the copy's time was over.
  package private(set) var unfinished: [SlotID] = []
  /// How many living processes are left alone.
  package private(set) var untouched = 0

  var tracer: CauseTracer
  var stopList = ItemList()
  var startList = ItemList()
  var parts: [SlotID: Part] = [:]
  var targetIsGone = false
  /// Of a prediction: who was told to stop, in that order.
  var toldToStop: [SlotID] = []
  /// Of a prediction: who was told to stop and has not ended yet.
  var stopping: Set<SlotID> = []
  /// Restarts that were decided and not completed yet, in a plan that grows.
  var undecided = 0
  let isForeseen: Bool

  /// Predicts: what `request` does to `tree`, by the events of a copy of the machine.
  package init(tree: ProcessTree, request: ControlRequest, events: [Event]) {
    self.request = request
    isForeseen = true
    tracer = CauseTracer(request: request)
    target = tree.slot(of: request.subject)
    targetPID = target.flatMap { tree[$0].pid }
    var after = tree
    for event in events {
      after.fold(event)
      guard tracer.relates(event), let fact = tracer.fact(event, in: after) else { continue }
      // What comes into being only then has no place yet in which it could be shown.
      guard CauseTracer.slot(of: fact).position < tree.placeCount else { continue }
      predict(fact, event, before: tree, after: after)
    }
    outcomes = tree.outcomes(in: after).map { ForeseenOutcome($0) } + outcomes
    addUnfinished(in: after)
    noteStayingAway(in: tree)
    startList.number(from: stopList.items.count + 1)
    untouched = tree.aliveCount - livingThatEnd(in: tree)
    if let target { parts[target] = .target }
    tracer = CauseTracer(request: request)
  }

  /// Follows what comes of `exit`, a process that ended by itself, in a tree that has folded it.
  package init(after exit: Event, in tree: ProcessTree) {
    request = nil
    isForeseen = false
    tracer = CauseTracer(root: exit.id)
    targetIsGone = true
    if case .process(let pid, .exited(let reason)) = exit.kind {
      target = tree.slot(of: pid)
      targetPID = pid
      targetReason = reason
    }
    if let target { parts[target] = .target }
    untouched = tree.aliveCount
  }

  /// Roughly how many events of it are still to come: an end for each stop, two for each start.
  package var openCount: Int {
    stopList.items.count - stopList.doneCount
      + 2 * (startList.items.count - startList.doneCount)
  }

  /// Ends, without the target's own, in order.
  package var stops: [Item] { stopList.items }

  /// Those of the ends that come about in one way, in order.
  package func stops(_ ending: Ending) -> [Item] { stopList.items(ending) }

  /// Starts, in order.
  package var starts: [Item] { startList.items }

  /// Whether everything that was predicted has happened; of a plan that grows, whether everything
  /// that was begun is done.
  package var isComplete: Bool {
    guard targetIsGone || targetReason == nil else { return false }
    let areItemsDone =
      stopList.doneCount == stopList.items.count && startList.doneCount == startList.items.count
    guard !isForeseen else { return areItemsDone && outcomes.allSatisfy(\.isDone) }
    return areItemsDone && undecided == 0 && (!acting.isEmpty || notRestarted != nil)
  }

  /// The number to show on a place: of its stop until that is done, then of its start.
  package func number(of slot: SlotID) -> Int? {
    guard let item = stopList.item(of: slot) ?? startList.item(of: slot), item.number > 0 else {
      return nil
    }
    return item.number
  }

  /// What a place has to do with it.
  package func part(of slot: SlotID) -> Part { parts[slot] ?? .untouched }

  /// The first supervisor that decides.
  package var supervisor: SlotID? { acting.first?.supervisor }

  /// One more process that was alone until now has its part in a plan that grows.
  mutating func touch(_ slot: SlotID, as part: Part, endsProcess: Bool) {
    switch parts[slot] {
    case nil, .acts, .starts:
      if endsProcess, !isForeseen, parts[slot] != .starts { untouched -= 1 }
      parts[slot] = part
    case .target, .stops, .untouched:
      break
    }
  }

  /// Who was told to stop and is not done comes last in order, the one told last before the others:
  /// they wait for it.
  private mutating func addUnfinished(in after: ProcessTree) {
    unfinished = toldToStop.reversed().filter { $0 != target && after[$0].state == .stopping }
    for slot in unfinished {
      stopList.append(Item(number: stopList.items.count + 1, slot: slot, ending: .told))
      parts[slot] = .stops
    }
  }

  /// Notes who is temporary, has ended with others and is not among those that start.
  ///
  /// Where nobody is restarted all stay away, and nobody is named.
  mutating func noteStayingAway(in tree: ProcessTree) {
    guard !acting.isEmpty else { return }
    stayingAway = stopList.items.map(\.slot).filter { slot in
      tree.contains(slot) && tree[slot].description?.restart == .temporary
        && !startList.contains(slot)
    }
  }

  private func livingThatEnd(in tree: ProcessTree) -> Int {
    var ending = Set(stops.map(\.slot).filter { tree.contains($0) && tree[$0].pid != nil })
    if targetReason != nil, let target, tree[target].pid != nil { ending.insert(target) }
    return ending.count
  }
}
