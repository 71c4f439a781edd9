import BubbleCells
import BubbleConsole
import BubbleEvents
@testable import BubbleSession
import BubbleSimulation
import BubbleTree
import Testing

/// What a console shows of a cluster before something is done to it, and afterwards.
struct ClusterScreenTests {
  private static let (a, b, c) = (ClusterUnderTest.a, ClusterUnderTest.b, ClusterUnderTest.c)

  private func session() -> Session {
    var session = ClusterUnderTest.session()
    session.runToInstant(session.subject.now + .seconds(1))
    return session
  }

  private func screen(_ session: Session) -> String { render(session.model).text() }

  /// Executes a command, and lets its copy run ahead.
  private func run(_ command: String, _ session: inout Session) {
    for character in ":\(command)" { session.handle(.key(.character(character))) }
    session.handle(.key(.enter))
    session.runToInstant(session.subject.now + .seconds(1))
  }

  @Test(arguments: [
    (command: "cut a", title: "if you cut a | b c", loss: "✗ a and b lose each other"),
    (command: "stop b", title: "if you stop b@shop", loss: "✗ a loses b"),
  ])
  func `a preview says who loses whom, and the machine does it`(
    command: String, title: String, loss: String
  ) throws {
    var session = session()
    run(command, &session)
    #expect(screen(session).contains(title))
    #expect(screen(session).contains(loss))
    let plan = try #require(session.model.plan)
    let stops = plan.stops.map(\.slot)
    session.handle(.key(.character("x")))
    session.runToInstant(session.subject.now + .milliseconds(500))
    #expect(stops.allSatisfy { slot in session.model.tree[slot].lives.contains { $0.end != nil } })
    #expect(plan.outcomes.allSatisfy { outcome in isSo(outcome.outcome, session.model.tree) })
  }

  @Test(arguments: [
    (demo: "two-kings", worker: "heir", leaders: 2, words: "king: a/heir and c/heir"),
    (demo: "minority", worker: "counter", leaders: 2, words: "counter: a/counter and"),
    (demo: "minority", worker: "council", leaders: 1, words: "council: c/council"),
  ])
  func `a preview of a cut says who will lead on each side, and so it comes about`(
    demo: String, worker: String, leaders: Int, words: String
  ) throws {
    var test = try SessionUnderTest(demo: demo, seed: 1)
    test.session.send(.resize(Size(columns: 120, rows: 40)))
    test.run(.seconds(4))
    run("cut a b | c d e", &test.session)
    #expect(screen(test.session).contains(words))
    test.press("x")
    test.run(.seconds(5))
    let tree = test.session.model.tree
    #expect(test.places.count { $0.name == worker && tree.isCrowned($0) } == leaders)
  }

  private func isSo(_ outcome: Plan.Outcome, _ tree: ProcessTree) -> Bool {
    switch outcome {
    case .lost(let node, let other): !tree.cluster.isConnected(node, with: other)
    case .connected(let node, let other): tree.cluster.isConnected(node, with: other)
    case .conflict, .office: false
    }
  }

  @Test func `what a cut did is taken back by u`() {
    var session = session()
    run("cut a", &session)
    session.handle(.key(.character("x")))
    session.runToInstant(session.subject.now + .milliseconds(500))
    #expect(session.model.tree.cluster.cuts.count == 2)
    session.handle(.key(.character("u")))
    #expect(session.model.tree.cluster.cuts.isEmpty)
    #expect(session.model.tree.cluster.isConnected(Self.a, with: Self.b))
  }

  @Test func `a stopped node is started by r, after a look ahead`() {
    var session = session()
    run("stop b", &session)
    session.handle(.key(.character("x")))
    session.runToInstant(session.subject.now + .milliseconds(500))
    #expect(session.model.tree.cluster[Self.b]?.isRunning == false)
    session.handle(.key(.character("r")))
    session.runToInstant(session.subject.now + .milliseconds(500))
    #expect(screen(session).contains("if you start b@shop"))
    session.handle(.key(.character("x")))
    session.runToInstant(session.subject.now + .milliseconds(500))
    #expect(session.model.tree.cluster[Self.b]?.isRunning == true)
    #expect(session.model.tree.slot(of: Self.b).map { session.model.tree[$0].life } == 2)
  }
}
