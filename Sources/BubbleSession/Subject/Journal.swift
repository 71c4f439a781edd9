public import BubbleEvents

/// What the outside did to a machine, and where in its run: enough to run it again exactly.
///
/// The first `doneCount` entries have been done; the others lie ahead, since the machine was taken
/// back to an earlier place. A new act puts an end to them.
public struct Journal: Hashable, Sendable {
  /// A place in a run: the machine gets there again by making as many steps and then waiting.
  public struct Place: Hashable, Sendable {
    /// Turns taken and moves to a due instant made before.
    public var steps: Int
    /// The machine's time.
    public var instant: RuntimeInstant

    /// Creates a place.
    public init(steps: Int, instant: RuntimeInstant) {
      self.steps = steps
      self.instant = instant
    }
  }

  /// Something that was done to the machine from outside.
  public enum Act: Hashable, Sendable {
    /// It was asked for something.
    case request(ControlRequest)
    /// Faults by chance began; the faults themselves are no acts, since they follow from this.
    case startChaos(FaultPlan, seed: UInt64)
    /// Faults by chance ended.
    case stopChaos
    /// The machine also told of every message from then on, or no longer: events got other numbers.
    case tellMessages(Bool)
  }

  /// An act and its place.
  public struct Entry: Hashable, Sendable {
    /// Where it was done.
    public var place: Place
    /// What was done.
    public var act: Act

    /// Creates an entry.
    public init(place: Place, act: Act) {
      self.place = place
      self.act = act
    }
  }

  /// All entries, in the order in which they were done.
  public private(set) var entries: [Entry]
  /// How many of them have been done.
  public private(set) var doneCount = 0

  /// A journal of a machine at its beginning, which will do `entries`.
  ///
  /// - Precondition: The entries are ordered by their steps.
  public init(ahead entries: [Entry] = []) {
    precondition(
      zip(entries, entries.dropFirst()).allSatisfy { $0.place.steps <= $1.place.steps },
      "a journal is written in the order of the run")
    self.entries = entries
  }

  /// What lies ahead next.
  public var next: Entry? { doneCount < entries.count ? entries[doneCount] : nil }

  /// Notes an act that is done now; what lay ahead will not happen any more.
  mutating func note(_ entry: Entry) {
    entries.removeSubrange(doneCount...)
    entries.append(entry)
    doneCount += 1
  }

  /// Lays what `later` did after this place ahead again.
  mutating func foresee(_ later: Journal) {
    entries = Array(entries.prefix(doneCount)) + later.entries.dropFirst(doneCount)
  }

  /// Takes the next entry as done.
  mutating func passNext() { doneCount += 1 }
}
