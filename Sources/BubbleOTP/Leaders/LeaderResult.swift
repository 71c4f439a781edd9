public import BubbleEvents
import BubbleKernel

/// What `GenLeader.initialize` returns.
public enum LeaderStart: Hashable, Sendable {
  /// The process runs, and takes part in elections.
  case ok
  /// It chose not to run.
  case ignore
  /// It fails with that reason.
  case stop(ExitReason)
}

/// What a new leader tells those who follow it.
public enum LeaderSynch: Hashable, Sendable {
  /// All of them, when somebody joins later only if the options say so (OTP: `{ok,Synch,_}`).
  case all(Term)
  /// Only the one that has joined (OTP: `{reply,Synch,_}`).
  case joining(Term)

  /// What `surrendered` is given.
  public var term: Term {
    switch self {
    case .all(let term), .joining(let term): term
    }
  }
}

/// What a callback of a `GenLeader` returns.
public enum LeaderResult<Leader: Sendable>: Sendable {
  /// It goes on, after answering the caller and, in the leader, telling all others.
  case done(reply: Term?, broadcast: Term?)
  /// It ends with that reason, after answering.
  case stop(ExitReason, reply: Term?)
  /// It waits inside the callback; elections wait, too.
  indirect case wait(Wait<Leader, LeaderResult<Leader>>)

  /// Takes the next message; a caller is answered later, with `ProcessContext.reply`.
  public static var noReply: Self { .done(reply: nil, broadcast: nil) }

  /// Answers the caller, and tells all others.
  public static func reply(_ reply: Term, broadcast: Term? = nil) -> Self {
    .done(reply: reply, broadcast: broadcast)
  }

  /// Tells all others; a caller is answered later.
  public static func broadcast(_ broadcast: Term) -> Self {
    .done(reply: nil, broadcast: broadcast)
  }

  /// Ends with that reason.
  public static func stop(_ reason: ExitReason) -> Self { .stop(reason, reply: nil) }
}

extension LeaderResult: Waitable {
  /// The process, whose callback waits.
  public typealias Server = Leader
}

/// Who belongs to a group, who of them is there, and who leads, as one of its processes sees it
/// (OTP: the Election of gen_leader).
public struct LeaderElection: Hashable, Sendable {
  /// The nodes that may lead, in the order of their names.
  public var candidates: [NodeID]
  /// The nodes that only follow, in the order of their names.
  public var workers: [NodeID]
  /// The candidates that this process is in touch with, its own node among them.
  public var alive: [NodeID]
  /// The leader that this process is or follows; nil for nobody.
  public var leader: PID?
  /// The leader's fencing number; no two leaderships of a cluster have the same.
  ///
  /// Whoever is given orders by two leaders refuses those with the smaller number.
  public var fence: Int?

  /// The other candidates.
  public var down: [NodeID] { candidates.filter { !alive.contains($0) } }
}
