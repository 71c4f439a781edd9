import BubbleCells
import BubbleConsole
import BubbleDemos
import BubbleEvents
import BubbleScenarios
import BubbleScripts
@testable import BubbleSession
import BubbleSimulation
import BubbleTestSupport
import BubbleTree
import Synchronization
import Testing

/// A subject elsewhere: it goes on by itself, answers when it gets to it, and cannot be copied.
private struct DistantSubject: Subject {
  /// The machine at the other end, and what is on its way there.
  final class Line: Sendable {
    private struct State: Sendable {
      var machine: SimulatedSubject
      var questions: [SubjectQuestion] = []
    }

    private let state: Mutex<State>

    init(to machine: SimulatedSubject) { state = Mutex(State(machine: machine)) }

    func use<Result: Sendable>(_ body: (inout SimulatedSubject) -> Result) -> Result {
      state.withLock { body(&$0.machine) }
    }

    func send(_ question: SubjectQuestion) { state.withLock { $0.questions.append(question) } }

    /// Time passes at the other end.
    func run(_ span: Duration) {
      use { machine in
        let end = machine.now + span
        while machine.advance(to: end) != .idle {}
      }
    }

    /// The other end gets to the questions.
    func answer() {
      state.withLock { state in
        for question in state.questions { state.machine.ask(question) }
        state.questions = []
      }
    }
  }

  let line: Line
  private(set) var now = RuntimeInstant.zero
  let chaos = FaultGenerator()

  init(at line: Line) { self.line = line }

  static let lacking: [Capability: String] = [
    .previews: "too little is known of it", .setsSpeed: "it does not wait",
    .looksBack: "nothing of it is kept", .undoes: "it is elsewhere",
    .compares: "there is one of it", .reruns: "nobody knows what was done to it",
  ]

  var capabilities: Capabilities { Capabilities(except: Self.lacking) }
  var nextInstant: RuntimeInstant? { nil }
  var isSettled: Bool { true }
  var tellsMessages: Bool { false }
  var copy: SimulatedSubject? { nil }
  var twin: SimulatedSubject? { nil }

  mutating func advance(to limit: RuntimeInstant) -> SubjectProgress {
    now = line.use { $0.now }
    return .idle
  }

  func lead(over instant: RuntimeInstant) -> Duration { .zero }
  func takeEvents() -> [Event] { line.use { $0.takeEvents() } }
  func takeCaptions() -> [String] { [] }
  func apply(_ request: ControlRequest, by asker: Asker) {
    line.use { $0.apply(request, by: asker) }
  }
  func tellMessages(_ isTold: Bool) {}
  func startChaos(_ plan: FaultPlan, seed: UInt64) {}
  func stopChaos() {}
  func ask(_ question: SubjectQuestion) { line.send(question) }
  func takeAnswers() -> [SubjectAnswer] { line.use { $0.takeAnswers() } }
  func hasReached(_ end: SimulatedSubject) -> Bool { false }
}

/// What a session does with a subject that is neither a simulation nor in this program.
@Suite struct SubjectTests {
  private let line: DistantSubject.Line

  init() throws {
    let demo = try #require(Demo.named("one-for-all"))
    line = DistantSubject.Line(to: SimulatedSubject(try demo.scenario().machine(seed: 1)))
    line.run(.seconds(1))
  }

  private func session() -> Session {
    let model = ConsoleModel(
      scenario: "elsewhere", size: Size(columns: 80, rows: 24), view: .table,
      pace: Pace(beat: .zero), options: ConsoleOptions(motion: .none))
    return Session(subject: DistantSubject(at: line), model: model)
  }

  @Test func `what is asked of it is answered later, and shown then`() throws {
    var session = session()
    let pid = try #require(session.model.selectedNode?.pid)
    session.advance(by: .milliseconds(10))
    #expect(session.model.inspection == nil, "nobody there has answered")
    line.answer()
    session.advance(by: .milliseconds(10))
    #expect(session.model.inspection?.pid == pid)
  }

  @Test func `a request reaches it, and what came of it is shown when it tells that`() throws {
    var session = session()
    let pid = try #require(session.model.selectedNode?.pid)
    session.request(.process(pid, .kill))
    #expect(session.model.tree.slot(of: pid) != nil)
    line.run(.seconds(5))
    // What has come in one frame is shown in the next.
    for _ in 0..<2 { session.advance(by: .milliseconds(10)) }
    let selected = try #require(session.model.selectedNode)
    #expect(selected.pid != pid)
    #expect(selected.lives.count == 2)
  }

  @Test(arguments: [
    ("x", Capability.previews), ("<", .setsSpeed), (",", .looksBack), ("u", .undoes),
    ("R", .undoes), ("5", .compares), (":save-script a.yaml\n", .reruns),
  ])
  func `what it cannot do is refused in its own words`(keys: String, needed: Capability) throws {
    var session = session()
    for key in keys { session.handle(.key(key == "\n" ? .enter : .character(key))) }
    #expect(session.model.notice == DistantSubject.lacking[needed])
  }
}

/// What is shown of a run, decided without a screen.
@Suite struct PlaybackTests {
  private func playback() throws -> Playback {
    let demo = try #require(Demo.named("one-for-all"))
    return Playback(of: SimulatedSubject(try demo.scenario().machine(seed: 1)))
  }

  @Test func `a subject runs when all is shown, and its events are shown before it runs on`() throws
  {
    var playback = try self.playback()
    var left = Duration.seconds(1)
    let before = playback.pass(&left)
    #expect(before == .run)
    while playback.pending.isEmpty {
      _ = playback.run(to: .zero + .seconds(1))
      playback.collect()
    }
    let after = playback.pass(&left)
    #expect(after == .show)
    #expect(left == .seconds(1))
  }

  @Test func `a held screen takes its time from what passes, and then shows what is next`() throws {
    var playback = try self.playback()
    _ = playback.run(to: .zero + .seconds(1))
    playback.collect()
    let taken = playback.takeNext()
    let first = try #require(taken)
    playback.hold(for: .milliseconds(300))
    var left = Duration.milliseconds(200)
    let held = playback.pass(&left)
    #expect(held == .hold)
    #expect(left == .zero)
    #expect(playback.wakeAfter(speed: 1) == .milliseconds(100))
    left = .milliseconds(150)
    let later = playback.pass(&left)
    #expect(later == .show)
    #expect(left == .milliseconds(50))
    let next = playback.takeNext()
    #expect(next?.id == first.id + 1)
  }

  @Test func `what is taken at once holds no longer`() throws {
    var playback = try self.playback()
    playback.hold(for: .milliseconds(300))
    _ = playback.takeAll()
    #expect(playback.holdLeft == .zero)
  }

  // MARK: - What cannot be

  @Test func `nothing is done to the past itself`() async throws {
    let end = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var session = try SessionUnderTest(demo: "one-for-all", seed: 1)
      session.request(.process(try session.pid("index"), .kill))
      session.run(.seconds(2))
      session.session.seek(to: session.session.travel.beginning)
      session.session.playback.change { $0.stopChaos() }
    }
    #expect(end.said.contains("what is done in the past begins another future first"))
  }

  @Test func `nothing is undone before something was done`() async throws {
    let end = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var session = try SessionUnderTest(demo: "one-for-all", seed: 1)
      session.session.undo()
    }
    #expect(end.said.contains("there is nothing to undo"))
  }

  @Test func `no answer is given before a question`() async throws {
    let end = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var presentation = Presentation(of: Script([Script.Cue(line: 1)]))
      _ = presentation.begin(from: nil)
      _ = presentation.answer(choosing: nil)
    }
    #expect(end.said.contains("an answer follows a question"))
  }
}

extension ExitTest.Result {
  /// What was written to standard error.
  fileprivate var said: String { String(decoding: standardErrorContent, as: UTF8.self) }
}
