import BubbleEvents
import BubbleScenarios
import BubbleSimulation

/// A scenario of nodes that has run for a while, and what can be asked about it; nodes by their
/// numbers, from 1.
struct ClusterRun {
  var machine: SimulatedMachine
  var events: [Event] = []
  var captions: [String] = []

  /// Two nodes, `a@x` and `b@x`, with these children each, and what happens.
  init(
    a: String, b: String, network: String = "{}", faults: String = "[]", seconds: Double
  ) throws {
    try self.init(
      yaml: """
        nodes:
          - {node: a@x, tree: {supervisor: top, intensity: 100 in 1 s, children: [\(a)]}}
          - {node: b@x, tree: {supervisor: top, intensity: 100 in 1 s, children: [\(b)]}}
        network: \(network)
        faults: \(faults)
        """, seconds: seconds)
  }

  init(yaml: String, seconds: Double) throws {
    machine = try Scenario(yaml: yaml, file: "run.yaml").machine(seed: 1)
    run(until: seconds)
  }

  mutating func run(until seconds: Double) {
    machine.run(until: .zero + .seconds(seconds))
    events += machine.takeEvents()
    captions += machine.takeCaptions()
  }

  /// The processes that have filled a child's place on a node, the last one last.
  func pids(of id: String, on node: UInt32) -> [PID] {
    events.compactMap { event in
      guard case .child(let supervisor, ChildID(id), .started(let pid)) = event.kind,
        supervisor.node == NodeID(node)
      else { return nil }
      return pid
    }
  }

  func field(_ name: String, of id: String, on node: UInt32) -> String? {
    pids(of: id, on: node).last.flatMap { machine.inspect($0) }?
      .state.first { $0.name == name }?.value
  }

  /// Why the child's processes on a node ended, in order.
  func exits(of id: String, on node: UInt32) -> [String] {
    let all = pids(of: id, on: node)
    return events.compactMap { event in
      guard case .process(let pid, .exited(let reason)) = event.kind, all.contains(pid) else {
        return nil
      }
      return "\(reason)"
    }
  }

  /// How often a child could not be started on a node, and why.
  func failedStarts(of id: String, on node: UInt32) -> [String] {
    events.compactMap { event in
      guard case .child(let supervisor, ChildID(id), .startFailed(let reason)) = event.kind,
        supervisor.node == NodeID(node)
      else { return nil }
      return "\(reason)"
    }
  }

  /// What is told of nodes, in order.
  var nodeEvents: [NodeEvent] {
    events.compactMap { event in
      if case .node(_, let happening) = event.kind { happening } else { nil }
    }
  }
}
