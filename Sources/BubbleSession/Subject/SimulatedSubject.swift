package import BubbleConsole
package import BubbleCopyOnWrite
package import BubbleEvents
package import BubbleSimulation

/// A simulated machine and what was done to it from outside; a value that can do everything.
///
/// A recorded run is one whose journal lies ahead of it.
package struct SimulatedSubject: Subject {
  /// The machine; its events are taken by `takeEvents` here.
  @Boxed package private(set) var machine: SimulatedMachine
  /// What was done to it from outside, and what lies ahead when it was taken back.
  package private(set) var journal: Journal
  /// Turns taken and moves to a due instant made so far.
  private(set) var turns = 0
  private var answers: [SubjectAnswer] = []

  /// Joins a machine with what will be done to it from outside, at the positions where it was done
  /// before.
  package init(_ machine: SimulatedMachine, journal: Journal = Journal()) {
    self.machine = machine
    self.journal = journal
  }

  /// Joins `simulation`, to which nothing happens by itself, with a journal.
  package init(simulation: Simulation, journal: Journal = Journal()) {
    self.init(SimulatedMachine(simulation), journal: journal)
  }

  package var capabilities: Capabilities { .all }

  package var now: RuntimeInstant { machine.now }

  package var isSettled: Bool { machine.isSettled }

  package var copy: SimulatedSubject? { self }

  package var twin: SimulatedSubject? { self }

  // MARK: - Running

  /// Where in its run it is.
  private var position: RecordedAct.Position { RecordedAct.Position(turns: turns, instant: now) }

  package var nextInstant: RuntimeInstant? {
    if let next = journal.next?.position, next.turns == turns { return next.instant }
    return machine.nextInstant
  }

  /// Takes one turn, or moves the clock to what is due next, but not past `limit`; what lies ahead
  /// in the journal is done at its position.
  package mutating func advance(to limit: RuntimeInstant) -> SubjectProgress {
    if let next = journal.next, next.position.turns <= turns {
      guard next.position.instant <= limit else {
        machine.moveClock(to: limit)
        return .idle
      }
      machine.moveClock(to: next.position.instant)
      journal.passNext()
      perform(next.act)
      return .moved
    }
    switch machine.advance(to: limit) {
    case .idle: return .idle
    case .moved:
      turns += 1
      return .moved
    case .turns(let taken):
      turns += 1
      return .turns(taken)
    }
  }

  /// Nothing runs ahead of its picture.
  package func lead(over instant: RuntimeInstant) -> Duration { .zero }

  package mutating func takeEvents() -> [Event] { machine.takeEvents() }

  package mutating func takeCaptions() -> [String] { machine.takeCaptions() }

  package func hasReached(_ end: SimulatedSubject) -> Bool {
    position == end.position && journal.next == nil
  }

  // MARK: - Acting

  /// Asks the machine for something, and notes it in the journal.
  package mutating func apply(_ request: ControlRequest, by asker: Asker) {
    act(.request(request, by: asker))
  }

  package var tellsMessages: Bool { machine.tellsMessages }

  /// Noted in the journal, since the events that follow get other numbers.
  package mutating func tellMessages(_ isTold: Bool) { act(.tellMessages(isTold)) }

  package var chaos: FaultGenerator { machine.chaos }

  /// Noted in the journal; the faults arrive as well as the schedule's.
  package mutating func startChaos(_ plan: FaultPlan, seed: UInt64) {
    act(.startChaos(plan, seed: seed))
  }

  package mutating func stopChaos() { act(.stopChaos) }

  private mutating func act(_ act: RecordedAct.Act) {
    journal.note(RecordedAct(at: position, act))
    perform(act)
  }

  private mutating func perform(_ act: RecordedAct.Act) {
    switch act {
    case .request(let request, let asker): machine.apply(request, by: asker)
    case .startChaos(let plan, let seed): machine.chaos.start(plan, seed: seed, at: now)
    case .stopChaos: machine.chaos.stop()
    case .tellMessages(let isTold): machine.tellMessages(isTold)
    }
  }

  /// Will do what `later` did, each act at its position; `later` is the same machine further on.
  mutating func foresee(_ later: SimulatedSubject) { journal.foresee(later.journal) }

  // MARK: - Asking

  package mutating func ask(_ question: SubjectQuestion) {
    switch question {
    case .inspect(let pid, let limit):
      answers.append(.inspected(machine.inspect(pid, mailboxLimit: limit)))
    case .metrics(let pids): answers.append(.metrics(machine.metrics(of: pids)))
    }
  }

  package mutating func takeAnswers() -> [SubjectAnswer] {
    defer { answers.removeAll() }
    return answers
  }
}
