import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleTree
import Testing

/// A kill with many children: a wave that is over in about eight seconds, in virtual time.
@Suite struct WaveTests {
  private static let frame = Duration.nanoseconds(1_000_000_000 / 24)

  /// A session on a supervisor `crowd` with so many children, beside a bystander.
  private static func session(
    children count: Int, strategy: String = "simple_one_for_one", size: Size
  ) throws -> Session {
    let yaml = """
      tree:
        supervisor: top
        children:
          - supervisor: crowd
            strategy: \(strategy)
            template: {worker: w}
            count: \(count)
          - {worker: bystander}
      """
    let scenario = try Scenario(yaml: yaml, file: "wave.yaml")
    let model = ConsoleModel(scenario: "wave", size: size)
    var session = Session(subject: SimulatedSubject(scenario.machine(seed: 1)), model: model)
    session.runToInstant(.zero + .seconds(1))
    return session
  }

  /// What is on the screen for one frame: how many live, and the bubbles beside the panel; of many
  /// frames some are drawn only, since that takes long.
  private struct Picture {
    var alive: Int
    var bubbles: [Substring] = []

    init(_ session: Session, isDrawn: Bool) {
      alive = session.model.tree.aliveCount
      guard isDrawn else { return }
      bubbles = render(session.model).text().split(separator: "\n")[2..<20].map { $0.prefix(50) }
    }
  }

  /// Kills `crowd` and plays until the plan is done, frame by frame.
  private static func kill(_ session: inout Session) throws -> [Picture] {
    let crowd = try #require(
      session.model.tree.roots.first.flatMap { session.model.tree[$0].children.first })
    session.send(.cue(view: nil, selection: crowd))
    for _ in 0..<2 { session.handle(.key(.character("x"))) }
    var pictures: [Picture] = []
    repeat {
      pictures.append(Picture(session, isDrawn: pictures.count % 4 == 0))
      session.advance(by: frame)
    } while session.model.isRunningPlan && pictures.count < 1_000
    return pictures
  }

  @Test(arguments: [1, 15, 100, 1_000, 10_000])
  func `a kill of many is a wave of eight seconds, and is undone`(count: Int) throws {
    var session = try Self.session(children: count, size: Size(columns: 80, rows: 24))
    let before = session.model.tree.aliveCount
    let pictures = try Self.kill(&session)
    #expect(pictures.count < 8 * 24 + 12, "the plan takes \(pictures.count) frames")
    // The supervisor dies first, and lives again in the last frames.
    let deaths = zip(pictures, pictures.dropFirst()).map { $0.alive - $1.alive }.filter { $0 > 0 }
    #expect(deaths.reduce(0, +) == count + 1, "all of them die")
    #expect(deaths.allSatisfy { 10 * $0 <= max(10, count) }, "one frame takes more than a tenth")
    #expect(deaths.count >= min(count, 20), "\(deaths.count) frames show deaths")
    let least = try #require(pictures.map(\.alive).min())
    let wave = Set(pictures.prefix { $0.alive > least }.map(\.bubbles))
    #expect(wave.count >= min(count, 20), "\(wave.count) pictures differ")
    session.handle(.key(.character("u")))
    #expect(session.model.tree.aliveCount == before)
  }
}
