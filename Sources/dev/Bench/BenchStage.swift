import BubbleEvents
import BubbleKernel
import BubbleSimulation

/// A machine that runs work, with or without somebody who takes its events.
struct BenchStage {
  var simulation = Simulation(seed: 1)
  private let audience: RuntimeBench.Audience
  private var lastSeen: Event.ID = 0

  init(_ audience: RuntimeBench.Audience) {
    self.audience = audience
    switch audience {
    case .subscriber: break
    case .nobody: simulation.kernel.eventLevel = .none
    }
  }

  /// Starts a process and runs it until it is idle.
  mutating func start(_ start: ProcessStart) -> PID {
    guard case .ok(let pid, _) = simulation.start(start) else {
      preconditionFailure("the process starts")
    }
    return pid
  }

  /// Runs until nothing is ready any more; events are taken a thousand at a time.
  mutating func run() {
    while simulation.run(turns: 200) > 0 {
      if simulation.kernel.eventCount >= 1000 { look() }
    }
  }

  /// Nanoseconds an operation of running until nothing is ready any more.
  mutating func time(per operations: Int) -> Double {
    let time = ContinuousClock().measure { run() }
    return time.nanoseconds / Double(operations)
  }

  /// Gives back the memory of the events.
  mutating func forgetEvents() { _ = simulation.takeEvents() }

  /// Stands for a subscriber: looks at each event.
  private mutating func look() {
    for event in simulation.takeEvents() {
      precondition(event.id > lastSeen, "events come in order")
      lastSeen = event.id
    }
  }
}
