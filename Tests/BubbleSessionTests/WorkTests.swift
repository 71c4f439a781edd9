import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleTree
import Testing

/// What takes long is done in slices, between which the console draws and listens.
@Suite struct WorkTests {
  /// A worker that ticks a thousand times a second, and one whose end takes longer than a preview
  /// looks ahead.
  private static let busy = """
    tree:
      supervisor: top
      children:
        - {worker: ticker, tick: 1 ms}
        - supervisor: pair
          strategy: one_for_all
          children:
            - {worker: slow, traps_exits: true, stop: {takes: 10 min}, shutdown: infinity}
            - {worker: fast}
    script:
      - say: wait for what never comes
        wait: {restarted: ticker, within: 10000 h}
      - say: after
    """

  private func session(_ yaml: String = busy) throws -> Session {
    let scenario = try Scenario(yaml: yaml, file: "busy.yaml")
    let model = ConsoleModel(
      scenario: scenario.name, size: Size(columns: 120, rows: 30), view: .table,
      options: ConsoleOptions(motion: .none))
    var session = Session(subject: SimulatedSubject(scenario.machine(seed: 1)), model: model)
    session.prepare(scenario.script)
    session.worksInSlices = true
    return session
  }

  private func header(_ session: Session) -> String {
    render(session.model).text().split(separator: "\n").first.map(String.init) ?? ""
  }

  /// Slices until nothing is left to do; as many as would be too many are given up.
  private func finish(_ session: inout Session) -> Int {
    var slices = 0
    while session.work != nil, slices < 1000 {
      session.advance(by: .milliseconds(1))
      slices += 1
    }
    return slices
  }

  @Test func `a step to an event that is far away is done in slices, and the header says so`()
    throws
  {
    var session = try session()
    session.handle(.key(.character(".")))
    #expect(session.work != nil)
    #expect(session.wakeAfter == .zero)
    #expect(header(session).contains("looking for an event"))
    #expect(header(session).contains("esc leaves it"))
    #expect(finish(&session) > 1)
    #expect(session.model.notice?.hasPrefix("nothing happens by itself within the next") == true)
    #expect(!header(session).contains("esc leaves it"))
  }

  @Test func `escape leaves what takes long where it is`() throws {
    var session = try session()
    session.handle(.key(.character(".")))
    let reached = session.subject.now
    session.handle(.key(.escape))
    #expect(session.work == nil)
    #expect(session.subject.now == reached)
    #expect(session.model.notice == "nothing that holds the screen has happened so far")
  }

  // MARK: - In the lab

  /// A worker none of whose restarts comes to an end.
  private static let storm = """
    tree:
      supervisor: top
      intensity: 1000000 in 1 s
      children:
        - {worker: a, start: {fails: 2-}, ends: {after: 1 s}}
        - {worker: b}
    """

  @Test func `the lab opens in the middle of a storm, and looks ahead of it in slices`() throws {
    var session = try session(Self.storm)
    for _ in 0..<30 { session.advance(by: .milliseconds(50)) }
    let before = try #require(session.subject.copy?.turns)
    session.handle(.key(.character("5")))
    let copies = try #require(session.lab).copies
    #expect(copies.count > 1)
    for copy in copies { #expect(copy.machine.turns - before <= Session.Limit.labOpening) }
    session.handle(.key(.character("x")))
    #expect(session.work != nil)
    #expect(header(session).contains("looking ahead"))
    session.handle(.key(.escape))
    #expect(session.work == nil)
    #expect(session.model.notice == "no copy was asked for anything")
    #expect(session.lab?.copies.map(\.machine.turns) == copies.map(\.machine.turns))
  }

  @Test func `a step of the lab to an event that is far away is done in slices`() throws {
    var session = try session()
    session.handle(.key(.character("5")))
    session.handle(.key(.character(".")))
    #expect(session.work != nil)
    #expect(header(session).contains("looking for an event"))
    session.advance(by: .milliseconds(1))
    #expect(try #require(session.lab).now > .zero)
    session.handle(.key(.escape))
    #expect(session.work == nil && session.lab?.now == .zero)
    #expect(session.model.notice == "nothing that holds the screen has happened so far")
  }

  @Test(arguments: [Key.character("q"), .control("c")])
  func `the program can be left while something takes long`(key: Key) throws {
    var session = try session()
    session.handle(.key(.character(".")))
    session.handle(.key(key))
    #expect(session.isOver)
  }

  @Test func `a script's wait of hours is hurried in slices, and goes on at its pace when left`()
    throws
  {
    var session = try session()
    session.handle(.key(.character("n")))
    session.handle(.key(.character("n")))
    for _ in 0..<5 { session.advance(by: .milliseconds(1)) }
    #expect(session.work != nil)
    #expect(header(session).contains("running to what the step waits for"))
    session.handle(.key(.escape))
    #expect(session.work == nil)
    #expect(session.model.script?.number == 1 && session.model.script?.isWaiting == true)
    #expect(session.scriptFailures == [])
  }

  @Test func `keys that come meanwhile are handled in their order afterwards`() throws {
    var session = try session()
    for letter in ":select fast" { session.handle(.key(.character(letter))) }
    session.handle(.key(.enter))
    #expect(session.model.selectedNode?.name == "fast")
    session.handle(.key(.character("x")))
    #expect(session.work != nil)
    #expect(session.model.isPreviewing && session.model.plan == nil)
    session.handle(.key(.character("x")))
    session.handle(.key(.character("?")))
    #expect(session.model.isPreviewing)
    _ = finish(&session)
    #expect(!session.model.isPreviewing)
    let done = try #require(session.subject.copy?.journal.done)
    #expect(done.count == 1)
    #expect(session.model.overlay != nil)
  }

  @Test func `of a script of many steps the last ones can be gone back`() throws {
    let steps = (1...120).map { "  - say: step \($0)" }.joined(separator: "\n")
    var session = try session("tree: {supervisor: top, children: [{worker: a}]}\nscript:\n\(steps)")
    for _ in 0..<120 { session.handle(.key(.character("n"))) }
    for _ in 0..<Presentation.mostKept { session.handle(.key(.pageUp)) }
    #expect(session.model.script?.caption == "step 20")
    session.handle(.key(.pageUp))
    #expect(session.model.script?.caption == "step 20")
    #expect(session.model.notice == "what was before this step is forgotten")
  }

  @Test func `of very many steps of a plan some are listed, and the others counted`() throws {
    var session = try session(
      "tree: {supervisor: top, children: [{supervisor: pool, template: {worker: w}, count: 700}]}")
    session.handle(.resize(Size(columns: 160, rows: 400)))
    let pool = try #require(
      session.model.tree.roots.first.map { session.model.tree[$0].children[0] })
    session.send(.previewKill(pool))
    let rows = render(session.model).text()
    #expect(rows.contains("and 201 more") || rows.contains("and 200 more"))
    session.send(.key(.character("x")))
    #expect(render(session.model).text().contains(" more"))
  }

  @Test func `where nobody listens all of it is done at once`() throws {
    var session = try session()
    session.worksInSlices = false
    session.handle(.key(.character(".")))
    #expect(session.work == nil)
    #expect(session.model.notice?.hasPrefix("nothing happens by itself within the next") == true)
  }

  @Test func `a machine that never comes up is shown while it does not`() throws {
    let storm = """
      tree:
        supervisor: top
        intensity: 1000000 in 1 s
        children:
          - {worker: a, start: {fails: 2-}, ends: {after: 1 s}}
      """
    var session = try session(storm)
    session.advance(by: .milliseconds(1))
    #expect(session.model.tree.aliveCount > 0)
  }
}
