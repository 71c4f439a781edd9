import BubbleEvents
import BubbleKernel
import BubbleOTP

/// A worker of a scenario that is one of a group of which one leads.
///
/// It keeps a number. An order to its leader adds to that, and all others take over what the leader
/// has; so does whoever comes to follow another leader, and what it had itself is lost.
struct ScenarioLeader: GenLeader {
  let id: String
  private var number = 0
  /// The leader and its fencing number, as they were told last.
  private var election: LeaderElection?

  init(_ id: String) {
    self.id = id
  }

  var behaviour: String { "gen_leader \(id)" }

  mutating func elected(
    _ election: LeaderElection, joining node: NodeID?, _ context: inout ProcessContext
  ) throws -> LeaderSynch {
    self.election = election
    return .all(.integer(number))
  }

  mutating func surrendered(
    to synch: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws {
    self.election = election
    takeOver(synch)
  }

  mutating func resigned(
    _ election: LeaderElection, _ context: inout ProcessContext
  ) throws {
    self.election = election
  }

  mutating func handleLeaderCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<ScenarioLeader> {
    add(request)
    return .reply(.integer(number), broadcast: .integer(number))
  }

  mutating func handleLeaderCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<ScenarioLeader> {
    add(request)
    return .broadcast(.integer(number))
  }

  mutating func fromLeader(
    _ broadcast: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<ScenarioLeader> {
    takeOver(broadcast)
    return .noReply
  }

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<ScenarioLeader> {
    .reply(.integer(number))
  }

  mutating func handleCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<ScenarioLeader> {
    .noReply
  }

  /// What it is sent is an order to the leader.
  mutating func handleInfo(
    _ message: Info, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<ScenarioLeader> {
    if case .message(let order as Term) = message {
      context.leaderCast(order, to: .pid(context.pid))
    }
    return .noReply
  }

  mutating func replaceState(_ field: String, with value: Term) throws {
    guard field == "number", case .integer(let number) = value else {
      throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
    }
    self.number = number
  }

  /// A whole number counts as that, anything else as 1.
  private mutating func add(_ order: Term) {
    let step = if case .integer(let step) = order { step } else { 1 }
    number = number.addingReportingOverflow(step).partialValue
  }

  private mutating func takeOver(_ term: Term) {
    if case .integer(let number) = term { self.number = number }
  }

  func describeState() -> [ProcessInspection.Field] {
    let leader = election?.leader.map(\.description) ?? "nobody"
    let fence = election?.fence.map(String.init) ?? "none"
    return [
      ProcessInspection.Field(name: "number", value: String(number)),
      ProcessInspection.Field(name: "leader", value: leader),
      ProcessInspection.Field(name: "fencing number", value: fence),
    ]
  }
}
