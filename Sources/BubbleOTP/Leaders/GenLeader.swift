public import BubbleEvents
public import BubbleKernel

/// A process of which each of several nodes has one, and one of them leads (OTP: gen_leader).
///
/// The processes of a group have one name, on different nodes. Candidates elect the leader among
/// them, workers only follow. Orders go to the leader from wherever they are given, and what it
/// broadcasts reaches all others in its order. What they say to each other are terms. While nobody
/// leads yet everything but the election waits in the mailbox. A callback fails by throwing, as in
/// a `GenServer`.
///
/// ```swift
/// struct Tally: GenLeader {
///   var count = 0
///   mutating func elected(
///     _ election: LeaderElection, joining node: NodeID?, _ context: inout ProcessContext
///   ) throws -> LeaderSynch {
///     .all(.integer(count))
///   }
///   mutating func surrendered(
///     to synch: Term, _ election: LeaderElection, _ context: inout ProcessContext
///   ) throws {
///     if case .integer(let count) = synch { self.count = count }
///   }
///   mutating func handleLeaderCall(
///     _ request: Term, from caller: Caller, _ election: LeaderElection,
///     _ context: inout ProcessContext
///   ) throws -> LeaderResult<Tally> {
///     count += 1
///     return .reply(.integer(count), broadcast: .integer(count))
///   }
///   mutating func fromLeader(
///     _ broadcast: Term, _ election: LeaderElection, _ context: inout ProcessContext
///   ) throws -> LeaderResult<Tally> {
///     if case .integer(let count) = broadcast { self.count = count }
///     return .noReply
///   }
/// }
/// ```
public protocol GenLeader: Sendable {
  /// Runs first, in the new process; the starter waits for it, and not for an election.
  mutating func initialize(_ context: inout ProcessContext) throws -> LeaderStart

  /// This process has become the leader, when `node` is nil; else that node's process has joined
  /// later. What it returns is given to `surrendered` there (OTP: elected/3).
  mutating func elected(
    _ election: LeaderElection, joining node: NodeID?, _ context: inout ProcessContext
  ) throws -> LeaderSynch
  /// This process follows a leader from now on; it may have led itself before, and what it then
  /// accepted is lost unless it is merged here (OTP: surrendered/3).
  mutating func surrendered(
    to synch: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws
  /// This process does not lead any more, and does not follow anybody yet.
  mutating func resigned(
    _ election: LeaderElection, _ context: inout ProcessContext
  ) throws

  /// Answers an order; runs in the leader (OTP: handle_leader_call).
  mutating func handleLeaderCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Self>
  /// Handles an order without an answer; runs in the leader (OTP: handle_leader_cast).
  mutating func handleLeaderCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self>
  /// Handles what the leader has broadcast; runs in everybody else (OTP: from_leader).
  mutating func fromLeader(
    _ broadcast: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self>
  /// A candidate is lost: its process, its node or the connection; runs in the leader, and returns
  /// what it broadcasts (OTP: handle_DOWN).
  mutating func handleDOWN(
    _ node: NodeID, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> Term?

  /// Answers a request to this process, whoever leads.
  mutating func handleCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Self>
  /// Handles a request without an answer to this process, whoever leads.
  mutating func handleCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self>
  /// Handles every other message; the default reports it and goes on.
  mutating func handleInfo(
    _ message: Info, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self>

  /// Cleans up before an orderly end, under the rules of a gen_server.
  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws
  /// Takes over new code while suspended; throwing leaves the old state.
  mutating func codeChange(
    from version: Term, extra: Term, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws
  /// Gives the part of the state that `describeState` calls `field` another value.
  mutating func replaceState(_ field: String, with value: Term) throws

  /// The behaviour and module as the screen shows them, such as `gen_leader Tally`.
  var behaviour: String { get }
  /// The state, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

extension GenLeader {
  /// Starts with the value as it is.
  public mutating func initialize(_ context: inout ProcessContext) throws -> LeaderStart { .ok }

  /// Does nothing.
  public mutating func resigned(
    _ election: LeaderElection, _ context: inout ProcessContext
  ) throws {}

  /// Fails: this group takes no such orders.
  public mutating func handleLeaderCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Self> {
    throw RaisedError("function_clause")
  }

  /// Fails: this group takes no such orders.
  public mutating func handleLeaderCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self> {
    throw RaisedError("function_clause")
  }

  /// Goes on.
  public mutating func fromLeader(
    _ broadcast: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self> {
    .noReply
  }

  /// Broadcasts nothing.
  public mutating func handleDOWN(
    _ node: NodeID, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> Term? {
    nil
  }

  /// Fails: this process takes no calls.
  public mutating func handleCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Self> {
    throw RaisedError("function_clause")
  }

  /// Fails: this process takes no casts.
  public mutating func handleCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self> {
    throw RaisedError("function_clause")
  }

  /// Reports the message and goes on.
  public mutating func handleInfo(
    _ message: Info, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Self> {
    context.post(
      .reported(.unexpectedMessage(pid: context.pid, message: message.description)))
    return .noReply
  }

  /// Has nothing to clean up.
  public mutating func terminate(
    _ reason: ExitReason, _ context: inout ProcessContext
  ) throws {}

  /// Keeps the state.
  public mutating func codeChange(
    from version: Term, extra: Term, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws {}

  /// Fails: nothing of the state can be replaced.
  public mutating func replaceState(_ field: String, with value: Term) throws {
    throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
  }

  /// `gen_leader` and the name of the type.
  public var behaviour: String { "gen_leader \(Self.self)" }

  /// The stored properties, by reflection.
  public func describeState() -> [ProcessInspection.Field] {
    ProcessInspection.fields(reflecting: self)
  }
}
