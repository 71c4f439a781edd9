import BubbleDemos
import BubbleEvents
import BubbleKernel
import BubbleScenarios
import BubbleScripts
import BubbleSimulation
import Testing

/// What the comment of a demo promises is what a kill does.
@Suite struct DemoStoryTests {
  /// A demo, whom to kill at which second, and what its supervisors then do, in order.
  struct Story: Sendable, CustomTestStringConvertible {
    var demo: String
    var kills: [(Double, String)]
    var effects: String

    var testDescription: String { "\(demo): \(kills.map(\.1).joined(separator: ", "))" }
  }

  @Test(arguments: [
    Story(demo: "first-bubble", kills: [(2.2, "counter")], effects: "+counter"),
    Story(
      demo: "first-bubble", kills: [(2.2, "counter"), (3.2, "counter")],
      effects: "+counter !counter"),
    Story(demo: "one-for-one", kills: [(2.2, "b")], effects: "+b"),
    Story(demo: "rest-for-one", kills: [(2.2, "filter")], effects: "-sink +filter +sink"),
    Story(
      demo: "rest-for-one", kills: [(2.2, "source")],
      effects: "-sink -filter +source +filter +sink"),
    Story(demo: "rest-for-one", kills: [(2.2, "sink")], effects: "+sink"),
    Story(
      demo: "one-for-all", kills: [(2.2, "index")],
      effects: "-editor -journal +index +journal +editor"),
    Story(
      demo: "shutdown", kills: [(2.2, "trigger")],
      effects: "-plain -brutal -stubborn* -slow* -tidy -patient "
        + "+trigger +patient +tidy +slow +stubborn +brutal +plain"),
    Story(
      demo: "philly", kills: [(2.2, "W4")], effects: "-W8 -S4 +W8 +S4 +W4"),
    Story(
      demo: "shop", kills: [(10.304, "cache")], effects: "-pool +cache +pool"),
    Story(
      demo: "shop", kills: [(14.6, "acceptor")],
      effects: "-c3 -c2 -c1 -conn_sup +acceptor +c1 +c2 +c3 +conn_sup"),
    Story(
      demo: "shop",
      kills: [(14.0, "acceptor"), (14.2, "acceptor"), (14.4, "acceptor"), (14.6, "acceptor")],
      effects: String(
        repeating: "-c3 -c2 -c1 -conn_sup +acceptor +c1 +c2 +c3 +conn_sup ", count: 3)
        + "!acceptor -c3 -c2 -c1 -conn_sup -cron -mailer "
        + "+acceptor +c1 +c2 +c3 +conn_sup +web_sup +mailer"),
  ])
  func `a kill has the promised effects`(story: Story) throws {
    let demo = try #require(Demo.named(story.demo))
    var scenario = try demo.scenario()
    scenario.faults = story.kills.map { second, id in
      Scenario.TimedCue(
        instant: .zero + .seconds(second), request: .kill(path(of: id, in: scenario)))
    }
    var machine = scenario.machine()
    machine.run(until: .zero + .seconds(2))
    _ = machine.takeEvents()
    machine.run(until: .zero + .seconds(25))
    #expect(effects(in: machine.takeEvents()) == story.effects)
  }

  @Test func `in dynamic the guests go with their supervisor and come back one by one`() throws {
    var scenario = try #require(Demo.named("dynamic")).scenario()
    let kill = ScriptedRequest.kill(path(of: "guest_sup", in: scenario))
    scenario.faults = [Scenario.TimedCue(instant: .zero + .seconds(30), request: kill)]
    var machine = scenario.machine()
    var counts: [Int] = []
    for second in [0, 29, 30, 60] {
      machine.run(until: .zero + .seconds(second))
      counts.append(machine.processCount - 3)
    }
    #expect(counts[0] == 5)
    #expect((5...7).contains(counts[1]))
    #expect(counts[2] <= 1)
    #expect((5...7).contains(counts[3]))
  }

  // MARK: - Reading the stream

  private func path(of id: String, in scenario: Scenario) -> ChildPath {
    func search(_ child: Scenario.Child, _ path: ChildPath) -> ChildPath? {
      if child.id == id { return path }
      guard case .supervisor(_, let children) = child.content else {
        return nil
      }
      return children.lazy.compactMap { search($0, path.appending($0.childID)) }.first
    }
    return search(scenario.root, ChildPath()) ?? ChildPath()
  }

  /// `-a` stopped, `-a*` only by kill, `+a` started, `!a` is one failure too many.
  private func effects(in events: [Event]) -> String {
    var words: [String] = []
    var refusers: Set<PID> = []
    for event in events {
      if case .child(_, _, .stopTimedOut(let pid)) = event.kind { refusers.insert(pid) }
      if case .child(_, let id, .stopped(let pid, _)) = event.kind {
        words.append("-\(id)\(refusers.contains(pid) ? "*" : "")")
      }
      if case .child(_, let id, .started) = event.kind { words.append("+\(id)") }
      if case .supervisor(_, .intensityExceeded(let id, _, _)) = event.kind {
        words.append("!\(id)")
      }
    }
    return words.joined(separator: " ")
  }
}
