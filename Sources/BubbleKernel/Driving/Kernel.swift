public import BubbleEvents

/// A whole machine of processes as a value: copying it copies every process.
///
/// A kernel does nothing by itself. A driver runs its turns, moves its time and takes its events;
/// the same driver, seed and requests give the same events, byte for byte.
public struct Kernel: Sendable {
  /// The machine as its processes see it; between turns, `pid` is `<0>`.
  package var context: ProcessContext

  /// Creates an empty machine that is the given node.
  public init(seed: UInt64, node: NodeID = .nonode) {
    context = ProcessContext(core: Core(seed: seed, node: node))
  }

  /// The present instant; a driver moves it forward.
  public var now: RuntimeInstant { context.core.now }

  /// How much is told as events.
  public var eventLevel: EventLevel {
    get { context.core.eventLevel }
    set { context.core.eventLevel = newValue }
  }

  /// Whether some process has a turn to take at the present instant.
  public var hasReadyProcess: Bool { !context.core.runQueue.isEmpty }

  /// Whether some supervisor is in the middle of stopping, starting or retrying.
  public var isActing: Bool { context.core.actingCount > 0 }

  /// When time next brings something about.
  public var nextTimer: RuntimeInstant? { context.core.nextTimer }

  /// The processes alive, oldest first.
  public var processes: [PID] { context.core.processes.livePIDs }

  /// How many processes live.
  public var processCount: Int { context.core.processes.liveCount }

  /// Runs one turn; false when no process is ready.
  @discardableResult
  public mutating func runTurn() -> Bool {
    context.runTurns(1) == 1
  }

  /// Runs up to `limit` turns at the present instant and returns how many; fewer when no process is
  /// ready any more, and when signals for other nodes wait to be taken.
  ///
  /// The turns are those that `runTurn` would take one by one, and cost less.
  public mutating func runTurns(_ limit: Int) -> Int {
    context.runTurns(limit)
  }

  /// Moves the time forward and fires the timers that are due then.
  public mutating func advance(to instant: RuntimeInstant) {
    if context.core.now < instant { context.core.now = instant }
    context.core.fireTimers()
  }

  /// How many events wait to be taken out.
  public var eventCount: Int { context.core.events.count }

  /// Takes out the events posted since the last time.
  public mutating func takeEvents() -> [Event] {
    var events: [Event] = []
    swap(&events, &context.core.events)
    context.core.expectedEvents = min(events.count, 1024)
    return events
  }

  /// What can be seen of a process, without disturbing it; nil when it is dead.
  public func inspect(_ pid: PID, mailboxLimit: Int) -> ProcessInspection? {
    context.core.inspect(pid, mailboxLimit: mailboxLimit)
  }

  /// The changing numbers of a process; nil when it is dead.
  public func metrics(of pid: PID) -> ProcessMetrics? {
    context.core.metrics(of: pid)
  }
}
