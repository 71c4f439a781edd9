/// What can be seen of one process from outside, without disturbing it.
public struct ProcessInspection: Hashable, Sendable {
  /// One labelled part of a process's state.
  public struct Field: Hashable, Sendable {
    /// What it is.
    public var name: String
    /// Its value as text; text from outside, not yet safe for a terminal.
    public var value: String

    /// Creates a field.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The process.
  public var pid: PID
  /// Its registered name.
  public var name: String?
  /// The behaviour it runs, such as `gen_server`, and its module, such as `Cache`.
  public var behaviour: String
  /// The process that spawned it.
  public var parent: PID?
  /// Whether exit signals become messages.
  public var trapsExits: Bool
  /// Whether it is suspended.
  public var isSuspended: Bool
  /// What it waits for inside a turn, such as a reply, in words; nil when it waits for any message.
  public var waitingFor: String?
  /// Linked processes, in the order of their PIDs.
  public var links: [PID]
  /// The processes it monitors, in the order of their PIDs.
  public var monitors: [PID]
  /// The processes that monitor it, in the order of their PIDs.
  public var monitoredBy: [PID]
  /// Messages waiting.
  public var mailboxLength: Int
  /// The most messages that ever waited.
  public var mailboxMaximum: Int
  /// The first waiting messages as text, at most as many as were asked for.
  public var mailbox: [String]
  /// Turns taken since its start.
  public var turns: Int
  /// Messages that have come since its start (OTP: messages_in).
  public var received: Int
  /// Messages and answers that it has sent since its start (OTP: messages_out).
  public var sent: Int
  /// The message handled last, as text.
  public var lastMessage: String?
  /// Its state, part by part.
  public var state: [Field]

  /// Creates an inspection.
  public init(
    pid: PID, name: String?, behaviour: String, parent: PID?, trapsExits: Bool, isSuspended: Bool,
    waitingFor: String?, links: [PID], monitors: [PID], monitoredBy: [PID], mailboxLength: Int,
    mailboxMaximum: Int, mailbox: [String], turns: Int, received: Int = 0,
    sent: Int = 0, lastMessage: String?, state: [Field]
  ) {
    self.pid = pid
    self.name = name
    self.behaviour = behaviour
    self.parent = parent
    self.trapsExits = trapsExits
    self.isSuspended = isSuspended
    self.waitingFor = waitingFor
    self.links = links
    self.monitors = monitors
    self.monitoredBy = monitoredBy
    self.mailboxLength = mailboxLength
    self.mailboxMaximum = mailboxMaximum
    self.mailbox = mailbox
    self.turns = turns
    self.received = received
    self.sent = sent
    self.lastMessage = lastMessage
    self.state = state
  }
}

/// The two numbers of a process that change all the time; they may be coalesced.
public struct ProcessMetrics: Hashable, Sendable {
  /// The process.
  public var pid: PID
  /// Turns taken since its start.
  public var turns: Int
  /// Messages waiting now.
  public var mailboxLength: Int

  /// Creates a sample.
  public init(pid: PID, turns: Int, mailboxLength: Int) {
    self.pid = pid
    self.turns = turns
    self.mailboxLength = mailboxLength
  }
}
