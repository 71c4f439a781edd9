package import BubbleConsole
public import BubbleEvents
internal import BubbleKernel
public import BubbleRealTime
public import BubbleSimulation

/// A simulated machine and what is done to it from outside; a value, so a copy can run ahead alone.
///
/// It may also show a machine that runs in real time: then the simulation is the latest copy of
/// that machine, and whatever is asked is asked of the machine itself.
public struct LiveMachine: Sendable {
  /// What one `advance` came to.
  public enum Progress: Hashable, Sendable {
    /// One turn was taken.
    case turn
    /// Time moved on, to the next timer or cue.
    case moved
    /// Nothing happens before the limit, where the clock stands now.
    case idle
  }

  /// The simulation and what happens to it by itself.
  private var simulated: SimulatedMachine
  /// What was done to it from outside, and what lies ahead when it was taken back.
  public private(set) var journal: Journal
  /// The machine in real time that this shows; nil when the simulation is the machine.
  private var original: RealTimeMachine?
  /// When the original was looked at last.
  private var looked = RuntimeInstant.zero
  /// Turns taken and moves to a due instant made so far.
  private var turns = 0

  /// Joins a machine with what will be done to it from outside, at the positions where it was
  /// done before.
  public init(_ machine: SimulatedMachine, journal: Journal = Journal()) {
    simulated = machine
    self.journal = journal
  }

  /// Joins `simulation`, to which nothing happens by itself, with a journal.
  public init(simulation: Simulation, journal: Journal = Journal()) {
    self.init(SimulatedMachine(simulation), journal: journal)
  }

  /// Shows a machine that runs in real time.
  public init(showing original: RealTimeMachine) {
    self.init(simulation: Simulation(seed: 0))
    self.original = original
    look()
  }

  /// The machine itself; its events are taken by `takeEvents` here.
  public var simulation: Simulation { simulated.simulation }

  /// The random faults; they stand still until `startChaos`.
  public var chaos: FaultGenerator { simulated.chaos }

  /// What it can do, and why it cannot do the rest.
  package var capabilities: Capabilities { isRealTime ? .inRealTime : .all }

  private var isRealTime: Bool { original != nil }

  /// A copy that runs on alone, in virtual time; in it nothing reaches the outside.
  public var ahead: LiveMachine {
    var copy = self
    copy.original = nil
    return copy
  }

  /// The machine's time.
  public var now: RuntimeInstant { isRealTime ? looked : simulated.now }

  /// How far the machine itself is ahead of `instant`; nothing runs ahead of its picture in a
  /// simulation.
  func lead(over instant: RuntimeInstant) -> Duration {
    original.map { $0.now - instant } ?? .zero
  }

  /// Where in its run the machine is.
  public var position: RecordedAct.Position { RecordedAct.Position(turns: turns, instant: now) }

  /// When something is due next, if nothing is runnable now.
  public var nextInstant: RuntimeInstant? {
    guard !isRealTime else { return nil }
    if let next = journal.next?.position, next.turns == turns { return next.instant }
    return simulated.nextInstant
  }

  /// Takes out the events since the last call.
  public mutating func takeEvents() -> [Event] { simulated.takeEvents() }

  /// Takes out the captions that came due since the last call.
  public mutating func takeCaptions() -> [String] { simulated.takeCaptions() }

  /// Asks the machine for something, and notes it in the journal.
  public mutating func apply(_ request: ControlRequest) {
    guard let original else { return act(.request(request)) }
    original.apply(request)
    look()
  }

  /// Takes over what has become of the original.
  private mutating func look() {
    guard let original else { return }
    let (kernel, fresh) = original.look()
    simulated.takeOver(kernel, events: fresh)
    looked = original.now
  }

  private mutating func act(_ act: RecordedAct.Act) {
    journal.note(RecordedAct(at: position, act))
    perform(act)
  }

  /// Will do what `later` did, each act at its position; `later` is the same machine further on.
  mutating func foresee(_ later: LiveMachine) {
    journal.foresee(later.journal)
  }

  private mutating func perform(_ act: RecordedAct.Act) {
    switch act {
    case .request(let request): simulated.apply(request)
    case .startChaos(let plan, let seed): simulated.chaos.start(plan, seed: seed, at: now)
    case .stopChaos: simulated.chaos.stop()
    case .tellMessages(let isTold): simulated.tellMessages(isTold)
    }
  }

  /// Takes one turn, or moves the clock to what is due next, but not past `limit`.
  ///
  /// What lies ahead in the journal is done at its position. A machine in real time runs by itself:
  /// it is looked at, and is idle for all that can be done here.
  public mutating func advance(to limit: RuntimeInstant) -> Progress {
    if let original {
      look()
      while let request = simulated.chaos.takeRequest(dueAt: now) {
        original.apply(request, by: .chaos)
      }
      return .idle
    }
    if let next = journal.next, next.position.turns <= turns {
      guard next.position.instant <= limit else {
        simulated.moveClock(to: limit)
        return .idle
      }
      simulated.moveClock(to: next.position.instant)
      journal.passNext()
      perform(next.act)
      return .moved
    }
    let progress: Progress =
      switch simulated.advance(to: limit) {
      case .turns: .turn
      case .moved: .moved
      case .idle: .idle
      }
    if progress != .idle { turns += 1 }
    return progress
  }

  /// Runs until no supervisor is in the middle of anything and nothing is runnable.
  ///
  /// - Parameters:
  ///   - patience: How much virtual time may pass.
  ///   - turnLimit: How many turns may be taken.
  /// - Returns: False when one of the limits was met first.
  public mutating func settle(within patience: Duration, turnLimit: Int) -> Bool {
    if isRealTime { look() }
    let limit = now + patience
    var turns = 0
    while !simulation.isSettled {
      switch advance(to: limit) {
      case .turn:
        turns += 1
        if turns >= turnLimit { return false }
      case .moved: continue
      case .idle: return simulation.isSettled
      }
    }
    return true
  }

  /// Also tells of every message from now on, or no longer; noted in the journal, since the events
  /// that follow get other numbers.
  public mutating func tellMessages(_ isTold: Bool) {
    guard let original else { return act(.tellMessages(isTold)) }
    original.setEventLevel(isTold ? .messages : .lifecycle)
    look()
  }

  /// Whether every message is told.
  public var tellsMessages: Bool { simulation.kernel.eventLevel == .messages }

  // MARK: - Chaos

  /// Lets random faults arrive from now on, as well as the schedule's, and notes it in the journal;
  /// a second call begins anew.
  ///
  /// - Parameters:
  ///   - plan: What happens how often, and to whom.
  ///   - seed: Where that chance begins; the same seed at the same point makes the same faults.
  public mutating func startChaos(_ plan: FaultPlan, seed: UInt64) {
    act(.startChaos(plan, seed: seed))
  }

  /// Lets no more faults arrive; those that are armed already stay so.
  public mutating func stopChaos() {
    act(.stopChaos)
  }
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
