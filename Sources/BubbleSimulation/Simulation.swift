public import BubbleEvents
public import BubbleKernel

/// Drives a machine on virtual time: one turn at a time, seeded, without a clock or a thread.
///
/// Scheduling: processes that have something to do stand in one queue, in the order in which they
/// became ready. The first takes one turn (it handles one message, or goes on after a wait) and,
/// when it has more to do, stands at the end again. Time stands still while anybody is ready; then
/// it moves to the next timer. Timers fire in the order of (instant, insertion).
///
/// A simulation is a value: a copy runs ahead, or another way, and the original does not change.
public struct Simulation: Sendable {
  /// Turns that one instant may hold.
  ///
  /// Then time moves on by a millisecond, and that is told as `limitReached`. Without it two
  /// processes that never stop talking would freeze time.
  public var turnsPerInstant = 1_000_000

  /// The machine.
  public var kernel: Kernel
  private var turnsInInstant = 0

  /// Creates an empty machine with that seed, which is the given node.
  ///
  /// Nobody carries signals to other nodes: none of them can be reached.
  public init(seed: UInt64, node: NodeID = .nonode) {
    kernel = Kernel(seed: seed, node: node)
  }

  /// Drives a machine that ran elsewhere so far, from where it is.
  public init(running kernel: Kernel) { self.kernel = kernel }

  // MARK: - Time and turns

  /// The present instant.
  public var now: RuntimeInstant { kernel.now }

  /// When time next brings something about; nil when only requests can.
  public var nextTimer: RuntimeInstant? { kernel.nextTimer }

  /// Whether a process is ready for a turn at the present instant.
  public var isRunnable: Bool { kernel.hasReadyProcess }

  /// Whether no message can be handled now and no supervisor is in the middle of stopping, starting
  /// or retrying.
  public var isSettled: Bool { !kernel.hasReadyProcess && !kernel.isActing }

  /// Runs one turn at the present instant; false when nobody is ready.
  @discardableResult
  public mutating func takeTurn() -> Bool {
    run(turns: 1) == 1
  }

  /// Runs up to `limit` turns at the present instant and returns how many; 0 when nobody is ready.
  ///
  /// The same turns as `takeTurn` takes one by one, and faster. May be fewer than `limit` while
  /// processes are ready.
  public mutating func run(turns limit: Int) -> Int {
    kernel.loseSignals()
    let count = kernel.runTurns(min(limit, turnsPerInstant - turnsInInstant))
    kernel.loseSignals()
    guard count > 0 else {
      turnsInInstant = 0
      return 0
    }
    turnsInInstant += count
    if turnsInInstant >= turnsPerInstant { loosenInstant() }
    return count
  }

  /// Runs everything up to `instant`, timers included, and leaves the time there.
  public mutating func run(until instant: RuntimeInstant) {
    while true {
      while kernel.now <= instant, run(turns: Self.batch) > 0 {}
      guard let next = kernel.nextTimer, next <= instant else { break }
      advance(to: next)
    }
    if kernel.now < instant { advance(to: instant) }
  }

  /// Moves time to `instant` and fires the timers due by then, without running any turn.
  public mutating func advance(to instant: RuntimeInstant) {
    turnsInInstant = 0
    kernel.advance(to: instant)
  }

  /// Runs until nothing can happen any more without a request, or until `limit` has passed.
  public mutating func runUntilIdle(for limit: Duration = .seconds(3600)) {
    let end = now + limit
    while true {
      while kernel.now <= end, run(turns: Self.batch) > 0 {}
      guard let next = kernel.nextTimer, next <= end else { return }
      advance(to: next)
    }
  }

  /// Turns that are taken in one go where nobody looks in between.
  private static let batch = 4096

  // MARK: - Requests

  /// Posts `.requested` and performs the request, or tells with `.requestRefused` why it cannot be.
  ///
  /// Requests to supervisors are calls put in their mailbox, served in turn.
  public mutating func apply(_ request: ControlRequest, by asker: Asker = .someone) {
    kernel.apply(request, by: asker)
    kernel.loseSignals()
  }

  /// Takes out the events posted since the last time.
  public mutating func takeEvents() -> [Event] {
    kernel.takeEvents()
  }

  /// What can be seen of a process, without disturbing it; nil when it is dead.
  public func inspect(_ pid: PID, mailboxLimit: Int = 20) -> ProcessInspection? {
    kernel.inspect(pid, mailboxLimit: mailboxLimit)
  }

  /// The changing numbers of those processes that live.
  public func metrics(of pids: [PID]) -> [ProcessMetrics] {
    pids.compactMap { kernel.metrics(of: $0) }
  }

  private mutating func loosenInstant() {
    turnsInInstant = 0
    kernel.noteLimit("\(turnsPerInstant) turns in one instant")
    kernel.advance(to: kernel.now + .milliseconds(1))
  }
}
