import BubbleCells
@testable import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleTree
import Testing

/// How deaths are seen, frame by frame in virtual time.
@Suite struct DeathTests {
  private static let frame = Duration.nanoseconds(1_000_000_000 / 24)

  private static func session(
    _ name: String, size: Size = Size(columns: 80, rows: 24),
    motion: ConsoleOptions.Motion = .full
  ) throws -> Session {
    let demo = try #require(Demo.named(name))
    let scenario = try demo.scenario()
    let model = ConsoleModel(
      scenario: scenario.name, size: size, options: ConsoleOptions(motion: motion))
    var session = Session(subject: SimulatedSubject(scenario.machine(seed: 1)), model: model)
    session.runToInstant(.zero + .seconds(2))
    return session
  }

  private static func press(_ keys: String, _ session: inout Session) {
    for key in keys { session.handle(.key(.character(key))) }
  }

  /// Plays so many frames, and looks at each.
  private static func play<Sight>(
    _ count: Int, _ session: inout Session, _ look: (Session) -> Sight
  ) -> [Sight] {
    (0..<count).map { _ in
      session.advance(by: frame)
      return look(session)
    }
  }

  /// A demo of one worker, killed for the second time within its supervisor's window.
  private static func ending(motion: ConsoleOptions.Motion = .full) throws -> Session {
    var session = try session("first-bubble", motion: motion)
    press("xx", &session)
    session.play(for: .seconds(2))
    press("xx", &session)
    return session
  }

  @Test(arguments: [ConsoleOptions.Motion.full, .reduced, .none])
  func `the picture of the end appears once, after everybody has died`(
    motion: ConsoleOptions.Motion
  ) throws {
    var session = try Self.ending(motion: motion)
    let frames = Self.play(150, &session) { session in
      (
        isLiving: session.model.tree.roots.contains { session.model.tree[$0].pid != nil },
        isShown: EndedScreen.isShown(session.model),
        text: render(session.model).text()
      )
    }
    let first = try #require(frames.firstIndex { $0.isShown })
    #expect(frames[first...].allSatisfy { $0.isShown }, "it does not go away again")
    #expect(frames[first...].allSatisfy { !$0.isLiving })
    let death = try #require(frames.firstIndex { !$0.isLiving })
    #expect(first - death >= (motion == .none ? 0 : 6), "the burst is seen before")
    #expect(frames.last?.text.contains("No process is alive.") == true)
  }

  @Test func `the picture of the end fades in`() throws {
    var session = try Self.ending()
    let pictures = Self.play(150, &session) { session in
      EndedScreen.isShown(session.model) ? render(session.model).text() : nil
    }.compactMap { $0 }
    #expect(Set(pictures.prefix(13)).count >= 3)
  }

  @Test func `a supervisor that gives up is red from then on and bursts outwards`() throws {
    var session = try Self.ending()
    let root = try #require(session.model.tree.roots.first)
    let sights = Self.play(150, &session) { session in
      (
        state: session.model.tree[root].state,
        motion: session.model.bubbles.motions.motion(of: root, at: session.model.frame),
        isRed: Self.hasRing(of: [.crashed, .crashedGhost, .fragment, .gaveUp], session)
      )
    }
    let surrender = try #require(sights.firstIndex { $0.state == .gaveUp })
    #expect(sights[surrender...].allSatisfy { $0.isRed })
    let motions = sights[surrender...].compactMap(\.motion)
    #expect(motions.contains(.pop(frame: 0)))
    #expect(motions.allSatisfy { $0.isPop }, "it neither shrinks nor is blown up")
  }

  /// Whether a ring in these roles is on the screen, or the picture of the end.
  private static func hasRing(of roles: Set<Role>, _ session: Session) -> Bool {
    guard !EndedScreen.isShown(session.model) else { return true }
    let grid = render(session.model)
    return (1..<21).contains { row in (0..<50).contains { roles.contains(grid[$0, row].role) } }
  }

  @Test func `labels stay while bubbles burst, shrink and are blown up`() throws {
    var session = try Self.session("one-for-all")
    Self.press("xx", &session)
    let names = ["index", "journal", "editor", "all_sup"]
    let frames = Self.play(120, &session) { session in
      let bubbles = render(session.model).text().split(separator: "\n").map { $0.prefix(50) }
      return names.allSatisfy { name in bubbles.contains { $0.contains(name) } }
    }
    #expect(frames.allSatisfy { $0 })
  }

  @Test(arguments: [ViewKind.bubbles, .tree])
  func `the selection is red while it is dead, and still marked`(view: ViewKind) throws {
    var session = try Self.session("one-for-all")
    session.send(.cue(view: view, selection: nil))
    Self.press("xx", &session)
    let selected = try #require(session.model.selection)
    let pictures = Self.play(24, &session) { session in
      session.model.tree[selected].state == .crashed ? render(session.model) : nil
    }.compactMap { $0 }
    #expect(pictures.count > 10)
    for grid in pictures {
      let roles = (1..<21).flatMap { row in (0..<50).map { grid[$0, row].role } }
      #expect(roles.contains(.gaveUp), "its name is red")
      #expect(roles.contains(.selectionArrow), "its mark stays")
      #expect(grid.text().contains("✗"))
    }
  }

  @Test(arguments: [80, 100, 120])
  func `the header's views keep their form during a plan`(columns: Int) throws {
    var session = try Self.session("shop", size: Size(columns: columns, rows: 24))
    Self.press("xx", &session)
    let forms = Self.play(120, &session) { session in
      session.model.isRunningPlan
        ? render(session.model).text().split(separator: "\n")[0].contains("table") : nil
    }.compactMap { $0 }
    #expect(forms.count > 20)
    #expect(Set(forms).count == 1)
  }

  @Test func `a step's number never touches the name`() throws {
    var session = try Self.session("shop")
    Self.press("x", &session)
    let text = render(session.model).text()
    for node in ["acceptor", "mailer", "pool", "c1", "cron", "db_sup"] {
      #expect((0...9).allSatisfy { !text.contains("\($0)\(node)") }, "\(node)")
    }
  }

  @Test func `the panel of a dead machine does not say that all is well`() throws {
    var session = try Self.ending()
    session.play(for: .seconds(2))
    let text = render(session.model).text()
    #expect(!text.contains("● done"))
    #expect(text.contains("■ no process is alive"))
  }
}

extension BubbleMotion {
  /// Whether it is a burst.
  fileprivate var isPop: Bool {
    if case .pop = self { true } else { false }
  }
}
