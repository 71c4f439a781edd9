import BubbleEvents
import BubbleSimulation
import BubbleTree
import Testing

/// What is shown before a request is what happens after it.
@Suite struct PlanTests {
  static let strategies = [
    ("one_for_one", "b", "", "1 b"),
    ("rest_for_one", "b", "1 c", "2 b 3 c"),
    ("rest_for_one", "a", "1 c 2 b", "3 a 4 b 5 c"),
    ("one_for_all", "b", "1 c 2 a", "3 a 4 b 5 c"),
  ]

  @Test(arguments: strategies)
  func `a strategy stops the last one first and starts in order`(
    strategy: String, killed: String, stops: String, starts: String
  ) throws {
    let experiment = try Experiment(strategy, "{worker: a}, {worker: b}, {worker: c}")
    let plan = try experiment.plan(killing: killed)
    #expect(experiment.text(of: plan.stops) == stops)
    #expect(experiment.text(of: plan.starts) == starts)
    #expect(experiment.text(of: plan.budgets) == "top 0→1/3")
    #expect(plan.untouched == 3 - plan.stops.count)
    #expect(plan.part(of: try experiment.node(killed).id) == .target)
    #expect(plan.part(of: try experiment.node("top").id) == .acts)
  }

  @Test func `a whole branch stops from the inside out and starts from the outside in`() throws {
    let experiment = try Experiment(demo: "shop", seconds: 3)
    let plan = try experiment.plan(killing: "acceptor")
    #expect(experiment.text(of: plan.stops) == "1 c3 2 c2 3 c1 4 conn_sup")
    #expect(experiment.text(of: plan.starts) == "5 acceptor 6 conn_sup 7 c1 8 c2 9 c3")
    #expect(plan.untouched == 7)
    let slot = try experiment.node("c2").id
    #expect(plan.number(of: slot) == 2)
    #expect(plan.part(of: slot) == .stops)
    #expect(plan.part(of: try experiment.node("cron").id) == .untouched)
  }

  @Test(arguments: [
    ("shop", "web_sup", "1 acceptor 6 conn_sup", "2 cron 3 c3 4 c2 5 c1 7 mailer", "cron"),
    ("shop", "acceptor", "", "1 c3 2 c2 3 c1 4 conn_sup", ""),
    (
      "shop", "db_sup", "1 cache 2 pool",
      "3 cron 4 mailer 5 c3 6 c2 7 c1 8 conn_sup 9 acceptor 10 web_sup", "cron"
    ),
  ])
  func `who dies with the target is told from who is told to stop, and who stays away is named`(
    demo: String, killed: String, deaths: String, stops: String, away: String
  ) throws {
    let experiment = try Experiment(demo: demo, seconds: 3)
    let plan = try experiment.plan(killing: killed)
    #expect(experiment.text(of: plan.stops(.with)) == deaths)
    #expect(experiment.text(of: plan.stops(.told)) == stops)
    #expect(plan.stayingAway.map { experiment.tree[$0].name }.joined(separator: " ") == away)
  }

  @Test func `one restart too many climbs to the supervisor above`() throws {
    var experiment = try Experiment(demo: "shop", seconds: 3)
    for _ in 0..<3 {
      experiment.machine.apply(.process(try experiment.pid("acceptor"), .kill))
      experiment.run(for: .milliseconds(100))
    }
    let plan = try experiment.plan(killing: "acceptor")
    #expect(plan.givingUp == [try experiment.node("web_sup").id])
    #expect(plan.acting.map(\.strategy) == [.restForOne])
    #expect(plan.supervisor == (try experiment.node("shop_sup").id))
    #expect(experiment.text(of: plan.budgets) == "web_sup 3→spent shop_sup 0→1/3")
    #expect(
      experiment.text(of: plan.stops) == "1 c3 2 c2 3 c1 4 conn_sup 5 web_sup 6 cron 7 mailer")
    #expect(experiment.text(of: plan.stops(.byItself)) == "5 web_sup")
    #expect(plan.untouched == 4)
  }

  @Test(arguments: [("transient", "normal", true), ("temporary", "killed", true)])
  func `who is not started again is said with the reason`(
    restart: String, reason: String, isLeft: Bool
  ) throws {
    let experiment = try Experiment("one_for_one", "{worker: a, restart: \(restart)}, {worker: b}")
    let pid = try experiment.pid("a")
    let request: ControlRequest =
      .process(pid, restart == "temporary" ? .kill : .exit(.shutdown))
    let plan = experiment.plan(request).plan
    #expect(plan.starts.isEmpty)
    #expect(plan.budgets.isEmpty)
    #expect(plan.notRestarted?.restart.rawValue == restart)
    #expect(plan.untouched == 2)
  }

  @Test func `an exit signal that harms nobody leaves everybody alone`() throws {
    let experiment = try Experiment("one_for_all", "{worker: a}, {worker: b}")
    let plan = experiment.plan(.process(try experiment.pid("a"), .exit(.normal))).plan
    #expect(plan.targetReason == nil)
    #expect(plan.stops.isEmpty && plan.starts.isEmpty)
    #expect(plan.untouched == 3)
    #expect(plan.isComplete)
  }

  @Test func `a request about a child is about the child and not its supervisor`() throws {
    let experiment = try Experiment("one_for_one", "{worker: a}, {worker: b}")
    let request = ControlRequest.child(of: try experiment.pid("top"), .named("a"), .terminate)
    let plan = experiment.plan(request).plan
    #expect(plan.target == (try experiment.node("a").id))
    #expect(plan.targetReason == .shutdown)
    #expect(plan.part(of: try experiment.node("top").id) == .untouched)
  }

  @Test func `who takes longer than the copy ran comes last`() throws {
    let experiment = try Experiment(
      "one_for_all", "{worker: a}, {worker: b, traps_exits: true, stop: 3 s}, {worker: c}")
    let plan = try experiment.plan(killing: "a")
    #expect(experiment.text(of: plan.stops) == "1 c 2 b")
    #expect(plan.unfinished == [try experiment.node("b").id])
    #expect(plan.starts.isEmpty)
  }

  @Test func `a start that fails is tried again and is not a stop`() throws {
    let experiment = try Experiment(
      "one_for_one", "{worker: a, start: {fails: 2}}, {worker: b}")
    let plan = try experiment.plan(killing: "a")
    #expect(plan.stops.isEmpty)
    #expect(plan.starts.map(\.failures) == [1])
    #expect(experiment.text(of: plan.budgets) == "top 0→2/3")
    #expect(plan.untouched == 2)
  }

  @Test(arguments: ["shop", "one-for-all", "rest-for-one", "one-for-one", "dynamic", "shutdown"])
  func `every step is ticked off in the order of its number`(demo: String) throws {
    let experiment = try Experiment(demo: demo, seconds: 3)
    for node in experiment.places {
      guard let pid = node.pid else { continue }
      let request = ControlRequest.process(pid, .kill)
      var (plan, events) = experiment.plan(request, ahead: .seconds(12))
      var tree = experiment.tree
      var ticked: [Int] = []
      for event in events {
        tree.fold(event)
        let open = Set(Self.open(plan))
        plan.fold(event, in: tree)
        ticked += open.subtracting(Self.open(plan)).sorted()
      }
      #expect(plan.isComplete == true, "\(node.name)")
      let stops = ticked.filter { $0 <= plan.stops.count }
      #expect(stops == Array(1...plan.stops.count + 1).dropLast(), "\(node.name)")
      #expect(ticked.count == plan.stops.count + plan.starts.count, "\(node.name)")
    }
  }

  private static func open(_ plan: Plan) -> [Int] {
    (plan.stops + plan.starts).filter { $0.progress != .done }.map(\.number)
  }

  @Test(arguments: [true, false])
  func `a failure that nobody asked for grows into the same plan`(isInside: Bool) throws {
    let experiment = try Experiment(demo: "shop", seconds: 3)
    let name = isInside ? "acceptor" : "cache"
    let (foreseen, events) = experiment.plan(.process(try experiment.pid(name), .kill))
    var tree = experiment.tree
    var growing: Plan?
    for event in events {
      tree.fold(event)
      growing?.fold(event, in: tree)
      if growing == nil, case .process(_, .exited) = event.kind {
        growing = Plan(after: event, in: tree)
        #expect(growing?.isComplete == false)
      }
    }
    let plan = try #require(growing)
    #expect(plan.isComplete)
    #expect(plan.request == nil)
    #expect(plan.target == foreseen.target)
    #expect(
      Set(plan.stops.map { [$0.number, Int($0.slot.index)] })
        == Set(foreseen.stops.map { [$0.number, Int($0.slot.index)] }))
    #expect(plan.starts.map(\.number) == foreseen.starts.map(\.number))
    #expect(plan.starts.map(\.slot) == foreseen.starts.map(\.slot))
    #expect(experiment.text(of: plan.budgets) == experiment.text(of: foreseen.budgets))
    #expect(plan.untouched == foreseen.untouched)
  }
}
