import BubbleEvents

/// Where a session can go: earlier moments, other futures, what can be undone.
struct TimeTravel: Sendable {
  /// The last event of the beginning; there is no way back behind it.
  private(set) var beginning: Event.ID = 0
  /// Earlier moments of this run, the earliest first; the first is the beginning.
  var checkpoints: [Snapshot] = []
  /// What can be undone, the last act last.
  private(set) var undoable: [Undoable] = []
  /// What was undone, to be done again; the last one undone last.
  private(set) var undone: [Undoable] = []
  /// Futures that were left, the oldest first.
  private(set) var futures: [Future] = []
  private var futureCount = 0

  /// Begins a run whose first picture shows `event`; `moment` is nil where a subject cannot be
  /// copied.
  mutating func begin(at event: Event.ID, with moment: Snapshot?) {
    beginning = event
    checkpoints = moment.map { [$0] } ?? []
  }

  /// How much is remembered.
  enum Limit {
    /// Acts that can be undone.
    static let acts = 100
    /// Futures that are kept.
    static let futures = 8
    /// Events between two checkpoints, at least.
    static let interval: Event.ID = 512
    /// What the checkpoints may weigh, and what can be undone, was undone or was left, each.
    static let weight = 1_000_000
  }
}

// MARK: - Checkpoints

extension TimeTravel {
  /// Whether the last checkpoint lies far enough behind `event` for another one.
  ///
  /// A big machine is remembered more rarely, so that remembering costs each event the same.
  func isCheckpointDue(at event: Event.ID, weight: Int) -> Bool {
    guard let last = checkpoints.last else { return true }
    return event >= last.shown + max(Limit.interval, Event.ID(weight / 4))
  }

  /// Remembers `moment`; while all weigh too much, the one is forgotten whose neighbours are
  /// nearest to each other, so that no part of a long run is left without any.
  mutating func keep(_ moment: Snapshot) {
    checkpoints.append(moment)
    var weight = checkpoints.reduce(0) { $0 + $1.weight }
    while checkpoints.count > 3, weight > Limit.weight {
      let inner = checkpoints.indices.dropFirst().dropLast()
      let gaps = inner.map { checkpoints[$0 + 1].shown - checkpoints[$0 - 1].shown }
      guard let smallest = gaps.min(), let index = gaps.firstIndex(of: smallest) else { return }
      weight -= checkpoints.remove(at: index + 1).weight
    }
  }

  /// Forgets what lies after `event`.
  mutating func forget(after event: Event.ID) {
    checkpoints.removeAll { $0.shown > event }
  }

  /// The latest checkpoint that is not after `event`.
  func checkpoint(before event: Event.ID) -> Snapshot? {
    checkpoints.last { $0.shown <= event } ?? checkpoints.first
  }
}

// MARK: - Undoing

extension TimeTravel {
  /// Remembers an act that is done now; what was undone before stays as a future.
  mutating func remember(_ act: Undoable) {
    if let last = undone.last { leave(last.branch, title: last.name) }
    undone.removeAll()
    push(act)
  }

  /// Takes back the last act; `present` is what is left by that.
  ///
  /// - Precondition: There is one.
  mutating func takeUndoable(leaving present: Branch) -> Undoable {
    guard let act = undoable.popLast() else { preconditionFailure("there is nothing to undo") }
    undone.append(Undoable(name: act.name, branch: present))
    undone = undone.suffix(bearable(undone.map(\.branch), atMost: Limit.acts))
    return act
  }

  /// Takes out the act that was undone last; `present` is what is left by doing it again.
  ///
  /// - Precondition: There is one.
  mutating func takeUndone(leaving present: Branch) -> Undoable {
    guard let act = undone.popLast() else { preconditionFailure("there is nothing to do again") }
    push(Undoable(name: act.name, branch: present))
    return act
  }

  /// Forgets the oldest acts when there are too many of them, or they weigh too much.
  private mutating func push(_ act: Undoable) {
    undoable.append(act)
    undoable = undoable.suffix(bearable(undoable.map(\.branch), atMost: Limit.acts))
  }
}

// MARK: - Futures

/// How many of `branches`, counted from the last one, may be kept by what they weigh together; one
/// in any case.
func bearable(_ branches: some BidirectionalCollection<Branch>, atMost most: Int) -> Int {
  var weight = 0
  let kept = branches.reversed().prefix { branch in
    weight += branch.present.weight
    return weight <= TimeTravel.Limit.weight
  }
  return max(1, min(kept.count, most))
}

extension TimeTravel {
  /// Keeps a run that is left.
  mutating func leave(_ branch: Branch, title: String) {
    futureCount += 1
    futures.append(Future(number: futureCount, title: title, branch: branch))
    futures = futures.suffix(bearable(futures.map(\.branch), atMost: Limit.futures))
  }

  /// Takes out the future with that number.
  ///
  /// - Precondition: There is one.
  mutating func takeFuture(_ number: Int) -> Future {
    guard let index = futures.firstIndex(where: { $0.number == number }) else {
      preconditionFailure("there is no future \(number)")
    }
    return futures.remove(at: index)
  }
}
