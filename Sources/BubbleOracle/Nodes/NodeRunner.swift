import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// Runs a scenario of a cluster, action by action, and writes a record of each.
struct NodeRunner {
  let scenario: NodeScenario
  let ledger = NodeLedger()
  var cluster: Cluster
  /// The processes by the names that the scenario gives them, and the other way round.
  var pids: [String: PID] = [:]
  var processes: [PID: String] = [:]
  /// Actions that have not returned yet: who executes them, and whether they are waited for.
  var pending: [Int: (pid: PID, isAwaited: Bool, action: JSONValue)] = [:]
  var number = 0
  var lastState: JSONValue?

  init(_ scenario: NodeScenario) {
    self.scenario = scenario
    let options = scenario.nameServerOptions
    cluster = Cluster(
      seed: 1, nodes: scenario.specs, options: scenario.clusterOptions
    ) { kernel in
      GlobalNameServer.start(on: &kernel, options)
      ProcessGroupServer.start(on: &kernel)
      RemoteCallServer.start(on: &kernel)
    }
  }

  /// The trace of a scenario, one record for each action.
  static func trace(of scenario: JSONValue) -> [JSONValue] {
    var runner = NodeRunner(NodeScenario(scenario))
    var records: [JSONValue] = [
      .object([("scenario", scenario["name"] ?? .null), ("format", .integer(1))])
    ]
    runner.boot()
    records.append(runner.record(operation: "boot", result: "ok"))
    for action in scenario["actions"]?.array ?? [] { records.append(runner.record(of: action)) }
    return records
  }

  private mutating func boot() {
    for (one, other) in scenario.connections {
      errand("connect", on: one) { context in
        context.connecting(to: other).map { $0 ? "true" : "false" }
      }
      settle()
    }
    ledger.with { $0.outcomes.removeAll() }
    pending = [:]
  }

  /// Lets a process that nobody sees do something on a node.
  mutating func errand(
    _ operation: String, on node: NodeID,
    _ work: @escaping @Sendable (inout ProcessContext) throws -> Blocking<Term>
  ) {
    let command = NodeCommand(number: number, operation: operation, action: .null)
    let body = NodeErrand(command, ledger, work: work)
    guard let pid = cluster.update(node, { $0.spawn(body) }) else { return }
    pending[number] = (pid, true, .null)
  }

  /// Runs until nothing happens any more; time passes only while an action is waited for.
  mutating func settle() {
    while true {
      cluster.runUntilQuiet()
      let returned = ledger.with { Set($0.outcomes.map(\.action)) }
      let isAwaited = pending.contains { number, action in
        action.isAwaited && !returned.contains(number) && isAlive(action.pid)
      }
      guard isAwaited, let next = cluster.nextInstant else { return }
      cluster.advance(to: next)
    }
  }

  func isAlive(_ pid: PID) -> Bool {
    cluster.running.contains(pid.node) && cluster.kernel(pid.node)?.metrics(of: pid) != nil
  }

  // MARK: - Records

  private mutating func record(of action: JSONValue) -> JSONValue {
    number += 1
    let operation = action["op"]?.string ?? ""
    let result = perform(operation, action)
    settle()
    return record(operation: operation, result: result)
  }

  /// What has come of the last action; `result` when it is known already.
  private mutating func record(operation: String, result: JSONValue?) -> JSONValue {
    let ends = endedProcesses()
    var (sightings, outcomes, labels) = ledger.with { state in
      defer {
        state.sightings = []
        state.outcomes = []
      }
      return (state.sightings, state.outcomes, state.labels)
    }
    for (number, action) in pending.sorted(by: { $0.key < $1.key }) where !isAlive(action.pid) {
      let isGone = !outcomes.contains { $0.action == number }
      if isGone, ends.contains(where: { $0.pid == action.pid }) {
        outcomes.append((number, .value("no_result")))
      }
    }
    for (number, outcome) in outcomes { remember(outcome, of: number) }
    let writer = NodeTraceWriter(names: scenario.names, processes: processes, labels: labels)
    for (number, outcome) in outcomes where number != self.number {
      guard let action = pending[number] else { continue }
      sightings.append((action.pid, .returned(action: number, outcome)))
    }
    sightings += ends.map { ($0.pid, .ended($0.reason.term)) }
    let text = outcomes.first { $0.action == number }.flatMap { outcome -> JSONValue? in
      pending[number].map { .string(writer.text(of: outcome.outcome, on: $0.pid.node)) }
    }
    for (number, _) in outcomes { pending[number] = nil }
    var members: [(key: String, value: JSONValue)] = [
      ("n", .integer(number)), ("op", .string(operation)),
      ("result", result ?? text ?? "pending"),
    ]
    let events = writer.events(sightings)
    if !events.isEmpty { members.append(("events", .object(events))) }
    let state = state(writer)
    if state != lastState { members.append(("state", state)) }
    lastState = state
    return .object(members)
  }

  /// The processes of the scenario that have ended since the last record; those of a node that was
  /// stopped are gone without a word.
  private mutating func endedProcesses() -> [(pid: PID, reason: ExitReason)] {
    cluster.takeEvents().compactMap { event in
      guard case .process(let pid, .exited(let reason)) = event.kind else { return nil }
      return (pid, reason)
    }
  }

  /// A process that was spawned has the name that the action gives it.
  private mutating func remember(_ outcome: NodeLedger.Outcome, of number: Int) {
    guard let action = pending[number]?.action, action["op"] == "spawn",
      let name = action["name"]?.string, case .value(let value) = outcome
    else { return }
    switch value {
    case .pid(let pid): add(name, pid)
    case .tuple(let parts):
      if case .pid(let pid)? = parts.first { add(name, pid) }
    case .atom, .integer, .float, .text, .list, .reference, .stack, .opaque: break
    }
  }

  mutating func add(_ name: String, _ pid: PID) {
    pids[name] = pid
    processes[pid] = name
  }

  private func state(_ writer: NodeTraceWriter) -> JSONValue {
    let nodes = cluster.running.compactMap { node -> (key: String, value: JSONValue)? in
      guard let kernel = cluster.kernel(node) else { return nil }
      return (scenario.names[node], writer.state(of: kernel))
    }
    let alive = pids.filter { isAlive($0.value) }.keys.sorted()
    return .object([
      ("nodes", .object(nodes)), ("alive", .array(alive.map(JSONValue.string))),
    ])
  }
}
