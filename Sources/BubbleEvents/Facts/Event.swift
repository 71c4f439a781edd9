/// A sentence about the past: what happened, when, and because of which earlier event.
///
/// Events are numbered from 1 in the order in which they happened, without gaps. Equal instants are
/// common: a whole restart happens within one instant of virtual time.
public struct Event: Hashable, Sendable {
  /// The number of an event in its stream, from 1.
  public typealias ID = UInt64

  /// Its number.
  public var id: ID
  /// When it happened.
  public var instant: RuntimeInstant
  /// The earlier event that brought it about; nil for a beginning.
  public var cause: ID?
  /// What happened.
  public var kind: Kind

  /// Creates an event.
  public init(id: ID, instant: RuntimeInstant, cause: ID?, kind: Kind) {
    self.id = id
    self.instant = instant
    self.cause = cause
    self.kind = kind
  }
}

extension Event {
  /// Everything that can happen, in the past tense.
  public enum Kind: Hashable, Sendable {
    // MARK: Requests

    /// The outside asked for something. Posted before anything the request brings about; its cause
    /// is nil. Everything that follows from it leads back here.
    case requested(ControlRequest, by: ControlRequest.Origin = .user)

    // MARK: Processes

    /// A process came into being. Posted before any other event that names `pid`. `behaviour` is
    /// its behaviour and module as in `ProcessInspection.behaviour`; `parent` is the spawner.
    case processSpawned(pid: PID, parent: PID?, behaviour: String)
    /// A process ended. The last event in which `pid` acts; its name, links and monitors are
    /// released by then. Always preceded by its `processSpawned`.
    case processExited(pid: PID, reason: ExitReason)
    /// A process is suspended and handles only system messages.
    case processSuspended(pid: PID)
    /// A suspension ended. Always preceded by `processSuspended`.
    case processResumed(pid: PID)
    /// Two processes are linked now; both were alive.
    case linked(PID, PID)
    /// A link was removed by one of its ends, not by a death.
    case unlinked(PID, PID)
    /// `by` watches `target`.
    case monitored(by: PID, target: PID)
    /// A monitor was removed before it fired.
    case demonitored(by: PID, target: PID)
    /// An exit signal set off for `to`: by exit/2, or through a link when `isLink`.
    case exitSignalSent(from: PID?, to: PID, reason: ExitReason, isLink: Bool)
    /// A process that traps exits got an exit signal as a message instead of dying.
    case exitSignalTrapped(pid: PID, from: PID?, reason: ExitReason)
    /// A monitor fired: `to` is told that `about` ended.
    case downDelivered(to: PID, about: PID, reason: ExitReason)
    /// A name was bound to a live process.
    case nameRegistered(name: String, pid: PID)
    /// A name became free, by its process's end or by unregistering.
    case nameReleased(name: String, pid: PID)

    // MARK: Supervision

    /// A supervisor read its flags, in its init or at a code change. Posted after its
    /// `processSpawned` and before any of its children's events.
    case supervisorConfigured(supervisor: PID, flags: SupervisorFlags)
    /// A supervisor took in a child specification, at `position` in start order (0 first; a dynamic
    /// child: its number). Known ids keep their place in the table and take the new description.
    case childSpecified(supervisor: PID, child: ChildDescription, position: Int)
    /// A specification left the table: deleted, a temporary child's end, a dynamic child's end.
    case childForgotten(supervisor: PID, id: ChildID)
    /// A supervisor is about to run a child's start function.
    case childStarting(supervisor: PID, id: ChildID)
    /// A start function returned a process. Preceded by `childStarting` and the child's
    /// `processSpawned`.
    case childStarted(supervisor: PID, id: ChildID, pid: PID)
    /// A start function returned `ignore`: the place stays empty.
    case childIgnored(supervisor: PID, id: ChildID)
    /// A start function failed. In a restart the supervisor tries again through its own mailbox.
    case childStartFailed(supervisor: PID, id: ChildID, reason: ExitReason)
    /// A supervisor told a child to end: with `kill`, or with `shutdown` and a time limit.
    case childStopping(supervisor: PID, id: ChildID, pid: PID, shutdown: ChildShutdown)
    /// The time a child was given has passed, and `kill` was sent.
    case childStopTimedOut(supervisor: PID, id: ChildID, pid: PID)
    /// A child that was told to end has ended. Preceded by `childStopping` and `processExited`.
    case childStopped(supervisor: PID, id: ChildID, pid: PID, reason: ExitReason)
    /// A supervisor saw that a child ended by itself. Preceded by the child's `processExited`.
    case childTerminated(supervisor: PID, id: ChildID, pid: PID, reason: ExitReason)
    /// The supervisor will start `id` again by `strategy`, stopping `stops` siblings first and
    /// starting `starts` children in all. Caused by the `childTerminated`, or by the
    /// `childStartFailed` of the attempt before.
    case restartDecided(
      supervisor: PID, id: ChildID, strategy: SupervisionStrategy, stops: Int, starts: Int)
    /// The end of a child leads to no restart: its restart type and the exit reason say so.
    case restartNotNeeded(supervisor: PID, id: ChildID, restart: ChildRestart, reason: ExitReason)
    /// A restart was recorded: `used` of the allowed ones lie within the period now.
    case restartCounted(supervisor: PID, used: Int, intensity: RestartIntensity)
    /// One restart too many within the period: the supervisor stops its children and ends.
    case intensityExceeded(supervisor: PID, id: ChildID, used: Int, intensity: RestartIntensity)
    /// A significant child ended by itself, and the supervisor stops its children and ends.
    case autoShutdownStarted(supervisor: PID, id: ChildID, mode: AutoShutdown)
    /// All that a `restartDecided` asked for has been done.
    case restartCompleted(supervisor: PID, id: ChildID)
    /// Children were put into another start order by a code change; all ids, first started first.
    case childrenReordered(supervisor: PID, order: [ChildID])

    // MARK: Applications

    /// An application was loaded, started or stopped.
    case application(ApplicationStep)

    // MARK: Releases

    /// The release that the machine runs is started, changed, or could not be.
    case release(ReleaseStep)
    /// A process runs that version of its module from now on: since its start, or since it came
    /// over from `previous`.
    case codeEntered(pid: PID, module: String, version: Term, previous: Term?)

    // MARK: Reports

    /// A report as OTP's logger would get it.
    case reported(Report)

    // MARK: On subscription

    /// A message set off. Only when subscribed to messages.
    case messageSent(from: PID?, to: PID, text: String)
    /// A process took a message and handled it: one turn. Only when subscribed to messages.
    case messageHandled(pid: PID, text: String)
    /// A call waits for its answer. Only when subscribed to messages.
    case callStarted(from: PID, to: PID, text: String)
    /// A call was answered. Only when subscribed to messages.
    case callReturned(from: PID, to: PID)
    /// A call ran out of time: the caller exits, the server knows nothing. Only when subscribed.
    case callTimedOut(from: PID, to: PID)

    // MARK: Limits

    /// A limit of the machine was reached, said in words.
    case limitReached(pid: PID?, limit: String)
  }
}
