internal import BubbleEvents
internal import DequeModule

/// A message on its way or in a mailbox, with the event that brought it about.
struct Envelope: Sendable {
  var message: Message
  var cause: Event.ID?
}

/// Everything the kernel knows of one process; slots are reused, process numbers are not.
struct ProcessSlot: Sendable {
  /// What is true of the process now.
  struct Flags: OptionSet, Sendable {
    var rawValue: UInt16
    /// It lives.
    static let alive = Flags(rawValue: 1 << 0)
    /// Exit signals become messages.
    static let trapsExits = Flags(rawValue: 1 << 1)
    /// Only system messages are handled.
    static let suspended = Flags(rawValue: 1 << 2)
    /// It is in the run queue.
    static let queued = Flags(rawValue: 1 << 3)
    /// Its first turn is still to come.
    static let unborn = Flags(rawValue: 1 << 4)
    /// It has not acknowledged its start yet.
    static let starting = Flags(rawValue: 1 << 5)
    /// It waits inside a turn.
    static let waiting = Flags(rawValue: 1 << 6)
    /// What it waits for has come, or its time has passed.
    static let resumable = Flags(rawValue: 1 << 7)
    /// A supervisor in the middle of stopping, starting or retrying.
    static let acting = Flags(rawValue: 1 << 8)
    /// Reaching the mailbox limit has been told.
    static let overfull = Flags(rawValue: 1 << 9)
    /// It has asked the outside for something.
    static let asksOutside = Flags(rawValue: 1 << 10)
    /// It owns shared tables.
    static let ownsTables = Flags(rawValue: 1 << 11)
    /// It has had aliases, or watches nodes.
    static let watchesNodes = Flags(rawValue: 1 << 12)
    /// Its first turn waits until its starter lets it begin.
    static let held = Flags(rawValue: 1 << 13)
  }

  var pid: PID
  var parent: PID?
  /// The process that waits for the start to be acknowledged; nil for the outside.
  var starter: PID?
  var flags: Flags = [.alive, .unborn]
  /// The place of the awaited message in the mailbox; -1 when the time ran out first.
  var matched: Int32 = -1
  var turns = 0
  var mailboxMaximum = 0
  /// Messages that have come, and that it has sent.
  var received = 0
  var sent = 0
  var body: any ProcessBody
  var mailbox: Deque<Envelope> = []
  var links = OrderedTable<PID, Bool>()
  /// Monitors and calls of this process, by mark.
  var monitors = OrderedTable<Reference, Monitored>()
  /// Those that watch this process, by mark; nil is the outside.
  var watchers = OrderedTable<Reference, PID?>()
  var name: String?
  var awaited: Awaited = .nothing
  /// The timer of the wait.
  var timer = WaitTimer()
  /// What caused the next turn when no message does: the spawn, or the wait that ran out.
  var cause: Event.ID?
  var lastMessage: Message?

  init(pid: PID, parent: PID?, body: any ProcessBody, cause: Event.ID?) {
    self.pid = pid
    self.parent = parent
    self.body = body
    self.cause = cause
  }

  /// Whether there is something for a turn of the process to do.
  var isReady: Bool {
    if flags.isDisjoint(with: [.unborn, .waiting, .suspended]) { return !mailbox.isEmpty }
    if flags.contains(.unborn) { return !flags.contains(.held) }
    if flags.contains(.waiting) { return flags.contains(.resumable) }
    return suspendedIndex != nil
  }

  /// Marks a process that has something to do as queued; true when it has to be put into the queue.
  mutating func takesPlaceInQueue() -> Bool {
    guard !flags.contains(.queued), flags.contains(.alive), isReady else { return false }
    flags.insert(.queued)
    return true
  }

  /// Puts a message into the mailbox, and ends the wait that it was awaited by.
  ///
  /// Returns the new length, and whether the process has to be put into the queue.
  mutating func receive(
    _ message: consuming Message, cause: Event.ID?, inTurn: Bool
  ) -> (length: Int, joinsQueue: Bool) {
    let length = mailbox.count + 1
    if length > mailboxMaximum { mailboxMaximum = length }
    received += 1
    if flags.contains(.waiting), !flags.contains(.resumable), awaited.matches(message) {
      matched = Int32(length - 1)
      flags.insert(.resumable)
    }
    mailbox.append(Envelope(message: message, cause: cause))
    return (length, !inTurn && takesPlaceInQueue())
  }

  /// Begins a wait inside a turn; true when the message is there already.
  ///
  /// Messages before `start` cannot be it; nil when none can.
  mutating func wait(for awaited: Awaited, from start: Int?, cause: Event.ID?) -> Bool {
    self.awaited = awaited
    self.cause = cause
    flags.insert(.waiting)
    flags.remove(.resumable)
    matched = -1
    guard let start, start < mailbox.count,
      let index = mailbox[start...].firstIndex(where: { awaited.matches($0.message) })
    else { return false }
    matched = Int32(index)
    flags.insert(.resumable)
    return true
  }

  /// Whether the answer to a call ends the monitor of the callee: always that of a plain call, and
  /// that of a task when its owner waits for it; an owner that does not is told of the end too.
  func endsMonitor(_ monitored: Monitored, answered mark: Reference) -> Bool {
    switch monitored {
    case .quietly: true
    case .process: flags.contains(.waiting) && awaited.takesReply(to: mark)
    }
  }

  /// The first message a suspended process handles: a system message or its parent's exit.
  var suspendedIndex: Int? {
    mailbox.firstIndex { envelope in
      switch envelope.message {
      case .system: true
      case .exit(let from, _): from != nil && from == parent
      case .plain, .call, .cast, .reply, .down, .timer, .started, .control: false
      }
    }
  }
}

/// What one of a process's marks watches.
enum Monitored: Hashable, Sendable {
  /// A process, by monitor.
  case process(PID)
  /// A process that was called or that is being stopped; the mark is told to nobody, and the answer
  /// to a call removes it.
  case quietly(PID)

  var pid: PID {
    switch self {
    case .process(let pid), .quietly(let pid): pid
    }
  }
}
