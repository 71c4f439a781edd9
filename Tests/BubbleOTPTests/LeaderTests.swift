import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

/// Leaders elected among the processes of several nodes.
struct LeaderTests {
  typealias Group = LeaderGroup
  static let (a, b, c, d, e) = (Group.a, Group.b, Group.c, Group.d, Group.e)

  // MARK: - Elections

  @Test func `the process of a node that does not belong to the group is not started`() throws {
    let group = LeaderGroup(2) {
      $0.candidates = [Self.a]; $0.workers = []
    }
    #expect(group.member(Self.a) != nil)
    #expect(group.member(Self.b) == nil)
    #expect(
      group.events.contains {
        $0.kind
          == .process(
            PID(1, node: Self.b),
            .noted("this node is neither a candidate nor a worker of gl"))
      })
  }

  @Test func `a single candidate is elected at once`() {
    var group = LeaderGroup(1)
    #expect(group.told(Self.a) == ["elected, alive a"])
    #expect(group.fences == [1])
  }

  @Test func `of those that start together the smallest leads, and the others surrender to it`() {
    var group = LeaderGroup()
    #expect(group.told(Self.a) == ["elected, alive a,b,c"])
    #expect(group.told(Self.b) == ["surrendered {a,0}"])
    #expect(group.told(Self.c) == ["surrendered {a,0}"])
  }

  @Test func `the order of the names decides, not that of the numbers`() {
    var options = LeaderOptions(candidates: [NodeID(1), NodeID(2)])
    options.heartbeat = .seconds(1)
    var cluster = Cluster(seed: 1, nodes: [NodeSpec("z"), NodeSpec("b")]) { [options] kernel in
      _ = kernel.begin(.genLeader(name: "gl", options) { Teller() })
    }
    cluster.runUntilIdle()
    let state = cluster.kernel(NodeID(2))?.inspect(PID(1, node: NodeID(2)), mailboxLimit: 0)?.state
    #expect(state?.first?.value == "leads, fencing number 2")
  }

  @Test func `candidates that come later join, and the leader stays`() {
    var group = LeaderGroup(running: [Self.c])
    #expect(group.told(Self.c) == ["elected, alive c"])
    group.start(Self.b)
    group.start(Self.a)
    #expect(group.told(Self.c) == ["joined b, alive b,c", "joined a, alive a,b,c"])
    #expect(group.told(Self.b) == ["surrendered {c,0}"])
    #expect(group.told(Self.a) == ["surrendered {c,0}"])
    #expect(group.leaders == [Self.c])
  }

  @Test func `a leader that dies is followed by the smallest that is left, and returns to follow`()
    throws
  {
    var group = LeaderGroup()
    group.order(5, at: Self.c)
    _ = [Self.a, Self.b, Self.c].map { group.told($0) }
    group.stop(Self.a)
    #expect(group.told(Self.b) == ["elected, alive b,c", "DOWN a"])
    #expect(group.told(Self.c) == ["surrendered {b,5}"])
    group.start(Self.a)
    #expect(group.told(Self.a) == ["surrendered {b,5}"])
    #expect(group.told(Self.b) == ["joined a, alive a,b,c"])
    #expect(group.told(Self.c) == [])
    group.kill(Self.b)
    group.settle()
    #expect(group.told(Self.a) == ["elected, alive a,c", "DOWN b"])
    #expect(group.told(Self.c) == ["surrendered {a,5}"])
  }

  @Test func `a candidate that dies is told to the leader only`() {
    var group = LeaderGroup()
    _ = [Self.a, Self.b].map { group.told($0) }
    group.kill(Self.c)
    group.settle()
    #expect(group.told(Self.a) == ["DOWN c"])
    #expect(group.told(Self.b) == [])
  }

  @Test func `a leader that fails in a callback ends in order, and another one is elected`() throws
  {
    var group = LeaderGroup()
    group.order("nonsense", at: Self.a)
    group.settle()
    let end = try #require(group.answers(Self.a).last)
    #expect(end.hasPrefix("5000 exit {{function_clause,"))
    #expect(
      group.events.contains { event in
        if case .process(_, .noted(let text)) = event.kind {
          text.hasPrefix("terminate {function_clause,")
        } else {
          false
        }
      })
    #expect(group.leaders == [Self.b])
  }

  @Test func `workers follow and never lead, and give orders`() {
    var group = LeaderGroup(4, candidates: 2)
    #expect(
      group.told(Self.a) == ["elected, alive a,b", "joined c, alive a,b", "joined d, alive a,b"])
    #expect(group.told(Self.c) == ["surrendered {a,0}"])
    group.order(5, at: Self.c)
    #expect(group.answers(Self.c) == ["5000 {ok,5}"])
    #expect(group.told(Self.d) == ["surrendered {a,0}", "from_leader {set,5}"])
    group.stop(Self.a)
    group.stop(Self.b)
    #expect(group.leaders == [])
    #expect(group.state(Self.c) == "no leader: no_leader")
  }

  @Test func `a worker waits for a leader that comes later`() {
    var group = LeaderGroup(2, candidates: 1, running: [Self.b])
    #expect(group.leaders == [])
    group.start(Self.a)
    #expect(group.told(Self.b) == ["surrendered {a,0}"])
  }

  @Test(arguments: [true, false])
  func `who joins later is told to all only if the group says so`(informsAll: Bool) {
    var group = LeaderGroup(running: [Self.a, Self.b]) { $0.informsAll = informsAll }
    _ = group.told(Self.b)
    group.start(Self.c)
    #expect(group.told(Self.c) == ["surrendered {a,0}"])
    #expect(group.told(Self.b) == (informsAll ? ["from_leader {a,0}"] : []))
  }

  // MARK: - Orders

  @Test func `an order runs in the leader from wherever it is given, and all others hear of it`() {
    var group = LeaderGroup()
    _ = [Self.a, Self.b, Self.c].map { group.told($0) }
    group.order(5, at: Self.c)
    group.act(at: Self.b) { context in
      context.leaderCast(2, to: .local("gl"))
      return .value("ok")
    }
    group.settle()
    #expect(group.answers(Self.c) == ["5000 {ok,5}"])
    #expect(group.told(Self.a) == ["leader_call 5", "leader_cast 2"])
    #expect(group.told(Self.b) == ["from_leader {set,5}", "from_leader {set,7}"])
    #expect(group.told(Self.c) == ["from_leader {set,5}", "from_leader {set,7}"])
    #expect([Self.a, Self.b, Self.c].map { group.count($0) } == ["7", "7", "7"])
  }

  @Test(
    arguments: [
      ("later", "5000 by_and_by"), ("rest", "6000 rested"), ("stop", "5000 bye"),
      ("hang", "8000 exit {timeout,{gen_leader,leader_call,[gl,hang,3000]}}"),
    ] as [(Term, String)], [LeaderGroup.a, LeaderGroup.b])
  func `an order is answered later, or never, or by a leader that stops`(
    order: (request: Term, answer: String), node: NodeID
  ) {
    var group = LeaderGroup()
    group.order(order.request, at: node, timeout: .seconds(3))
    group.settle()
    #expect(group.answers(node) == [order.answer])
    #expect(group.leaders == (order.request == "stop" ? [Self.b] : [Self.a]))
  }

  @Test func `calls and casts to a process are its own, whoever leads`() throws {
    var group = LeaderGroup()
    let pid = try #require(group.member(Self.b)?.pid)
    let leader = try #require(group.member(Self.a)?.pid)
    group.act(at: Self.c) { context in
      context.cast(Term.atom("hi"), to: pid)
      context.send(Term.atom("plain"), to: pid)
      return try context.calling(Term.atom("who"), to: .pid(pid)).map { Term(reflecting: $0) }
    }
    #expect(group.answers(Self.c) == ["5000 {\(leader),0}"])
    #expect(group.told(Self.b) == ["surrendered {a,0}", "cast hi", "info plain"])
  }

  @Test func `while nobody leads everything waits, and orders run out of time`() throws {
    var options = ClusterOptions()
    options.setUpTime = .milliseconds(800)
    var group = LeaderGroup(2, running: [], cluster: options)
    group.cluster.cut([[Self.a], [Self.b]])
    group.cluster.start(Self.a)
    group.cluster.runUntilQuiet()
    let pid = try #require(group.member(Self.a)?.pid)
    group.order(5, at: Self.a, timeout: .milliseconds(500))
    _ = group.cluster.update(Self.a) { $0.cast(Term.atom("hi"), to: pid) }
    group.settle(.milliseconds(700))
    #expect(group.told(Self.a) == [])
    group.settle()
    #expect(group.told(Self.a) == ["elected, alive a", "leader_call 5", "cast hi"])
    #expect(
      group.answers(Self.a) == ["5500 exit {timeout,{gen_leader,leader_call,[gl,5,500]}}"])
  }

  @Test func `a caller whose leader dies is told at once`() {
    var group = LeaderGroup()
    group.order("hang", at: Self.b)
    group.order("hang", at: Self.a)
    group.kill(Self.a)
    group.settle()
    #expect(
      group.answers(Self.b) == [
        "5000 exit {leader_died,{gen_leader,leader_call,[gl,hang,5000]}}"
      ])
    #expect(
      group.answers(Self.a) == ["5000 exit {killed,{gen_leader,leader_call,[gl,hang,5000]}}"])
  }

  @Test func `a caller whose leader is cut off is told at once`() {
    var group = LeaderGroup()
    group.order("hang", at: Self.b)
    group.cut([Self.a], [Self.b, Self.c])
    #expect(
      group.answers(Self.b) == [
        "5000 exit {leader_died,{gen_leader,leader_call,[gl,hang,5000]}}"
      ])
  }

  @Test func `an order where nobody has the group's name ends its caller`() {
    var group = LeaderGroup(2) {
      $0.candidates = [Self.a]; $0.workers = []
    }
    group.order(1, at: Self.b)
    #expect(group.answers(Self.b) == ["5000 exit {noproc,{gen_leader,leader_call,[gl,1,5000]}}"])
  }

  // MARK: - Nodes that come later, and processes that hang

  @Test func `a node that nobody has named joins through another one, and may lead`() {
    let names = [NodeSpec("a"), NodeSpec("b"), NodeSpec("c", isRunning: false)]
    var cluster = Cluster(seed: 1, nodes: names) { kernel in
      var options = LeaderOptions(candidates: [Self.a, Self.b])
      options.heartbeat = .seconds(1)
      if kernel.node == Self.c { options.seed = Self.a }
      _ = kernel.begin(
        .genLeader(name: "gl", options) { [options] in
          _ = options; return Teller()
        })
    }
    cluster.run(until: .zero + .seconds(5))
    cluster.start(Self.c)
    cluster.run(until: .zero + .seconds(10))
    func state(_ node: NodeID) -> String? {
      cluster.kernel(node)?.inspect(PID(1, node: node), mailboxLimit: 0)?.state.first?.value
    }
    #expect(state(Self.c) == "follows <1.1>, fencing number 1")
    cluster.stop(Self.a)
    cluster.stop(Self.b)
    cluster.run(until: .zero + .seconds(15))
    #expect(state(Self.c) == "leads, fencing number 3")
  }

  @Test func `a smaller candidate that hangs does not hold up an election for ever`() throws {
    var group = LeaderGroup(running: [Self.a, Self.b])
    let pid = try #require(group.member(Self.a)?.pid)
    // It leads, and is stopped there; then it is the one that does not answer.
    group.stop(Self.b)
    _ = group.cluster.update(Self.a) { $0.system(.suspend, to: pid) }
    group.settle()
    group.start(Self.c)
    #expect(group.leaders.contains(Self.c))
    _ = group.cluster.update(Self.a) { $0.system(.resume, to: pid) }
    group.settle()
    #expect(group.leaders == [Self.a])
  }

  @Test func `new code comes in with the election at hand, while suspended`() throws {
    var group = LeaderGroup()
    let pid = try #require(group.member(Self.b)?.pid)
    _ = group.told(Self.b)
    _ = group.cluster.update(Self.b) { kernel in
      _ = kernel.system(.suspend, to: pid)
      _ = kernel.system(.changeCode(version: "1", extra: []), to: pid)
      _ = kernel.system(.resume, to: pid)
    }
    group.settle()
    #expect(group.told(Self.b) == ["code_change 1 a"])
  }
}
