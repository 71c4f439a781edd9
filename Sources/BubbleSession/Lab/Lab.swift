import BubbleEvents

/// Copies of a machine that go on side by side, at one time, and get the same acts.
///
/// A copy never runs on before its events have been taken, so an act meets every copy as it is
/// shown; and time only moves on when no copy has anything left to do at its instant.
struct Lab: Sendable {
  /// One copy.
  struct Copy: Sendable {
    var machine: SimulatedSubject
    /// Events that have happened and are not shown yet, in their order.
    var pending: ArraySlice<Event> = []
    /// Whether one of them holds the screen.
    var holds = false
  }

  private(set) var copies: [Copy]
  /// The time of all copies.
  private(set) var now: RuntimeInstant
  /// How long the screen still holds.
  var holdLeft: Duration = .zero
  /// How long it holds for what happens.
  var beats = BeatAllowance()

  /// Copies `machine` once for each list of requests, and asks the copy for these.
  init(of machine: SimulatedSubject, asking requests: [[ControlRequest]], by asker: Asker) {
    now = machine.now
    copies = requests.map { requests in
      var copy = Copy(machine: machine)
      for request in requests { copy.machine.apply(request, by: asker) }
      return copy
    }
  }

  /// Whether a copy has done something that is not shown.
  var hasPending: Bool { copies.contains { !$0.pending.isEmpty } }

  /// When something is due next in any copy, once all are idle.
  var nextInstant: RuntimeInstant? { copies.compactMap(\.machine.nextInstant).min() }

  /// Takes out everything that has happened, each copy's in order.
  mutating func takeAll() -> [[Event]] {
    copies.indices.map { index in
      defer {
        copies[index].pending = []
        copies[index].holds = false
      }
      return Array(copies[index].pending)
    }
  }

  /// Takes out each copy's events up to and including the next one that holds the screen.
  mutating func takeNext(_ holds: (Int, Event) -> Bool) -> (events: [[Event]], isHeld: Bool) {
    var isHeld = false
    let events = copies.indices.map { index in
      var batch: [Event] = []
      while let event = copies[index].pending.popFirst() {
        batch.append(event)
        if holds(index, event) {
          isHeld = true
          break
        }
      }
      copies[index].holds = copies[index].pending.contains { holds(index, $0) }
      return batch
    }
    return (events, isHeld)
  }
}

// MARK: - Running

extension Lab {
  /// Lets every copy run at the present instant until it is idle or an event holds the screen.
  ///
  /// - Returns: How many turns were taken, at most `turnLimit` for each copy; and whether a copy
  ///   has more to do at the present instant without an event that holds the screen.
  mutating func run(
    turnLimit: Int, _ holds: (Int, Event) -> Bool
  ) -> (turns: Int, isBusy: Bool) {
    var turns = 0
    var isBusy = false
    for index in copies.indices {
      var left = turnLimit
      while !copies[index].holds, left > 0 {
        let progress = copies[index].machine.advance(to: now)
        _ = copies[index].machine.takeCaptions()
        let fresh = copies[index].machine.takeEvents()
        copies[index].pending += fresh
        copies[index].holds = fresh.contains { holds(index, $0) }
        if progress == .idle { break }
        left -= 1
      }
      if left == 0, !copies[index].holds { isBusy = true }
      turns += turnLimit - left
    }
    return (turns, isBusy)
  }

  /// Moves the time of all copies on; each must be idle.
  mutating func move(to instant: RuntimeInstant) { now = max(now, instant) }

  /// Asks each copy for its request, if there is one.
  mutating func ask(_ requests: [ControlRequest?], by asker: Asker) {
    for (index, request) in zip(copies.indices, requests) {
      if let request { copies[index].machine.apply(request, by: asker) }
    }
  }
}
