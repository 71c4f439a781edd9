public import BubbleEvents

/// What a process may do, and all it may see, during its turn.
///
/// Everything takes effect at once and in order; exit signals to others too, so that a process that
/// was sent `kill` is dead when the next line runs. Signals to oneself take effect after the turn.
public struct ProcessContext: Sendable {
  var core: Core

  init(core: Core) {
    self.core = core
  }

  /// The process whose turn it is.
  public var pid: PID { core.currentPID }

  /// The node that this process lives on (OTP: node()).
  public var node: NodeID { core.node }

  /// The present instant.
  public var now: RuntimeInstant { core.now }

  /// The process that spawned this one; nil when the outside did.
  public var parent: PID? { core.current < 0 ? nil : core.processes[core.current].parent }

  /// How many processes live (OTP: erlang:system_info(process_count)).
  public var processCount: Int { core.processes.liveCount }

  /// The event that brought this turn about, and that everything done now counts as caused by.
  public var cause: Event.ID? {
    get { core.cause }
    set { core.cause = newValue }
  }

  /// The machine's seeded source of chance.
  public var generator: SplitMix64 {
    get { core.generator }
    set { core.generator = newValue }
  }

  /// Whether exit signals to this process become messages.
  public var trapsExits: Bool {
    get { core.processes[core.current].flags.contains(.trapsExits) }
    set {
      if newValue {
        core.processes[core.current].flags.insert(.trapsExits)
      } else {
        core.processes[core.current].flags.remove(.trapsExits)
      }
    }
  }

  /// Notes something in words, for whoever reads the events.
  ///
  /// This is the event that a program may post: what happens to processes only the runtime tells.
  /// Outside of a turn, in a start function that the outside runs, it does nothing.
  public mutating func note(_ text: String) {
    guard core.current >= 0 else { return }
    core.post(.process(core.currentPID, .noted(text)))
  }

  /// Posts an event of the runtime's; returns its number.
  @discardableResult
  package mutating func post(_ kind: consuming Event.Kind) -> Event.ID? {
    core.post(kind)
  }

  /// Tells that the control request of this turn cannot be served, and why.
  @usableFromInline package mutating func refuseRequest(_ reason: Term) {
    core.refuse(reason, by: core.currentPID)
  }

  // MARK: - Spawning

  /// Spawns a process (OTP: spawn).
  @discardableResult
  @inlinable public mutating func spawn(_ body: some ProcessBody) -> PID {
    spawnAny(body, isLinked: false)
  }

  /// Spawns a process and links to it, in one step (OTP: spawn_link).
  @discardableResult
  @inlinable public mutating func spawnLink(_ body: some ProcessBody) -> PID {
    spawnAny(body, isLinked: true)
  }

  /// Spawns a process and watches it, in one step (OTP: spawn_monitor).
  @inlinable public mutating func spawnMonitor(_ body: some ProcessBody) -> (PID, Reference) {
    let pid = spawnAny(body, isLinked: false)
    return (pid, monitor(pid))
  }

  /// Spawns a process that acknowledges its start; for use in a start function (OTP: proc_lib).
  @inlinable public mutating func startProcess(
    _ body: some ProcessBody, name: String? = nil, isLinked: Bool = true
  ) -> ProcessStart.Attempt {
    startAny(body, name: name, isLinked: isLinked)
  }

  /// Keeps a process that this one has just spawned from its first turn, until it is released.
  package mutating func hold(_ child: PID) {
    guard let slot = core.processes.slot(of: child) else { return }
    core.processes[slot].flags.insert(.held)
  }

  /// Lets a process begin that was held.
  package mutating func release(_ child: PID) {
    guard let slot = core.processes.slot(of: child) else { return }
    core.processes[slot].flags.remove(.held)
    core.enqueueIfReady(slot)
  }

  // What is generic ends here, where the caller's types are known.

  @usableFromInline mutating func spawnAny(_ body: any ProcessBody, isLinked: Bool) -> PID {
    core.spawn(body, isLinked: isLinked)
  }

  @usableFromInline mutating func startAny(
    _ body: any ProcessBody, name: String?, isLinked: Bool
  ) -> ProcessStart.Attempt {
    core.startProcess(body, name: name, isLinked: isLinked)
  }

  /// Tells the starter that this process runs now; a second time it does nothing.
  public mutating func acknowledgeStart() {
    let slot = core.current
    guard slot >= 0, core.processes.flags(slot).contains(.starting) else { return }
    core.processes[slot].flags.remove(.starting)
    let starter = core.processes[slot].starter
    core.finishStart(
      of: core.currentPID, starter: starter, result: .ok(core.currentPID, info: nil),
      cause: core.cause)
  }

  /// Ends this process after the turn; the first reason given holds.
  public mutating func finish(_ reason: ExitReason) {
    guard core.ending == nil else { return }
    core.ending = reason
    core.endingCause = core.cause
  }

  /// Whether this process ends after the turn.
  public var isEnding: Bool { core.ending != nil }

  /// Ends a start without a process (OTP: ignore): the starter is told when this process is gone.
  public mutating func ignoreStart() {
    core.ignoresStart = true
    finish(.normal)
  }

  // MARK: - Signals

  /// Sends an exit signal; `normal` ends this process when it sends that to itself (OTP: exit/2).
  public mutating func exit(_ target: PID, reason: ExitReason) {
    send(reason, to: target, endsSender: true)
  }

  /// Sends an exit signal; `normal` harms nobody, not even this process (OTP 29: exit_signal/2).
  public mutating func exitSignal(_ target: PID, reason: ExitReason) {
    send(reason, to: target, endsSender: false)
  }

  private mutating func send(_ reason: ExitReason, to target: PID, endsSender: Bool) {
    core.sendExitSignal(
      Core.ExitSignal(
        from: core.sender, to: target, reason: reason, isLink: false, endsSender: endsSender,
        cause: core.cause))
    core.deliverExitSignals()
  }

  /// Sends the exit signal that cannot be trapped.
  public mutating func kill(_ target: PID) {
    exit(target, reason: .kill)
  }

  /// Links this process with another (OTP: link).
  ///
  /// A process of another node that is dead or cannot be reached is told by an exit signal, and
  /// never raises anything here.
  public mutating func link(_ other: PID) throws {
    try core.link(other)
  }

  /// Links two processes that live, as whoever starts one of them may.
  package mutating func link(_ one: PID, with other: PID) {
    core.link(one, with: other)
  }

  /// The processes that this one is linked with, in the order of their PIDs (OTP: process_info).
  public var links: [PID] { core.processes[core.current].links.entries.map(\.key) }

  /// Removes a link (OTP: unlink).
  public mutating func unlink(_ other: PID) {
    core.unlink(other)
  }

  /// Watches a process: its end arrives as one `Message.down` (OTP: monitor).
  public mutating func monitor(_ target: PID) -> Reference {
    core.monitor(target, quietly: false)
  }

  /// Stops watching; true when the monitor had not fired (OTP: demonitor).
  ///
  /// `flush` takes its report out of the mailbox too.
  @discardableResult
  public mutating func demonitor(_ mark: Reference, flush: Bool = false) -> Bool {
    core.demonitor(mark, flush: flush)
  }

  /// Watches a process without an event, as a supervisor does while it stops a child.
  package mutating func monitorQuietly(_ target: PID) -> Reference {
    core.monitor(target, quietly: true)
  }

  /// Takes the first exit message from `other` out of the mailbox without waiting.
  package mutating func takeExitMessage(from other: PID) -> ExitReason? {
    core.takeExitMessage(from: other)
  }

  /// Whether a process of this node lives; takes into account every signal sent to it so far.
  public func isAlive(_ target: PID) -> Bool {
    core.processes.slot(of: target) != nil
  }
}
