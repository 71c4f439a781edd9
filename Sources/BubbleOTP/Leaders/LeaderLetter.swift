import BubbleEvents
import BubbleKernel

/// What the processes of a group say to each other.
struct LeaderLetter: Sendable {
  enum Content: Sendable {
    /// What is new of somebody.
    case records([LeaderRecord])
    /// I lead: follow me.
    case offer(fence: Int, synch: Term)
    /// From the leader to those that follow it.
    case broadcast(fence: Int, Term)
    /// For the leader.
    case order(Term)
  }

  var from: PID
  var content: Content
}

extension LeaderLetter: TermConvertible {
  /// The letter as whoever watches messages reads it.
  var term: Term {
    switch content {
    case .records(let records): .tuple(["group", .list(records.map { .pid($0.pid) })])
    case .offer(let fence, let synch): .tuple(["leader", .pid(from), .integer(fence), synch])
    case .broadcast(let fence, let term): .tuple(["from_leader", .integer(fence), term])
    case .order(let request): .tuple(["leader_cast", request])
    }
  }
}

/// Asks one of the group's processes, by its name, to be in touch, and is the answer, too.
struct LeaderHello: Sendable, TermConvertible {
  var records: [LeaderRecord]

  var term: Term { "join" }
}

/// A call for the leader, which whoever gets it hands on.
struct LeaderOrder: Sendable, TermConvertible {
  var request: Term

  var term: Term { .tuple(["leader_call", request]) }
}

/// The answer to a call for the leader that there is none to give.
struct LeaderFailure: Hashable, Sendable, TermConvertible {
  var reason: Term

  var term: Term { .tuple(["EXIT", reason]) }
}

/// Marks the timer of the heartbeat.
struct LeaderBeat: Sendable, TermConvertible {
  var term: Term { "heartbeat" }
}
