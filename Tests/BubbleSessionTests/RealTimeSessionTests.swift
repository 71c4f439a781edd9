import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleRealTime
@testable import BubbleSession
import BubbleTestSupport
import BubbleTree
import Testing

/// A console on a machine that does not wait for it.
@Suite(.timeLimit(.minutes(10))) struct RealTimeSessionTests {
  struct Idler: GenServer {}

  let machine = RealTimeMachine(seed: 1)

  /// A session on two workers under a supervisor.
  func session() throws -> Session {
    let supervisor = Supervisor(
      "top", name: "top", flags: SupervisorFlags(strategy: .oneForAll),
      children: ["left", "right"].map {
        ChildSpec(id: $0, start: .genServer { Idler() })
      })
    let result = try #require(machine.start(supervisor.start))
    guard case .ok = result else { throw NeverTrue(description: "\(result)") }
    let model = ConsoleModel(
      scenario: "real", size: Size(columns: 80, rows: 24), pace: Pace(beat: .zero),
      options: ConsoleOptions(motion: .none))
    return Session(subject: RunningSubject(machine), model: model)
  }

  func pid(_ name: String, in session: Session) -> PID? {
    let tree = session.model.tree
    return tree.roots.first.flatMap { root in
      tree[root].children.first { tree[$0].name == name }.flatMap { tree[$0].pid }
    }
  }

  @Test(arguments: [
    ("u", "taken back"), ("U", "taken back"), (",", "taken back"), ("R", "taken back"),
    ("[", "taken back"), ("<", "wall clock"), (">", "wall clock"), ("5", "no lab"),
    (":undo\n", "taken back"), (":goto #1\n", "taken back"),
    (":lab strategy=one_for_all\n", "no lab"),
    (":record a.jsonl\n", "cannot be run again"), (":speed 2\n", "wall clock"),
  ])
  func `what real time cannot do says why`(keys: String, reason: String) throws {
    var session = try session()
    defer { machine.stop() }
    let before = session.model.tree
    for key in keys { session.handle(.key(key == "\n" ? .enter : .character(key))) }
    #expect(session.model.notice?.contains(reason) == true, "\(session.model.notice ?? "nothing")")
    #expect(session.model.pace.speed == 1)
    #expect(session.model.tree.lastEvent == before.lastEvent)
  }

  @Test func `a preview runs on a copy, and the machine itself goes on unharmed`() throws {
    var session = try session()
    defer { machine.stop() }
    let left = try #require(pid("left", in: session))
    session.request(.process(left, .suspend))
    session.send(.previewKill(try #require(session.model.tree.slot(of: left))))
    #expect(session.model.isPreviewing)
    #expect(session.model.plan?.targetPID == left)
    #expect(machine.look().kernel.inspect(left, mailboxLimit: 0) != nil)
  }

  @Test func `a kill is done to the machine itself, and shown`() throws {
    var session = try session()
    defer { machine.stop() }
    let right = try #require(pid("right", in: session))
    session.request(.process(try #require(pid("left", in: session)), .kill))
    try waitUntil("one_for_all has started both again") {
      session.advance(by: .milliseconds(10))
      return pid("right", in: session).map { $0 != right } ?? false
    }
  }

  @Test func `a paused picture stands still while the machine goes on, and then catches up`() throws
  {
    var session = try session()
    defer { machine.stop() }
    session.handle(.key(.character(" ")))
    let shown = session.model.tree.lastEvent
    let left = try #require(pid("left", in: session))
    machine.apply(.process(left, .kill))
    session.advance(by: .milliseconds(100))
    #expect(session.model.tree.lastEvent == shown)
    session.handle(.key(.character(" ")))
    try waitUntil("the picture has caught up") {
      session.advance(by: .milliseconds(10))
      return pid("left", in: session).map { $0 != left } ?? false
    }
  }

  @Test func `a picture that is far behind shows what happened without beats`() throws {
    var session = try session()
    defer { machine.stop() }
    for key in ":beat 10s\n" {
      session.handle(.key(key == "\n" ? .enter : .character(key)))
    }
    machine.apply(.process(try #require(pid("left", in: session)), .kill))
    try waitUntil("a beat holds the picture") {
      session.advance(by: .milliseconds(1))
      return session.playback.holdLeft > .zero && !session.playback.pending.isEmpty
    }
    // The beats alone would take more than a minute.
    try waitUntil("all is shown") {
      session.advance(by: .milliseconds(10))
      return session.playback.pending.isEmpty
    }
  }
}
