internal import BubbleEvents
internal import DequeModule

/// What a process takes out of its slot for a turn, and puts back after it.
struct Turn {
  /// Why a process runs.
  enum Occasion {
    /// Its first turn.
    case birth
    /// Its wait has ended, with the message of the turn or without any.
    case resumption
    /// The message of the turn is next in its mailbox.
    case message
    /// There is nothing to do after all.
    case nothing
    /// The process has ended while it stood in the queue.
    case burial
  }

  var occasion = Occasion.nothing
  var pid = PID(0)
  var body: any ProcessBody = AbsentBody()
  var cause: Event.ID?
  var isSuspended = false
  /// How many messages stay in the mailbox.
  var mailboxCount = 0
  /// Where the message lay that ended the wait; -1 for none.
  var matched = -1
  var awaitedAnyDown = false
}

extension ProcessSlot {
  /// Begins the turn of a process that stood at the front of the queue; the message it is for.
  mutating func begin(_ turn: inout Turn) -> Message? {
    flags.remove(.queued)
    guard flags.contains(.alive) else {
      turn.occasion = .burial
      return nil
    }
    guard isReady else { return nil }
    turns += 1
    turn.pid = pid
    turn.isSuspended = flags.contains(.suspended)
    swap(&turn.body, &body)
    if flags.contains(.unborn) {
      flags.remove(.unborn)
      turn.occasion = .birth
      turn.cause = cause
      turn.mailboxCount = mailbox.count
      return nil
    }
    if flags.contains(.waiting) {
      turn.occasion = .resumption
      return endWait(&turn)
    }
    turn.occasion = .message
    let envelope = takeMessage()
    turn.cause = envelope?.cause
    turn.mailboxCount = mailbox.count
    return envelope?.message
  }

  /// Begins another turn right after one, with the body still out of the slot; nil when there is no
  /// plain reason for it.
  mutating func goOn(_ turn: inout Turn, after message: Message?) -> Message? {
    guard flags.isDisjoint(with: [.unborn, .waiting, .suspended]), flags.contains(.alive),
      let envelope = mailbox.popFirst()
    else { return nil }
    if let message { lastMessage = message }
    turns += 1
    turn.occasion = .message
    turn.isSuspended = false
    turn.cause = envelope.cause
    turn.matched = -1
    turn.awaitedAnyDown = false
    turn.mailboxCount = mailbox.count
    return envelope.message
  }

  /// Ends a turn; true when the process has to be put into the queue again.
  mutating func end(_ turn: inout Turn, _ message: consuming Message?) -> Bool {
    swap(&turn.body, &body)
    if let message { lastMessage = message }
    return takesPlaceInQueue()
  }

  /// The message a turn handles.
  private mutating func takeMessage() -> Envelope? {
    guard flags.contains(.suspended) else { return mailbox.popFirst() }
    return suspendedIndex.map { mailbox.remove(at: $0) }
  }

  /// Ends a wait and takes the message that it was for; nil when its time has passed.
  private mutating func endWait(_ turn: inout Turn) -> Message? {
    flags.subtract([.waiting, .resumable])
    if case .anyDown = awaited { turn.awaitedAnyDown = true }
    awaited = .nothing
    timer.stop()
    let index = Int(matched)
    guard index >= 0 else {
      turn.cause = cause
      turn.mailboxCount = mailbox.count
      return nil
    }
    let envelope = index == 0 ? mailbox.removeFirst() : mailbox.remove(at: index)
    turn.matched = index
    turn.cause = envelope.cause
    turn.mailboxCount = mailbox.count
    return envelope.message
  }
}

extension ProcessSlot {
  /// What a process leaves behind.
  struct Remains {
    var flags: Flags
    var name: String?
    var starter: PID?
    var links: OrderedTable<PID, Bool>
    var monitors: OrderedTable<Reference, Monitored>
    var watchers: OrderedTable<Reference, PID?>
    var hasTimerEntry: Bool
  }

  /// Empties the slot; it stays in the queue when it stands there.
  mutating func bury() -> Remains {
    let remains = Remains(
      flags: flags, name: name, starter: starter, links: links, monitors: monitors,
      watchers: watchers, hasTimerEntry: timer.hasEntry)
    flags = flags.intersection(.queued)
    body = AbsentBody()
    if !mailbox.isEmpty { mailbox = [] }
    if !links.isEmpty { links = OrderedTable() }
    if !watchers.isEmpty { watchers = OrderedTable() }
    if !monitors.isEmpty { monitors = OrderedTable() }
    awaited = .nothing
    name = nil
    starter = nil
    lastMessage = nil
    timer = WaitTimer()
    return remains
  }

  /// Puts a new process into an empty slot.
  mutating func settle(pid: PID, parent: PID?, body: any ProcessBody, cause: Event.ID?) {
    self.pid = pid
    self.parent = parent
    self.body = body
    self.cause = cause
    flags = [.alive, .unborn]
    matched = -1
    turns = 0
    mailboxMaximum = 0
    received = 0
    sent = 0
  }
}
