import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleSimulation
import BubbleTestSupport
import BubbleTree
import Testing

/// A session on a demo, acted on by chance, and everything that can be told of it.
struct SessionUnderTest {
  var session: Session
  var chance: SplitMix64

  init(demo: String, seed: UInt64, showsStart: Bool = false) throws {
    guard let demo = Demo.named(demo) else { throw Missing(name: demo) }
    var scenario = try demo.scenario()
    scenario.faults = []
    let model = ConsoleModel(
      scenario: scenario.name, seed: seed, size: Size(columns: 80, rows: 24), view: .table,
      options: ConsoleOptions(motion: .none))
    session = Session(
      subject: SimulatedSubject(scenario.machine(seed: seed)), model: model,
      showsStart: showsStart)
    chance = SplitMix64(seed: seed)
  }

  struct Missing: Error { var name: String }

  /// All places that somebody has.
  var places: [TreeNode] {
    var found: [TreeNode] = []
    var next = Array(session.model.tree.roots.reversed())
    while let slot = next.popLast() {
      guard session.model.tree.contains(slot) else { continue }
      found.append(session.model.tree[slot])
      next += session.model.tree[slot].children.reversed()
    }
    return found
  }

  func pid(_ name: String) throws -> PID {
    guard let pid = places.first(where: { $0.name == name })?.pid else {
      throw Missing(name: name)
    }
    return pid
  }

  /// Lets `span` of the machine's time pass.
  mutating func run(_ span: Duration) {
    session.runToInstant(session.subject.now + span)
  }

  /// A copy of the machine as it is shown.
  var machine: SimulatedSubject {
    get throws { try #require(session.subject.copy) }
  }

  mutating func press(_ keys: String) {
    for key in keys { session.handle(.key(.character(key))) }
  }

  mutating func request(_ request: ControlRequest, by asker: Asker = .someone) {
    session.request(request, by: asker)
  }

  // MARK: - By chance

  /// The kinds of acts; each can be undone.
  static let acts = [
    "kill", "exit", "suspend", "resume", "send", "restartChild", "terminateChild", "deleteChild",
    "startChild", "changeFlags", "changeChild", "reorderChildren",
    "startAgain", "startApplication", "stopApplication", "changeRelease",
  ]

  /// Does `act` to somebody.
  mutating func act(_ act: String) {
    guard act != "startAgain" else { return session.send(.key(.character("R"))) }
    let nodes = places
    guard let node = nodes.randomElement(using: &chance) else { return }
    let someone = nodes.compactMap(\.pid).randomElement(using: &chance) ?? PID(1)
    let pid = node.pid ?? someone
    let supervisor = node.parent.flatMap { session.model.tree[$0].pid } ?? someone
    let id = node.childID ?? .named(.atom("nobody"))
    switch act {
    case "kill": request(.process(pid, .kill))
    case "exit":
      let reasons: [ExitReason] = [.normal, .shutdown, .killed]
      request(.process(pid, .exit(reasons.randomElement(using: &chance) ?? .normal)))
    case "suspend": request(.process(pid, .suspend))
    case "resume": request(.process(pid, .resume))
    case "send": request(.process(pid, .send(.atom("hello"))))
    case "restartChild": request(.child(of: supervisor, id, .restart))
    case "terminateChild": request(.child(of: supervisor, id, .terminate))
    case "deleteChild": request(.child(of: supervisor, id, .delete))
    case "startChild": request(.supervisor(supervisor, .startChild([])))
    case "changeChild":
      request(.child(of: supervisor, id, .change(settings())))
    case "startApplication":
      request(.application(controller: supervisor, node.name, .start(.temporary)))
    case "stopApplication":
      request(.application(controller: supervisor, node.name, .stop))
    case "changeRelease":
      request(.release(handler: supervisor, .install, version: "2"))
    case "reorderChildren":
      let ids = nodes.compactMap(\.childID).shuffled(using: &chance)
      request(.supervisor(supervisor, .reorderChildren(ids)))
    default:
      let strategies: [SupervisionStrategy] = [.oneForOne, .oneForAll, .restForOne]
      request(
        .supervisor(
          supervisor,
          .changeFlags(
            SupervisorFlags(strategy: strategies.randomElement(using: &chance) ?? .oneForOne))))
    }
  }

  private mutating func settings() -> ChildSettings {
    let shutdowns: [ChildShutdown] = [.brutalKill, .infinity, .timeout(50)]
    return ChildSettings(
      restart: ChildRestart.allCases.randomElement(using: &chance) ?? .permanent,
      shutdown: shutdowns.randomElement(using: &chance) ?? .infinity)
  }

  /// Acts, waits, or steps.
  mutating func live() {
    switch Int.random(in: 0..<4, using: &chance) {
    case 0: act(Self.acts.randomElement(using: &chance) ?? "kill")
    case 1: session.play(for: .milliseconds(Int.random(in: 1...700, using: &chance)))
    case 2: session.send(.key(.character(".")))
    default: run(.milliseconds(Int.random(in: 1...2_000, using: &chance)))
    }
  }

  // MARK: - Telling

  /// How many events can be told.
  var eventCount: Int { session.model.tree.recent.count }

  /// The machine as far as it can be told.
  var account: Account {
    let tree = session.model.tree
    let machine = session.subject.copy?.machine
    let places = places
    return Account(
      now: session.subject.now,
      events: (0..<tree.recent.count).map { tree.recent[offset: $0] },
      processes: places.compactMap(\.pid).map { machine?.inspect($0) }, places: places)
  }
}

/// A machine as far as it can be told: its time, every event, every process, every place.
struct Account: Equatable {
  var now: RuntimeInstant
  var events: [Event]
  var processes: [ProcessInspection?]
  var places: [TreeNode]
}

/// The first thing in which two accounts differ.
func difference(_ left: Account, _ right: Account) -> String? {
  if left == right { return nil }
  if left.now != right.now { return "it is \(left.now), but \(right.now)" }
  for (one, other) in zip(left.events, right.events) where one != other {
    return "\(one)\n  but \(other)"
  }
  for (one, other) in zip(left.processes, right.processes) where one != other {
    return "\(String(describing: one))\n  but \(String(describing: other))"
  }
  for (one, other) in zip(left.places, right.places) where one != other {
    return "\(one)\n  but \(other)"
  }
  return "\(left.events.count) events, but \(right.events.count)"
}
