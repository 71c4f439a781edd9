import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import Testing

/// A scenario that has run for a while, and what can be asked about it.
struct ScenarioRun {
  var machine: SimulatedMachine
  var events: [Event] = []
  var captions: [String] = []

  init(yaml: String, seed: UInt64 = 1, seconds: Double) throws {
    machine = try Scenario(yaml: yaml, file: "run.yaml").machine(seed: seed)
    run(until: seconds)
  }

  /// A root supervisor `top` with a worker `a` of these properties and some other children.
  init(
    a properties: String, others: String = "", script: String = "[]",
    intensity: String = "100 in 1 s", seconds: Double
  ) throws {
    try self.init(
      yaml: """
        tree:
          supervisor: top
          intensity: \(intensity)
          children: [{worker: a, \(properties)}\(others.isEmpty ? "" : ", " + others)]
        faults: \(script)
        """, seconds: seconds)
  }

  mutating func run(until seconds: Double) {
    machine.run(until: .zero + .seconds(seconds))
    events += machine.takeEvents()
    captions += machine.takeCaptions()
  }

  // MARK: - Questions

  /// The instants, in milliseconds, at which the child's start was over.
  func starts(of id: String) -> [Int] {
    milliseconds { if case .child(_, ChildID(id), .started) = $0 { true } else { false } }
  }

  func failedStarts(of id: String) -> [Int] {
    milliseconds { if case .child(_, ChildID(id), .startFailed) = $0 { true } else { false } }
  }

  /// The process that fills the child's place, or filled it last.
  func pid(of id: String) -> PID? {
    events.reversed().lazy.compactMap { event in
      if case .child(_, ChildID(id), .started(let pid)) = event.kind { pid } else { nil }
    }.first
  }

  /// When and why the child's processes ended: `3000 normal`.
  func exits(of id: String) -> [String] {
    let pids = events.compactMap { event in
      if case .child(_, ChildID(id), .started(let pid)) = event.kind { pid } else { nil }
    }
    return events.compactMap { event in
      guard case .process(let pid, .exited(let reason)) = event.kind, pids.contains(pid) else {
        return nil
      }
      return "\(event.instant.nanoseconds / 1_000_000) \(reason)"
    }
  }

  func field(_ name: String, of id: String) -> String? {
    pid(of: id).flatMap { machine.inspect($0) }?.state.first { $0.name == name }?.value
  }

  func inspection(of id: String) -> ProcessInspection? {
    pid(of: id).flatMap { machine.inspect($0) }
  }

  /// What the faults asked for, in order.
  var requests: [ControlRequest] {
    events.compactMap { event in
      if case .requested(let request, _) = event.kind { request } else { nil }
    }
  }

  func milliseconds(_ condition: (Event.Kind) -> Bool) -> [Int] {
    events.filter { condition($0.kind) }.map { Int($0.instant.nanoseconds / 1_000_000) }
  }

  /// The supervisors that gave up.
  var escalations: Int {
    milliseconds { if case .supervisor(_, .intensityExceeded) = $0 { true } else { false } }.count
  }
}

extension ChildID {
  /// The place of a child listed in a file.
  init(_ id: String) { self = .named(.atom(id)) }
}

/// Lets `case .child(_, ChildID("a"), .started)` compare ids.
func ~= (pattern: ChildID, value: ChildID) -> Bool { pattern == value }
