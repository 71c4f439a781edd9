import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleKernel
@testable import BubbleSession
import BubbleSimulation
import BubbleTree
import Foundation
import Testing

/// A cluster does all that a machine of one node can: it is stepped, undone, copied and recorded.
struct ClusterSessionTests {
  private static let (a, b, c) = (ClusterUnderTest.a, ClusterUnderTest.b, ClusterUnderTest.c)

  /// A session on a cluster that has run for a second, and was asked for what comes before.
  private func session(before request: ControlRequest) -> Session {
    var session = ClusterUnderTest.session()
    session.runToInstant(session.subject.now + .seconds(1))
    for earlier in ClusterUnderTest.requests.prefix(while: { $0 != request }) {
      session.request(earlier)
      session.runToInstant(session.subject.now + .seconds(1))
    }
    return session
  }

  private func events(_ session: Session) -> [Event] {
    let recent = session.model.tree.recent
    return (0..<recent.count).map { recent[offset: $0] }
  }

  // MARK: - Undo

  @Test(arguments: ClusterUnderTest.requests)
  func `what was asked of nodes and cables is undone as if it had not been`(
    request: ControlRequest
  ) {
    var acted = session(before: request)
    var other = acted
    acted.runToInstant(acted.subject.now)
    other.runToInstant(other.subject.now)
    acted.request(request)
    acted.runToInstant(acted.subject.now + .milliseconds(700))
    #expect(events(acted).contains { $0.kind == .requested(request, by: .someone) })
    acted.handle(.key(.character("u")))
    #expect(events(acted) == events(other))
    acted.runToInstant(acted.subject.now + .seconds(2))
    other.runToInstant(other.subject.now + .seconds(2))
    #expect(events(acted) == events(other))
  }

  @Test(arguments: ClusterUnderTest.requests)
  func `what was undone is done again as it was`(request: ControlRequest) {
    var session = session(before: request)
    session.request(request)
    session.runToInstant(session.subject.now + .seconds(1))
    let before = events(session)
    session.handle(.key(.character("u")))
    session.handle(.key(.character("U")))
    #expect(events(session) == before)
  }

  // MARK: - Copies

  @Test(arguments: ClusterUnderTest.requests)
  func `a preview is what happens then, and leaves the machine as it was`(
    request: ControlRequest
  ) throws {
    var machine = try #require(session(before: request).subject.copy)
    _ = machine.takeEvents()
    var twin = try #require(machine.twin)
    twin.apply(request, by: .someone)
    let isSettled = twin.settle(within: .seconds(10), turnLimit: 100_000)
    #expect(isSettled)
    let foreseen = twin.takeEvents()
    machine.apply(request, by: .someone)
    _ = machine.settle(within: .seconds(10), turnLimit: 100_000)
    #expect(machine.takeEvents() == foreseen)
    #expect(foreseen.first?.kind == .requested(request, by: .someone))
  }

  @Test func `a preview of a cut shows both ends of a link end`() throws {
    let cut = ClusterUnderTest.requests[0]
    var twin = try #require(session(before: cut).subject.twin)
    _ = twin.takeEvents()
    twin.apply(cut, by: .someone)
    let isSettled = twin.settle(within: .seconds(10), turnLimit: 100_000)
    #expect(isSettled)
    let ended = twin.takeEvents().compactMap { event -> NodeID? in
      guard case .process(let pid, .exited(.noConnection)) = event.kind else { return nil }
      return pid.node
    }
    #expect(Set(ended) == [Self.a, Self.b, Self.c])
  }

  @Test func `each copy in the lab goes as a machine alone that is asked for the same`() throws {
    var machine = try #require(session(before: ClusterUnderTest.requests[0]).subject.copy)
    _ = machine.takeEvents()
    let variants: [[ControlRequest]] = [
      [], [.network(.cut([[Self.a], [Self.b]]))], [.node(Self.c, .stop)],
    ]
    var lab = Lab(of: machine, asking: variants, by: .someone)
    let end = lab.now + .seconds(2)
    var told = variants.map { _ in [Event]() }
    while lab.now < end {
      while lab.run(turnLimit: 10_000, { _, _ in false }).isBusy {}
      for (index, events) in lab.takeAll().enumerated() { told[index] += events }
      lab.move(to: min(end, lab.nextInstant ?? end))
    }
    for (variant, events) in zip(variants, told) {
      var alone = machine
      for request in variant { alone.apply(request, by: .someone) }
      while alone.advance(to: end) != .idle {}
      let expected = alone.takeEvents().filter { $0.instant < end }
      #expect(expected.isEmpty == variant.isEmpty)
      #expect(events.filter { $0.instant < end } == expected)
    }
  }

  // MARK: - The same again

  @Test func `the same seed and requests give the same bytes`() {
    var (one, other) = (ClusterUnderTest.story(), ClusterUnderTest.story())
    let text = ClusterUnderTest.text(one.takeEvents())
    #expect(text == ClusterUnderTest.text(other.takeEvents()))
    #expect(text.contains("node_stopped") && text.contains("cable_healed"))
  }

  @Test func `they give the same bytes in another OS process`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      var machine = ClusterUnderTest.story()
      print(ClusterUnderTest.text(machine.takeEvents()))
    }
    let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
    var machine = ClusterUnderTest.story()
    let expected = ClusterUnderTest.text(machine.takeEvents())
    let lines = expected.split(separator: "\n")
    #expect(lines.count > 100)
    let told = output.split(separator: "\n").drop { $0 != lines[0] }
    #expect(Array(told.prefix(lines.count)) == lines)
  }

  @Test func `a recorded cluster runs again to the same events`() throws {
    var session = ClusterUnderTest.session()
    var recorder = Recorder(of: SimulatedSubject(ClusterUnderTest.machine()))
    var reading = RecorderTests.Reading()
    for request in ClusterUnderTest.requests {
      session.runToInstant(session.subject.now + .seconds(1))
      session.request(request, by: .key("x"))
      try reading.read(recorder.lines(of: session))
    }
    session.handle(.key(.character("u")))
    session.runToInstant(session.subject.now + .seconds(1))
    try reading.read(recorder.lines(of: session))
    #expect(reading.acts.count == 3)
    var machine = SimulatedSubject(
      ClusterUnderTest.machine(), journal: Journal(ahead: reading.acts))
    var events: [Event] = []
    let end = try #require(reading.events.last).instant
    while events.count < reading.events.count {
      let progress = machine.advance(to: end)
      events += machine.takeEvents()
      if progress == .idle { break }
    }
    #expect(events.prefix(reading.events.count) == reading.events[...])
  }

  // MARK: - Chance

  @Test func `faults hit processes of the nodes that they mean, and none of a stopped node`() throws
  {
    var machine = ClusterUnderTest.machine()
    let target = try #require(FaultTarget("b@shop/bank"))
    let plan = FaultPlan(rate: try #require(FaultRate(describedAs: "1/s")), targets: [target])
    machine.run(until: machine.now + .seconds(1))
    machine.chaos.start(plan, seed: 3, at: machine.now)
    machine.run(until: machine.now + .seconds(10))
    func victims(_ events: [Event]) -> Set<NodeID> {
      Set(
        events.compactMap { event in
          guard case .requested(let request, by: .chaos) = event.kind else { return nil }
          return request.pid.node
        })
    }
    #expect(victims(machine.takeEvents()) == [Self.b])
    machine.apply(.node(Self.b, .stop))
    machine.run(until: machine.now + .seconds(10))
    #expect(victims(machine.takeEvents()).isEmpty)
    machine.apply(.node(Self.b, .start))
    machine.run(until: machine.now + .seconds(10))
    #expect(victims(machine.takeEvents()) == [Self.b])
  }

  @Test func `everybody may be hit when nobody is named`() throws {
    var machine = ClusterUnderTest.machine()
    machine.run(until: machine.now + .seconds(1))
    let plan = FaultPlan(rate: try #require(FaultRate(describedAs: "1/s")))
    machine.chaos.start(plan, seed: 3, at: machine.now)
    machine.run(until: machine.now + .seconds(20))
    let hit = machine.takeEvents().compactMap { event -> NodeID? in
      guard case .requested(let request, by: .chaos) = event.kind else { return nil }
      return request.pid.node
    }
    #expect(Set(hit) == Set(ClusterUnderTest.nodes))
  }

  // MARK: - What can be seen

  @Test func `processes of the system are in no count, and those of a stopped node are gone`() {
    var machine = ClusterUnderTest.machine()
    machine.run(until: machine.now + .seconds(1))
    #expect(machine.processCount == 9)
    machine.apply(.node(Self.b, .stop))
    #expect(machine.processCount == 6)
    #expect(machine.processes.allSatisfy { machine.inspect($0) != nil })
    #expect(machine.metrics(of: machine.processes).count == 6)
    machine.apply(.node(Self.b, .start))
    machine.run(until: machine.now + .seconds(1))
    #expect(machine.processCount == 9)
  }
}
