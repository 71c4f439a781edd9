package import BubbleConsole
import BubbleCopyOnWrite
package import BubbleEvents
import BubbleKernel
package import BubbleRealTime
package import BubbleSimulation

/// A machine that runs by the wall clock in this program, as it was when it was looked at last.
///
/// It does not wait for its picture, and what was done stays done. Previews run on a copy of its
/// kernel, from which nothing reaches the outside.
package struct RunningSubject: Subject {
  private let machine: RealTimeMachine
  /// The machine as what it told so far shows it.
  @Boxed private var seen: Kernel
  /// When it was looked at.
  package private(set) var now: RuntimeInstant
  package private(set) var chaos = FaultGenerator()
  private var events: [Event] = []
  private var answers: [SubjectAnswer] = []

  /// Looks at `machine`; nobody else may take its events from now on.
  package init(_ machine: RealTimeMachine) {
    self.machine = machine
    (seen, events) = machine.look()
    now = machine.now
    for event in events { chaos.follow(event) }
  }

  package var capabilities: Capabilities { .inRealTime }

  /// The machine runs by itself.
  package var nextInstant: RuntimeInstant? { nil }

  package var isSettled: Bool { !seen.hasReadyProcess && !seen.isActing }

  package mutating func advance(to limit: RuntimeInstant) -> SubjectProgress {
    look()
    while let request = chaos.takeRequest(dueAt: now) { machine.apply(request, by: .chaos) }
    return .idle
  }

  package func lead(over instant: RuntimeInstant) -> Duration { machine.now - instant }

  package mutating func takeEvents() -> [Event] {
    defer { events.removeAll() }
    return events
  }

  /// It has no schedule that would say anything.
  package func takeCaptions() -> [String] { [] }

  private mutating func look() {
    let (kernel, fresh) = machine.look()
    seen = kernel
    now = machine.now
    for event in fresh { chaos.follow(event) }
    events.append(contentsOf: fresh)
  }

  // MARK: - Acting

  package mutating func apply(_ request: ControlRequest, by asker: Asker) {
    machine.apply(request, by: asker)
    look()
  }

  package var tellsMessages: Bool { seen.eventLevel == .messages }

  package mutating func tellMessages(_ isTold: Bool) {
    machine.setEventLevel(isTold ? .messages : .lifecycle)
    look()
  }

  package mutating func startChaos(_ plan: FaultPlan, seed: UInt64) {
    chaos.start(plan, seed: seed, at: now)
  }

  package mutating func stopChaos() { chaos.stop() }

  // MARK: - Asking

  package mutating func ask(_ question: SubjectQuestion) {
    answers.append(seen.answer(to: question))
  }

  package mutating func takeAnswers() -> [SubjectAnswer] {
    defer { answers.removeAll() }
    return answers
  }

  // MARK: - Copies

  /// What left a socket has left.
  package var copy: SimulatedSubject? { nil }

  /// A copy of the kernel as it is shown; the faults to come arrive in it, too.
  package var twin: SimulatedSubject? {
    var simulation = SimulatedMachine(Simulation(running: seen))
    simulation.chaos = chaos
    return SimulatedSubject(simulation)
  }

  package func hasReached(_ end: SimulatedSubject) -> Bool { false }
}

extension Capabilities {
  /// Those of a machine that runs by the wall clock.
  fileprivate static let inRealTime: Capabilities = {
    let past = "in real time nothing can be taken back: what left a socket has left"
    return Capabilities(except: [
      .setsSpeed: "in real time the wall clock sets the speed", .looksBack: past, .undoes: past,
      .compares: "in real time there is no lab: its copies would have nobody to talk to",
      .reruns: "a run in real time cannot be run again; :cast films the screen",
    ])
  }()
}

extension Kernel {
  /// The answer of a subject that has this kernel at hand.
  fileprivate func answer(to question: SubjectQuestion) -> SubjectAnswer {
    switch question {
    case .inspect(let pid, let limit): .inspected(inspect(pid, mailboxLimit: limit))
    case .metrics(let pids): .metrics(pids.compactMap { metrics(of: $0) })
    }
  }
}
