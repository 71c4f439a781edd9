import BubbleEvents
import BubbleKernel

/// What a supervisor's logic wants done; `start`, `stop` and `stopAll` come last in a list, and
/// their outcome is the logic's next input.
indirect enum SupervisorAction: Sendable {
  /// Post an event.
  case post(Event.Kind)
  /// Post an event, and count everything that follows as caused by it.
  case decide(Event.Kind)
  /// Run a child's start function and wait for the acknowledgement.
  case start(ChildID, ProcessStart, [Term])
  /// Tell a child to end and wait until it has.
  case stop(ChildID, PID, ChildShutdown)
  /// Tell all these children to end, each in its way, and wait for each.
  case stopAll([(ChildID, PID, ChildShutdown)])
  /// Answer a call.
  case reply(Caller?, SupervisorReply)
  /// Ask again through the mailbox, behind everything that waits there.
  case retry(ChildID)
  /// The supervisor's own start has succeeded.
  case acknowledge
  /// The supervisor's own start has failed.
  case failStart(ExitReason)
  /// The supervisor ends.
  case end(ExitReason)
}

/// How a child that was told to stop ended.
enum StopOutcome: Hashable, Sendable {
  /// With that reason.
  case ended(ExitReason)
  /// It had unlinked itself, and was dead already.
  case unlinked

  /// The reason as events tell it.
  var reason: ExitReason {
    switch self {
    case .ended(let reason): reason
    case .unlinked: .failure("child_process_unlinked")
    }
  }
}

/// The message with which a supervisor asks itself to try a restart again.
struct RetryRequest: Sendable {
  var id: ChildID
}

/// The decisions of a supervisor; a value that is told what happened and says what to do.
///
/// `SupervisorBody` draws the conversation. An outcome that was not asked for stops the program.
protocol SupervisorLogic: Sendable {
  /// Whether it is in the middle of stopping, starting or retrying.
  var isActing: Bool { get }
  var flags: SupervisorFlags { get }
  /// The specifications that an init function would have to return to change nothing: in start
  /// order, of a template only that, and none where children bring their own.
  var specs: [ChildSpec] { get }

  /// The process runs and its init has returned.
  mutating func booted() -> [SupervisorAction]
  /// A start function has returned, or the process has acknowledged.
  mutating func startFinished(_ result: StartResult) -> [SupervisorAction]
  /// A child that was told to stop has ended.
  mutating func childStopped(_ pid: PID, _ outcome: StopOutcome) -> [SupervisorAction]
  /// A linked process ended by itself.
  mutating func childExited(
    _ pid: PID, _ reason: ExitReason, at now: RuntimeInstant
  ) -> [SupervisorAction]
  /// The message with which it asked itself for another attempt has come.
  mutating func retryDue(_ id: ChildID, at now: RuntimeInstant) -> [SupervisorAction]
  /// A call.
  mutating func requested(
    _ request: SupervisorRequest, _ caller: Caller?, isAlive: (PID) -> Bool
  ) -> [SupervisorAction]
  /// It is to end with that reason.
  mutating func stopRequested(_ reason: ExitReason) -> [SupervisorAction]
  /// The flags change while it runs; the history stays.
  mutating func flagsChanged(_ flags: SupervisorFlags) -> Event.Kind
  /// Its init has returned other children.
  mutating func specsChanged(_ specs: [ChildSpec]) -> [Event.Kind]
  /// What a start function that did not return has come to.
  func startError(_ reason: ExitReason) -> Term
  /// Whether there is a place called `id`.
  func hasPlace(_ id: ChildID) -> Bool
  /// What `id` of a request from outside is called in a `SupervisorRequest`.
  func key(of id: ChildID) -> Term
  /// The state, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

extension SupervisorLogic {
  /// As Erlang's `catch` has it: `{'EXIT',Reason}` (S4).
  func startError(_ reason: ExitReason) -> Term { .tuple(["EXIT", reason.term]) }
}
