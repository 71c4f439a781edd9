import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
@testable import BubbleSession
import BubbleTree
import Foundation
import Testing

/// What a recording holds, whatever the user does.
@Suite struct RecorderTests {
  /// A recording as a reader understands it.
  struct Reading: Equatable {
    var acts: [RecordedAct] = []
    var events: [Event] = []

    mutating func read(_ bytes: [UInt8]) throws {
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        switch try JSONDecoder().decode(RecordingLine.self, from: Data(line)) {
        case .event(let event):
          #expect(event.id == events.last.map { $0.id + 1 } ?? 1)
          events.append(event)
        case .act(let act): acts.append(act)
        case .back(let event, let count):
          #expect(event <= events.count && count <= acts.count)
          events.removeSubrange(Int(event)...)
          acts.removeSubrange(count...)
        case .end: Issue.record("nobody ended it")
        }
      }
    }
  }

  static func machine(_ name: String, seed: UInt64, acts: [RecordedAct] = []) throws
    -> SimulatedSubject
  {
    guard let demo = Demo.named(name) else { throw SessionUnderTest.Missing(name: name) }
    return SimulatedSubject(
      simulation: try demo.scenario().simulation(seed: seed), journal: Journal(ahead: acts))
  }

  /// The events of a machine that does what was recorded.
  static func rerun(_ reading: Reading, _ name: String, seed: UInt64) throws -> [Event] {
    var machine = try machine(name, seed: seed, acts: reading.acts)
    var events: [Event] = []
    let end = reading.events.last?.instant ?? .zero
    while events.count < reading.events.count {
      let progress = machine.advance(to: end)
      events += machine.takeEvents()
      if progress == .idle { break }
    }
    return Array(events.prefix(reading.events.count))
  }

  @Test(arguments: UInt64(0)..<24)
  func `whatever is done and undone, the recording runs again to the same events`(
    seed: UInt64
  ) throws {
    let name = TravelTests.demos[Int(seed) % TravelTests.demos.count]
    var session = try SessionUnderTest(demo: name, seed: seed)
    var recorder = Recorder(of: try Self.machine(name, seed: seed))
    var reading = Reading()
    try reading.read(recorder.lines(of: session.session))
    for _ in 0..<25 {
      switch Int.random(in: 0..<7, using: &session.chance) {
      case 0: session.press("u")
      case 1: session.press("U")
      case 2: session.press(String(repeating: ",", count: 3))
      case 3:
        let futures = session.session.model.travel.futures
        if let future = futures.randomElement(using: &session.chance) {
          session.session.enterFuture(future.number)
        }
      default: session.live()
      }
      try reading.read(recorder.lines(of: session.session))
      #expect(recorder.lines(of: session.session).isEmpty)
    }
    session.session.returnToEnd()
    try reading.read(recorder.lines(of: session.session))
    let events = try Self.rerun(reading, name, seed: seed)
    #expect(events == reading.events)
    let shown = session.account.events + session.session.playback.pending.reversed()
    #expect(reading.events.suffix(shown.count) == shown[...])
    let done = try session.machine.journal.doneCount
    #expect(reading.acts.count == done)
  }

  @Test func `a recording that begins late tells everything from the beginning`() throws {
    var session = try SessionUnderTest(demo: "one-for-all", seed: 7)
    var early = Recorder(of: try Self.machine("one-for-all", seed: 7))
    var first = Reading()
    for _ in 0..<12 {
      session.live()
      try first.read(early.lines(of: session.session))
    }
    var late = Recorder(of: try Self.machine("one-for-all", seed: 7))
    var second = Reading()
    try second.read(late.lines(of: session.session))
    #expect(first == second)
  }

  @Test(arguments: UInt64(0)..<20)
  func `a recorded run opens at its beginning, and its end is as it was`(seed: UInt64) throws {
    let name = TravelTests.demos[Int(seed) % TravelTests.demos.count]
    var session = try SessionUnderTest(demo: name, seed: seed)
    for _ in 0..<10 { session.live() }
    session.run(.zero)
    var recorder = Recorder(of: try Self.machine(name, seed: seed))
    var reading = Reading()
    try reading.read(recorder.lines(of: session.session))
    let end = RecordedEnd(
      event: Event.ID(reading.events.count), instant: session.session.subject.now)
    var checked: [Event] = []
    var replayed = try SessionUnderTest(demo: name, seed: seed)
    let beginning = replayed.session.model.tree.lastEvent
    let model = ConsoleModel(
      scenario: name, seed: seed, size: Size(columns: 80, rows: 24), view: .table,
      options: ConsoleOptions(motion: .none))
    replayed.session = Session(
      replaying: try Self.machine(name, seed: seed, acts: reading.acts), model: model,
      until: end
    ) { checked += $0 }
    #expect(checked == reading.events)
    #expect(replayed.session.model.tree.lastEvent == beginning)
    #expect(replayed.session.playback.isPast == (beginning < end.event))
    replayed.session.returnToEnd()
    // What ran after the last event at the same instant told nothing.
    replayed.run(.zero)
    #expect(difference(replayed.account, session.account) == nil)
    session.run(.seconds(3))
    replayed.run(.seconds(3))
    #expect(difference(replayed.account, session.account) == nil)
  }

  @Test func `a recording whose acts lie behind its end is left at its end`() throws {
    let act = RecordedAct(
      at: RecordedAct.Position(turns: 100_000, instant: .zero + .seconds(60)),
      .request(.process(PID(2), .kill), by: .key("x")))
    var session = Session(
      replaying: try Self.machine("one-for-all", seed: 1, acts: [act]),
      model: ConsoleModel(scenario: "short", size: Size(columns: 80, rows: 24)),
      until: RecordedEnd(event: 10_000, instant: .zero + .seconds(1))
    ) { _ in }
    session.seek(to: 10)
    session.runToInstant(.zero + .seconds(2))
    session.runToInstant(.zero + .seconds(2))
    #expect(!session.playback.isPast)
  }
}
