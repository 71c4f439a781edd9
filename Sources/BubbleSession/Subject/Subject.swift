package import BubbleConsole
package import BubbleEvents
package import BubbleSimulation

/// What a console looks at: something that tells of itself by events and may take requests.
///
/// It need not be in this program. Nothing here waits for an answer: what is asked is answered
/// later, by `takeAnswers`. A subject that cannot be copied has no `copy`, and one of which too
/// little is known has no `twin`; its `capabilities` then say what that rules out, and why.
package protocol Subject: Sendable {
  /// What it can do, and why it cannot do the rest.
  var capabilities: Capabilities { get }
  /// Its time, as far as what it has told of itself goes.
  var now: RuntimeInstant { get }
  /// When something is due next, if nothing is under way; nil when it is not known.
  var nextInstant: RuntimeInstant? { get }
  /// Whether no message can be handled now and no supervisor is in the middle of anything, as far
  /// as is known.
  var isSettled: Bool { get }

  /// Takes turns or moves the clock, but not past `limit`; one that runs by itself is looked at,
  /// and is idle for all that can be done here.
  mutating func advance(to limit: RuntimeInstant) -> SubjectProgress
  /// How far it has run ahead of `instant` by itself.
  func lead(over instant: RuntimeInstant) -> Duration
  /// Takes out what it has told since the last call.
  mutating func takeEvents() -> [Event]
  /// Takes out what it has said to whoever watches since the last call.
  mutating func takeCaptions() -> [String]

  /// Asks it for something.
  mutating func apply(_ request: ControlRequest, by asker: Asker)
  /// Whether it tells of every message.
  var tellsMessages: Bool { get }
  /// Lets it tell of every message from now on, or no longer.
  mutating func tellMessages(_ isTold: Bool)
  /// The random faults that arrive.
  var chaos: FaultGenerator { get }
  /// Lets random faults arrive from now on; a second call begins anew.
  ///
  /// - Parameters:
  ///   - plan: What happens how often, and to whom.
  ///   - seed: The same seed at the same point makes the same faults.
  mutating func startChaos(_ plan: FaultPlan, seed: UInt64)
  /// Lets no more faults arrive; those that are armed already stay so.
  mutating func stopChaos()

  /// Asks it about itself; the answer comes with `takeAnswers`, at once or later.
  mutating func ask(_ question: SubjectQuestion)
  /// Takes out the answers that have come since the last call.
  mutating func takeAnswers() -> [SubjectAnswer]

  /// A copy to come back to, which takes back all that happened since; nil when that stays done.
  var copy: SimulatedSubject? { get }
  /// A simulation that runs ahead alone and tells what would happen; nil when too little is known.
  var twin: SimulatedSubject? { get }
  /// Whether it is where `end` is in the same run, with nothing left to do again.
  func hasReached(_ end: SimulatedSubject) -> Bool
}

/// What one `advance` of a subject came to.
package enum SubjectProgress: Hashable, Sendable {
  /// So many turns were taken, at least one.
  case turns(Int)
  /// Time moved on, or something was done that was done before.
  case moved
  /// Nothing happens before the limit as far as is known.
  case idle
}

/// What is asked of a subject about itself.
package enum SubjectQuestion: Hashable, Sendable {
  /// What is in a process; with that many messages of its mailbox.
  case inspect(PID, mailboxLimit: Int)
  /// The changing numbers of these processes.
  case metrics([PID])
}

/// The answer of a subject to a question.
package enum SubjectAnswer: Hashable, Sendable {
  /// What is in a process; nil when it is dead.
  case inspected(ProcessInspection?)
  /// The numbers of those that live.
  case metrics([ProcessMetrics])
}

extension Subject {
  /// Runs until no supervisor is in the middle of anything and nothing is runnable.
  ///
  /// - Parameters:
  ///   - patience: How much of its time may pass.
  ///   - turnLimit: How many turns may be taken.
  /// - Returns: False when one of the limits was met first.
  package mutating func settle(within patience: Duration, turnLimit: Int) -> Bool {
    let limit = now + patience
    var turns = 0
    while !isSettled {
      switch advance(to: limit) {
      case .turns(let taken):
        turns += taken
        if turns >= turnLimit { return false }
      case .moved: continue
      case .idle: return isSettled
      }
    }
    return true
  }
}
