import BubbleCells
@testable import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import Testing

/// What a program that opened the console is told.
@Suite struct OutgoingTests {
  static func session() throws -> Session {
    let demo = try #require(Demo.named("shop"))
    let machine = SimulatedSubject(simulation: try demo.scenario().simulation(seed: 7))
    let model = ConsoleModel(scenario: "shop", size: Size(columns: 80, rows: 24))
    return Session(subject: machine, model: model, keepsEvents: true)
  }

  @Test func `each event is told once and in order, wherever the user looks meanwhile`() throws {
    var session = try Self.session()
    var told = session.takeOutgoing().events
    #expect(told.first?.id == 1, "what happened before it was opened comes first")
    for keys in ["xx", ",,,", ".", ".", " "] {
      for key in keys { session.handle(.key(.character(key))) }
      session.play(for: .seconds(3))
      told += session.takeOutgoing().events
    }
    #expect(told.map(\.id) == Array(1...Event.ID(told.count)))
    #expect(
      told.contains {
        if case .requested(.process(_, .kill), .key("x")) = $0.kind { true } else { false }
      })
  }

  @Test func `another future goes on from where it begins`() throws {
    var session = try Self.session()
    let beginning = session.takeOutgoing().events.count
    var futures: [[Event]] = []
    for keys in ["xx", "uzz"] {
      for key in keys { session.handle(.key(.character(key))) }
      session.play(for: .seconds(3))
      futures.append(session.takeOutgoing().events)
    }
    #expect(futures.map { $0.first?.id } == [Event.ID(beginning + 1), Event.ID(beginning + 1)])
    #expect(futures[0].first?.kind != futures[1].first?.kind)
  }

  @Test func `nothing is kept for a program that does not want it`() throws {
    let demo = try #require(Demo.named("shop"))
    let machine = SimulatedSubject(simulation: try demo.scenario().simulation(seed: 7))
    let model = ConsoleModel(scenario: "shop", size: Size(columns: 80, rows: 24))
    var session = Session(subject: machine, model: model)
    session.play(for: .seconds(3))
    #expect(session.takeOutgoing().events.isEmpty)
  }
}
