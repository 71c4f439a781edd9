public import BubbleEvents

/// What the outside did to a machine, in its order, each act at its position in the run.
///
/// The first `doneCount` acts have been done; the others lie ahead, since the machine was taken
/// back to an earlier position. A new act puts an end to them.
public struct Journal: Hashable, Sendable {
  /// All acts, in the order in which they were done.
  public private(set) var acts: [RecordedAct]
  /// How many of them have been done.
  public private(set) var doneCount = 0

  /// A journal of a machine at its beginning, which will do `acts`.
  ///
  /// - Precondition: The acts are ordered by their positions.
  public init(ahead acts: [RecordedAct] = []) {
    precondition(
      zip(acts, acts.dropFirst()).allSatisfy { $0.position.turns <= $1.position.turns },
      "a journal is written in the order of the run")
    self.acts = acts
  }

  /// The acts that have been done.
  public var done: ArraySlice<RecordedAct> { acts.prefix(doneCount) }

  /// What lies ahead next.
  public var next: RecordedAct? { doneCount < acts.count ? acts[doneCount] : nil }

  /// Notes an act that is done now; what lay ahead will not happen any more.
  mutating func note(_ act: RecordedAct) {
    acts.removeSubrange(doneCount...)
    acts.append(act)
    doneCount += 1
  }

  /// Lays what `later` did after this position ahead again.
  mutating func foresee(_ later: Journal) {
    acts = Array(done) + later.acts.dropFirst(doneCount)
  }

  /// Takes the next act as done.
  mutating func passNext() { doneCount += 1 }
}
