import BubbleConsole
import BubbleCopyOnWrite
import BubbleEvents
import BubbleTree

/// A run at one moment: the machine, what it had told, and what it did that is not shown yet.
///
/// A value; it shares its memory with the session until one of them changes.
struct Snapshot: Sendable {
  var machine: SimulatedSubject
  @Boxed var told: Told
  /// Events that have happened and are not shown, the next one last.
  var pending: [Event]

  /// The last event that is shown.
  var shown: Event.ID { told.tree.lastEvent }

  /// Roughly how much memory it takes when it shares none, in units of 100 bytes.
  var weight: Int { told.weight }
}

/// What was known when the past of a run was entered.
struct Past: Sendable {
  /// The end of what has happened.
  let end: Snapshot
  /// What the console is told of the end.
  @Boxed private(set) var status: TimeTravelStatus.End
  /// Whether the machine ran when its past was entered.
  let ranBefore: Bool

  /// Goes back from `end`.
  init(from end: Snapshot, ranBefore: Bool) {
    self.end = end
    status = TimeTravelStatus.End(end)
    self.ranBefore = ranBefore
  }
}

extension TimeTravelStatus.End {
  /// The end of what has happened, with what is not shown yet.
  fileprivate init(_ moment: Snapshot) {
    self.init(moment.told.ahead(of: moment.pending.reversed()), at: moment.machine.now)
  }
}

/// One run of the machine as a session knows it, with the moment of it that is shown.
struct Branch: Sendable {
  /// What is shown.
  var present: Snapshot
  /// Where in the run that is.
  var phase: Playback.Phase
  /// Earlier moments to go back to, the earliest first.
  var checkpoints: [Snapshot]
}

/// Something the user did, with what was before it; or, once undone, with what was after it.
struct Undoable: Sendable {
  /// What was done: `kill cache`.
  var name: String
  var branch: Branch
}

/// A run that was left by acting in its past, or by undoing and acting otherwise.
struct Future: Sendable {
  /// What it is called by.
  var number: Int
  /// What made it differ: `kill cache`.
  var title: String
  var branch: Branch
}
