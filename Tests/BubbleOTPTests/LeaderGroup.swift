import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// A candidate or worker that counts, and tells what it is called for.
///
/// It is the callback module that `gen_leader` was run with on Erlang nodes.
struct Teller: GenLeader {
  var count = 0
  var told: [String] = []

  mutating func elected(
    _ election: LeaderElection, joining node: NodeID?, _ context: inout ProcessContext
  ) throws -> LeaderSynch {
    let names = context.nodeNames
    let alive = election.alive.map { names[$0] }.joined(separator: ",")
    told.append(node.map { "joined \(names[$0]), alive \(alive)" } ?? "elected, alive \(alive)")
    return .all(.tuple([.atom(names[context.node]), .integer(count)]))
  }

  mutating func surrendered(
    to synch: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws {
    told.append("surrendered \(synch)")
    if case .tuple(let parts) = synch, case .integer(let count) = parts[1] { self.count = count }
  }

  mutating func resigned(
    _ election: LeaderElection, _ context: inout ProcessContext
  ) throws {
    told.append("resigned")
  }

  mutating func handleLeaderCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Teller> {
    told.append("leader_call \(request)")
    switch request {
    case .integer(let more):
      count += more
      return .reply(.tuple(["ok", .integer(count)]), broadcast: .tuple(["set", .integer(count)]))
    case "hang": return .noReply
    case "later":
      context.reply(to: caller, Term.atom("by_and_by"))
      return .noReply
    case "fence": return .reply(.integer(election.fence ?? 0))
    case "rest":
      return .wait(Wait(.nothing, timeout: .seconds(1)) { _, _, _ in .reply("rested") })
    case "stop": return .stop(.normal, reply: "bye")
    default: throw RaisedError("function_clause")
    }
  }

  mutating func handleLeaderCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Teller> {
    told.append("leader_cast \(request)")
    guard case .integer(let more) = request else { return .noReply }
    count += more
    return .broadcast(.tuple(["set", .integer(count)]))
  }

  mutating func fromLeader(
    _ broadcast: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Teller> {
    told.append("from_leader \(broadcast)")
    if case .tuple(let parts) = broadcast, case .integer(let count) = parts[1] {
      self.count = count
    }
    return .noReply
  }

  mutating func handleDOWN(
    _ node: NodeID, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> Term? {
    told.append("DOWN \(context.nodeNames[node])")
    return nil
  }

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws -> LeaderResult<Teller> {
    .reply(.tuple([election.leader.map(Term.pid) ?? "nobody", .integer(count)]))
  }

  mutating func handleCast(
    _ request: Term, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Teller> {
    told.append("cast \(request)")
    return .noReply
  }

  mutating func handleInfo(
    _ message: Info, _ election: LeaderElection, _ context: inout ProcessContext
  ) throws -> LeaderResult<Teller> {
    told.append("info \(message)")
    return .noReply
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    context.note("terminate \(reason)")
  }

  mutating func codeChange(
    from version: Term, extra: Term, _ election: LeaderElection,
    _ context: inout ProcessContext
  ) throws {
    told.append("code_change \(version) \(context.nodeNames[election.leader?.node ?? .nonode])")
  }

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "count", value: "\(count)")]
      + told.map { ProcessInspection.Field(name: "told", value: $0) }
  }
}

/// Does what it is sent, and keeps what came of it.
struct Client: ProcessBody {
  struct Deed: Sendable {
    var run: @Sendable (inout ProcessContext) throws -> Blocking<Term>
  }

  var answers: [String] = []
  private var then: Blocking<Term>.Then?

  var behaviour: String { "client" }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    guard let deed = message.plain(as: Deed.self) else { return }
    goOn(&context) { context in try deed.run(&context) }
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let then else { return }
    goOn(&context) { context in try then(received, &context) }
  }

  private mutating func goOn(
    _ context: inout ProcessContext, _ run: (inout ProcessContext) throws -> Blocking<Term>
  ) {
    then = nil
    let time = Int((context.now - .zero) / .milliseconds(1))
    do {
      switch try run(&context) {
      case .value(let value): answers.append("\(time) \(value)")
      case .waiting(let awaited, let instant, let next):
        then = next
        context.wait(for: awaited, until: instant)
      }
    } catch let exit as ProcessExit {
      answers.append("\(time) exit \(exit.reason.term)")
    } catch {
      answers.append("\(time) raised")
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    answers.map { ProcessInspection.Field(name: "answer", value: $0) }
  }
}

/// A cluster whose nodes have the names a, b, … and a process of the group `gl` each.
struct LeaderGroup {
  static let (a, b, c, d, e) = (NodeID(1), NodeID(2), NodeID(3), NodeID(4), NodeID(5))

  var cluster: Cluster
  var events: [Event] = []
  /// How many entries of each diary have been read.
  private var read: [NodeID: Int] = [:]

  /// The first `candidates` nodes may lead; of all nodes those in `running` run.
  init(
    _ nodes: Int = 3, candidates: Int? = nil, running: [NodeID]? = nil, seed: UInt64 = 1,
    cluster clusterOptions: ClusterOptions = ClusterOptions(),
    _ change: (inout LeaderOptions) -> Void = { _ in }
  ) {
    let ids = (1...nodes).map { NodeID(UInt32($0)) }
    let count = candidates ?? nodes
    var options = LeaderOptions(
      candidates: Array(ids.prefix(count)), workers: Array(ids.dropFirst(count)))
    options.heartbeat = .seconds(1)
    change(&options)
    let specs = ids.enumerated().map { index, id in
      NodeSpec(
        String(UnicodeScalar(UInt8(97 + index))), isRunning: running?.contains(id) ?? true)
    }
    cluster = Cluster(seed: seed, nodes: specs, options: clusterOptions) { [options] kernel in
      _ = kernel.begin(.genLeader(name: "gl", options) { Teller() })
      _ = kernel.spawn(Client())
    }
    settle()
  }

  /// Lets everything happen that does in a few heartbeats.
  mutating func settle(_ time: Duration = .seconds(5)) {
    cluster.run(until: cluster.now + time)
    events += cluster.takeEvents()
  }

  /// The group's process of a node; nil when there is none.
  func member(_ node: NodeID) -> ProcessInspection? {
    process(node, "gen_leader Teller")
  }

  private func process(_ node: NodeID, _ behaviour: String) -> ProcessInspection? {
    guard cluster.running.contains(node), let kernel = cluster.kernel(node) else { return nil }
    return (1...40).lazy.compactMap { kernel.inspect(PID($0, node: node), mailboxLimit: 9) }
      .first { $0.behaviour == behaviour }
  }

  /// What the process is at present.
  func state(_ node: NodeID) -> String? { member(node)?.state.first?.value }

  /// The nodes whose processes lead.
  var leaders: [NodeID] {
    cluster.running.filter { state($0)?.hasPrefix("leads") == true }
  }

  func count(_ node: NodeID) -> String? {
    member(node)?.state.first { $0.name == "count" }?.value
  }

  /// What the process of a node has been called for since the last time.
  mutating func told(_ node: NodeID) -> [String] {
    let all = (member(node)?.state.filter { $0.name == "told" }.map(\.value)) ?? []
    defer { read[node] = all.count }
    return Array(all.dropFirst(min(read[node, default: 0], all.count)))
  }

  /// Forgets what has been read of a node that begins a new life.
  mutating func start(_ node: NodeID) {
    read[node] = 0
    cluster.start(node)
    settle()
  }

  mutating func stop(_ node: NodeID) {
    cluster.stop(node)
    settle()
  }

  mutating func cut(_ sides: [NodeID]...) {
    cluster.cut(sides)
    settle()
  }

  mutating func heal() {
    cluster.healAll()
    settle()
  }

  /// Kills the group's process of a node.
  mutating func kill(_ node: NodeID) {
    guard let pid = member(node)?.pid else { return }
    _ = cluster.update(node) { $0.apply(.process(pid, .exit(.kill))) }
  }

  /// Lets the client of a node do something.
  mutating func act(
    at node: NodeID, _ run: @escaping @Sendable (inout ProcessContext) throws -> Blocking<Term>
  ) {
    guard let client = process(node, "client")?.pid else { return }
    _ = cluster.update(node) { $0.send(Client.Deed(run: run), to: client) }
    cluster.runUntilQuiet()
  }

  /// Lets the client of a node give the leader an order.
  mutating func order(_ request: Term, at node: NodeID, timeout: Duration? = .seconds(5)) {
    act(at: node) { context in
      try context.leaderCalling(request, to: .local("gl"), timeout: timeout)
    }
  }

  /// What the client of a node was answered, each with the time in milliseconds.
  func answers(_ node: NodeID) -> [String] {
    (process(node, "client")?.state.map(\.value)) ?? []
  }

  /// The fencing numbers of all leaderships so far.
  var fences: [Int] {
    events.compactMap {
      if case .node(_, .leaderElected(_, _, let fence)) = $0.kind { fence } else { nil }
    }
  }
}
