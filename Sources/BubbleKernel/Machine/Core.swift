internal import BubbleEvents
internal import DequeModule

/// The state of a whole machine, and the semantics of its processes.
///
/// `ProcessContext` is what a process sees of it, `Kernel` what a driver sees.
struct Core: Sendable {
  /// What became of a call or a start from outside the machine.
  enum OutsideAnswer: Sendable {
    case waiting(PID)
    case reply(any Sendable)
    case down(ExitReason)
  }

  /// An exit signal on its way.
  struct ExitSignal: Sendable {
    var from: PID?
    var to: PID
    var reason: ExitReason
    var isLink: Bool
    /// Whether `normal` ends its own sender, as exit/2 has it and exit_signal/2 has not.
    var endsSender = true
    var cause: Event.ID?
  }

  /// The report of a monitor, to a process that is also told by a link (OTP: the exit first).
  struct DownSignal: Sendable {
    var mark: Reference
    var to: PID
    var about: PID
    var reason: ExitReason
    var cause: Event.ID?
  }

  /// An alias, and the process that has it.
  struct HeldAlias: Sendable {
    var owner: PID
    var ending: Alias.Ending
  }

  /// What an end sends, in the order of sending.
  enum EndSignal: Sendable {
    case exit(ExitSignal)
    case down(DownSignal)
  }

  /// Messages in one mailbox above which the machine says so.
  static let mailboxLimit = 100_000

  var now = RuntimeInstant.zero
  var eventLevel = EventLevel.lifecycle
  /// Whether requests that cannot be served are told as such.
  var tellsRefusals = true
  var events: [Event] = []
  /// How many events will probably come before the next are taken.
  var expectedEvents = 0
  var lastEvent: Event.ID = 0
  /// The processes of the system, of which nothing is told; none in a machine that stands alone.
  var untold: [PID] = []
  /// The event that everything done now is brought about by.
  var cause: Event.ID?

  var processes: ProcessTable
  var runQueue = RunQueue()
  var timers = TimerQueue()
  var names: [String: PID] = [:]
  var modules: [String: LoadedModule] = [:]
  var counters: [String: Int] = [:]
  /// What outlives the node, as a file does.
  var kept: [String: Int] = [:]
  var tables: [String: OwnedTable] = [:]
  var generator: SplitMix64
  var lastReference: UInt64 = 0
  var actingCount = 0

  var exitSignals: Deque<EndSignal> = []
  var isDelivering = false

  /// What is to leave for other nodes, in order.
  var departures: [Departure] = []
  /// What holds between processes here and processes of other nodes.
  var connections: [NodeID: Connection] = [:]
  /// Which nodes there are, and which of them are connected.
  var neighbours = Neighbours()
  /// The aliases that hold, by mark.
  var aliases: [Reference: HeldAlias] = [:]

  var outsideAnswers: [Reference: OutsideAnswer] = [:]
  var outsideStarts: [PID: StartResult?] = [:]
  var reachesOutside = false
  var outsideRequests: [OutsideRequest] = []

  /// The slot whose turn it is; -1 between turns.
  var current = -1
  var currentPID: PID
  /// Why the process whose turn it is ends after the turn.
  var ending: ExitReason?
  var endingCause: Event.ID?
  /// The messages that wait since before the turn began.
  ///
  /// With the last numbers given out then: what was made in the turn has no message from before it.
  var turnMailbox = 0
  var turnReference: UInt64 = 0
  var turnNumber: UInt32 = 0
  /// Where the message lay that woke the process; -1 when none did.
  var turnMatch = -1
  var turnMatchedAnyDown = false
  /// Messages that were sent in the turn so far.
  var turnSent = 0
  /// Whether the process whose turn it is ends its start with `ignore`.
  var ignoresStart = false

  init(seed: UInt64, node: NodeID) {
    generator = SplitMix64(seed: seed)
    processes = ProcessTable(node: node)
    currentPID = PID(0, node: node)
  }

  /// The node that this is.
  var node: NodeID { processes.node }

  mutating func makeReference() -> Reference {
    lastReference += 1
    return Reference(lastReference)
  }

  /// Posts an event brought about by the present cause; returns what follows from it is caused by:
  /// the event, or the present cause when nothing is told of whom it is about.
  @discardableResult
  mutating func post(_ kind: consuming Event.Kind) -> Event.ID? {
    if !untold.isEmpty, isUntold(kind) { return cause }
    lastEvent += 1
    if eventLevel != .none {
      if events.isEmpty { events.reserveCapacity(expectedEvents) }
      events.append(Event(id: lastEvent, instant: now, cause: cause, kind: kind))
    }
    return lastEvent
  }

  /// Tells that what `pid` was asked for cannot be done.
  mutating func refuse(_ reason: Term, by pid: PID) {
    if tellsRefusals { post(.requestRefused(by: pid, reason: reason)) }
  }

  /// Posts an event brought about by `cause`; returns what follows from it is caused by.
  @discardableResult
  mutating func post(cause: Event.ID?, _ kind: consuming Event.Kind) -> Event.ID? {
    if !untold.isEmpty, isUntold(kind) { return cause }
    lastEvent += 1
    if eventLevel != .none {
      if events.isEmpty { events.reserveCapacity(expectedEvents) }
      events.append(Event(id: lastEvent, instant: now, cause: cause, kind: kind))
    }
    return lastEvent
  }

  /// Whether an event is about a process of the system, or joins one with another process; what
  /// such a process does to others is told.
  private func isUntold(_ kind: Event.Kind) -> Bool {
    switch kind {
    case .process(let pid, _): untold.contains(pid)
    case .signal(.linked(let one, let other)), .signal(.unlinked(let one, let other)),
      .signal(.monitored(let one, let other)), .signal(.demonitored(let one, let other)):
      untold.contains(one) || untold.contains(other)
    case .signal(let event): untold.contains(event.pid)
    case .message(let event):
      untold.contains(event.pid) || event.partner.map(untold.contains) ?? false
    case .reported(let report):
      switch report.subject {
      case .process(let pid), .child(let pid, _): untold.contains(pid)
      }
    case .requested, .requestRefused, .supervisor, .child, .application, .release, .node,
      .limitReached:
      false
    }
  }

  /// Puts a process that has something to do at the end of the run queue, once.
  mutating func enqueueIfReady(_ slot: Int) {
    guard slot != current, processes[slot].takesPlaceInQueue() else { return }
    runQueue.append(slot)
  }
}
