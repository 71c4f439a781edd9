public import BubbleEvents
internal import BubbleKernel
public import BubbleSimulation

/// A simulation and the script that acts on it; a value, so a copy can run ahead alone.
public struct LiveMachine: Sendable {
  /// What one `advance` came to.
  public enum Progress: Hashable, Sendable {
    /// One turn was taken.
    case turn
    /// Time moved on, to the next timer or step of the script.
    case moved
    /// Nothing happens before the limit, where the clock stands now.
    case idle
  }

  /// The machine itself; its events are taken by `takeEvents` here.
  public private(set) var simulation: Simulation
  private var script: (any MachineScript)?
  private var events: [Event] = []
  private var captions: [String] = []

  /// Joins `simulation` with what happens to it by itself.
  public init(simulation: Simulation, script: (any MachineScript)? = nil) {
    self.simulation = simulation
    self.script = script
    collect()
  }

  /// The machine's time.
  public var now: RuntimeInstant { simulation.now }

  /// When something is due next, if nothing is runnable now.
  public var nextInstant: RuntimeInstant? {
    switch (simulation.nextTimer, script?.nextInstant) {
    case (let timer?, let step?): min(timer, step)
    case (let timer, let step): timer ?? step
    }
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
  public mutating func apply(_ request: ControlRequest) {
    simulation.apply(request)
    collect()
  }

  /// Takes one turn, or moves the clock to what is due next, but not past `limit`.
  public mutating func advance(to limit: RuntimeInstant) -> Progress {
    defer { collect() }
    if simulation.step() { return .turn }
    guard let next = nextInstant, next <= limit else {
      simulation.advance(to: max(limit, now))
      return .idle
    }
    simulation.advance(to: max(next, now))
    let instant = now
    while let step = script?.takeStep(dueAt: instant) {
      if let caption = step.caption { captions.append(caption) }
      if let request = step.request { simulation.apply(request) }
    }
    return .moved
  }

  /// Runs until no supervisor is in the middle of anything and nothing is runnable.
  ///
  /// - Parameters:
  ///   - patience: How much virtual time may pass.
  ///   - turnLimit: How many turns may be taken.
  /// - Returns: False when one of the limits was met first.
  public mutating func settle(within patience: Duration, turnLimit: Int) -> Bool {
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

  /// Also tells of every message from now on, or no longer.
  public mutating func tellMessages(_ isTold: Bool) {
    simulation.kernel.eventLevel = isTold ? .messages : .lifecycle
  }

  private mutating func collect() {
    let fresh = simulation.takeEvents()
    guard !fresh.isEmpty else { return }
    if script != nil { for event in fresh { script?.follow(event) } }
    if events.isEmpty { events = fresh } else { events.append(contentsOf: fresh) }
  }
}
