import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleReleaseFiles
@testable import BubbleSession
import BubbleSimulation
import BubbleTestSupport
import BubbleTree
import Testing

/// How a machine of applications looks: db and web are permanent, stats is temporary.
@Suite struct ApplicationViewTests {
  private struct Idle: GenServer {}

  private static func definition(
    _ name: String, needs: [String], _ workers: [String]
  ) -> ApplicationDefinition {
    let children = workers.map { ChildSpec(id: .atom($0), start: .genServer(name: $0) { Idle() }) }
    let flags = SupervisorFlags(intensity: RestartIntensity(0, in: 5))
    let top = Supervisor("\(name)_sup", name: "\(name)_sup", flags: flags, children: children)
    return ApplicationDefinition(
      ApplicationResource(name, version: "1.0", applications: needs), supervisor: top)
  }

  private func session(_ view: ViewKind) -> Session {
    var machine = Simulation(seed: 1)
    machine.start(
      ApplicationController.start(
        available: [
          Self.definition("web", needs: ["db"], ["listener", "cache"]),
          Self.definition("db", needs: [], ["pool", "wal"]),
          Self.definition("stats", needs: ["db"], ["meter"]),
        ],
        boot: [("web", .permanent), ("stats", .temporary), ("db", .permanent)]))
    machine.runUntilIdle()
    let model = ConsoleModel(
      scenario: "applications", seed: 1, size: Size(columns: 80, rows: 24), view: view,
      options: ConsoleOptions(motion: .none))
    var session = Session(subject: SimulatedSubject(simulation: machine), model: model)
    session.runToInstant(session.subject.now + .seconds(1))
    return session
  }

  private func kill(_ name: String, in session: inout Session) {
    let tree = session.model.tree
    var next = tree.roots
    while let slot = next.popLast() {
      if tree[slot].name == name, let pid = tree[slot].pid {
        return session.request(.process(pid, .kill))
      }
      next += tree[slot].children
    }
    Issue.record("there is no \(name)")
  }

  @Test(arguments: [(ViewKind.bubbles, "bubbles"), (.tree, "tree"), (.log, "log")])
  func `applications are vessels of their trees`(view: ViewKind, name: String) {
    expectSnapshot(of: render(session(view).model), named: "applications-\(name)")
  }

  @Test func `the end of a temporary application leaves the others, of a permanent one nothing`() {
    var session = session(.tree)
    kill("stats_sup", in: &session)
    session.runToInstant(session.subject.now + .seconds(1))
    #expect(session.model.tree.count(of: .crashed) == 3)
    #expect(!session.model.tree.isOver)
    expectSnapshot(of: render(session.model), named: "applications-temporary-ended")
    kill("db_sup", in: &session)
    session.runToInstant(session.subject.now + .seconds(1))
    #expect(session.model.tree.isOver)
  }
}
