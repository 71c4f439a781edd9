public import BubbleEvents
import BubbleKernel

/// A simulation or a cluster and what happens to it by itself: the cues of a schedule, and random
/// faults.
///
/// This is the one driver of a machine with its schedule; consoles, traces, studies and tests run
/// it, and need not know how many nodes it has. A value: a copy runs ahead, or another way, with
/// its own copy of schedule and chance.
public struct SimulatedMachine: Sendable {
  /// What one `advance` came to.
  public enum Progress: Hashable, Sendable {
    /// So many turns were taken, at least one.
    case turns(Int)
    /// Time moved on, to the next timer, cue or fault.
    case moved
    /// Nothing happens before the limit, where the clock stands now.
    case idle
  }

  /// The machine that stands alone; empty beside a cluster.
  var alone: Simulation
  /// The nodes of a cluster, instead of one machine.
  var cluster: Cluster?
  /// The random faults; they stand still until they are started.
  public var chaos = FaultGenerator()
  private var schedule: (any CueSchedule)?
  private var events: [Event] = []
  private var captions: [String] = []

  /// Joins `simulation` with what happens to it by itself.
  public init(_ simulation: Simulation, schedule: (any CueSchedule)? = nil) {
    alone = simulation
    self.schedule = schedule
    collect()
  }

  /// Joins `cluster` with what happens to it by itself.
  public init(_ cluster: Cluster, schedule: (any CueSchedule)? = nil) {
    alone = Simulation(seed: 0)
    self.cluster = cluster
    self.schedule = schedule
    collect()
  }

  /// The machine's time.
  public var now: RuntimeInstant {
    if let cluster { cluster.now } else { alone.now }
  }

  /// When something is due next, if nothing is runnable now.
  public var nextInstant: RuntimeInstant? {
    let next = cluster == nil ? alone.nextTimer : cluster?.nextInstant
    return [next, schedule?.nextInstant, chaos.nextInstant].compactMap(\.self).min()
  }

  /// Takes out the events since the last call.
  public mutating func takeEvents() -> [Event] {
    defer { events.removeAll() }
    return events
  }

  /// Takes out the captions that came due since the last call.
  public mutating func takeCaptions() -> [String] {
    defer { captions.removeAll() }
    return captions
  }

  /// Asks the machine for something.
  public mutating func apply(_ request: ControlRequest, by asker: Asker = .someone) {
    ask(request, by: asker)
    collect()
  }

  /// Whether requests that cannot be served are told as such; recordings of format 1 did not know
  /// that, and are run again without.
  ///
  /// A cluster always tells them.
  package var tellsRefusals: Bool {
    get { alone.kernel.tellsRefusals }
    set { alone.kernel.tellsRefusals = newValue }
  }

  /// Whether every message is told.
  public var tellsMessages: Bool {
    (cluster == nil ? alone.kernel.eventLevel : cluster?.eventLevel) == .messages
  }

  /// Also tells of every message from now on, or no longer.
  public mutating func tellMessages(_ isTold: Bool) {
    let level: EventLevel = isTold ? .messages : .lifecycle
    if cluster == nil { alone.kernel.eventLevel = level } else { cluster?.eventLevel = level }
  }

  /// Takes turns, or moves the clock to what is due next, but not past `limit`.
  ///
  /// A cue comes before the turns of its instant, except at the instant where the machine stands.
  ///
  /// - Parameters:
  ///   - limit: How far the clock may move.
  ///   - turns: How many turns may be taken at the present instant, before the caller looks again.
  /// - Returns: What was done.
  public mutating func advance(to limit: RuntimeInstant, turns: Int = 1) -> Progress {
    defer { collect() }
    if let progress = goOn(to: limit, turns: turns) { return progress }
    guard let next = nextInstant, next <= limit else {
      moveClock(to: limit)
      return .idle
    }
    moveClock(to: next)
    takeCues(dueAt: now)
    takeFaults()
    return .moved
  }

  /// Runs up to `instant`, with all that is due by then, and leaves the clock there.
  public mutating func run(until instant: RuntimeInstant) {
    while advance(to: instant, turns: Self.batch) != .idle {}
  }

  /// Moves the clock to `instant` and fires the timers due by then, without anything else; an
  /// earlier instant changes nothing.
  public mutating func moveClock(to instant: RuntimeInstant) {
    if cluster == nil {
      if instant > alone.now { alone.advance(to: instant) }
    } else if let time = cluster?.now, instant > time {
      cluster?.advance(to: instant)
    }
  }

  /// Turns that are taken in one go where nobody looks in between.
  private static let batch = 4096

  private mutating func takeCues(dueAt instant: RuntimeInstant) {
    while let cue = schedule?.takeCue(dueAt: instant) {
      if let caption = cue.caption { captions.append(caption) }
      if let request = cue.request { ask(request, by: .scenario) }
    }
  }

  private mutating func takeFaults() {
    collect()
    while let request = chaos.takeRequest(dueAt: now) {
      ask(request, by: .chaos)
      collect()
    }
  }

  /// Takes turns at the present instant; nil when nothing is left to do in it, or it is over.
  ///
  /// The property `now` would copy the whole machine here.
  private mutating func goOn(to limit: RuntimeInstant, turns: Int) -> Progress? {
    guard cluster == nil else { return cluster?.goOn(to: limit, turns: turns) }
    guard alone.now <= limit else { return nil }
    let taken = alone.run(turns: turns)
    return taken > 0 ? .turns(taken) : nil
  }

  private mutating func ask(_ request: ControlRequest, by asker: Asker) {
    if cluster == nil {
      alone.apply(request, by: asker)
    } else {
      cluster?.apply(request, by: asker)
    }
  }

  /// Takes over what the machine has told; the schedule and the faults learn of it.
  private mutating func collect() {
    guard let fresh = cluster == nil ? alone.takeEvents() : cluster?.takeEvents(), !fresh.isEmpty
    else { return }
    for event in fresh {
      schedule?.follow(event)
      chaos.follow(event)
    }
    if events.isEmpty { events = fresh } else { events.append(contentsOf: fresh) }
  }
}

extension Cluster {
  /// Takes turns at the present instant, or hands over what has arrived; nil when there is neither.
  fileprivate mutating func goOn(
    to limit: RuntimeInstant, turns: Int
  ) -> SimulatedMachine.Progress? {
    guard now <= limit else { return nil }
    let hasArrivals = hasArrivals
    let taken = run(turns: turns)
    if taken > 0 { return .turns(taken) }
    return hasArrivals ? .moved : nil
  }
}
