import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// Runs one scenario, action by action, and writes a record of each.
package struct OracleRunner {
  let tree: OracleTree
  var ledger: OracleLedger { tree.ledger }
  var simulation = Simulation(seed: 1)
  var writer: TraceWriter
  let parent: PID
  /// The last process successfully started for each path.
  var current: [String: PID] = [:]
  /// Calls that are not waited for, with what was asked.
  var calls: [(tag: String, action: JSONValue, mark: Reference)] = []

  init() {
    let ledger = OracleLedger()
    tree = OracleTree(ledger: ledger)
    writer = TraceWriter(ledger: ledger)
    parent = simulation.spawn(OracleParent(tree: tree))
    simulation.runUntilIdle()
  }

  /// The trace of a scenario, one record for each action.
  package static func trace(of scenario: JSONValue) -> [JSONValue] {
    switch scenario["behaviour"]?.string {
    case "gen_statem": StateMachineRunner.trace(of: scenario)
    case "gen_event": EventManagerRunner.trace(of: scenario)
    default: supervisionTrace(of: scenario)
    }
  }

  private static func supervisionTrace(of scenario: JSONValue) -> [JSONValue] {
    var runner = OracleRunner()
    var records: [JSONValue] = [
      .object([("scenario", scenario["name"] ?? .null), ("format", .integer(1))])
    ]
    let start = JSONValue.object([("op", "start"), ("tree", scenario["tree"] ?? .null)])
    for (number, action) in ([start] + (scenario["actions"]?.array ?? [])).enumerated() {
      records.append(runner.record(of: action, number))
    }
    records.append(
      .object([
        ("n", .integer(records.count - 1)), ("op", "end"),
        ("alive", .array(runner.alive.map(JSONValue.string))),
      ]))
    return records
  }

  private mutating func record(of action: JSONValue, _ number: Int) -> JSONValue {
    let operation = action["op"]?.string ?? ""
    let finish = perform(operation, action)
    simulation.runUntilIdle()
    let facts = writer.facts(of: simulation.takeEvents())
    for (path, pid) in facts.started { current[path] = pid }
    let result = finish(&self)
    var members: [(key: String, value: JSONValue)] = [
      ("n", .integer(number)), ("op", .string(operation)), ("result", result),
      ("events", .array(facts.events)),
    ]
    if !facts.orphans.isEmpty { members.append(("orphans", .array(facts.orphans))) }
    if !facts.crashes.isEmpty { members.append(("crashes", .array(facts.crashes))) }
    let answers = collectCalls()
    if !answers.isEmpty { members.append(("async", .array(answers))) }
    members.append(("tree", .array(treeLines())))
    return .object(members)
  }

  // MARK: - Who is there

  func live(_ path: String?) -> PID? {
    guard let pid = path.flatMap({ current[$0] }) else { return nil }
    return isAlive(pid) ? pid : nil
  }

  func isAlive(_ pid: PID) -> Bool { simulation.kernel.metrics(of: pid) != nil }

  /// The processes that wait at a gate.
  var gated: [PID] { ledger.with { $0.gated }.filter(isAlive).sorted() }

  private var alive: [String] {
    simulation.kernel.processes.filter { writer.started.contains($0) }
      .map { writer.text(of: $0) }.sorted()
  }

  private mutating func collectCalls() -> [JSONValue] {
    guard gated.isEmpty else { return [] }
    let answers = calls.map { call in
      JSONValue.object([
        ("tag", .string(call.tag)), ("result", result(of: call.mark, call.action)),
      ])
    }
    calls = []
    return answers
  }

  // MARK: - The tree

  private func treeLines() -> [JSONValue] {
    guard let root = live("/"), let entry = writer.entry(of: root) else { return [] }
    let line = "/#\(entry.generation) supervisor alive"
    return ([line] + lines(below: "/", root)).map(JSONValue.string)
  }

  private func lines(below path: String, _ pid: PID) -> [String] {
    let blocked = gated.flatMap { writer.ancestors(of: $0) }
    if blocked.contains(pid) { return ["\(path) blocked"] }
    var copy = simulation
    let reply: SupervisorReply
    do {
      reply = try copy.call(SupervisorRequest.whichChildren, to: pid)
    } catch {
      return ["\(path) does not answer: \(error)"]
    }
    guard case .children(let children) = reply else { return [] }
    if writer.entry(of: pid)?.isSimple == true {
      return children.map { lines(of: $0, below: path) }
        .sorted { $0.joined(separator: "\n") < $1.joined(separator: "\n") }.flatMap(\.self)
    }
    return children.reversed().flatMap { lines(of: $0, below: path) }
  }

  private func lines(of child: ChildEntry, below path: String) -> [String] {
    let id = child.id.map { writer.text(of: $0) } ?? "?"
    switch child.child {
    case .undefined:
      return ["\(OracleTree.join(path, id)) \(child.kind.rawValue) undefined"]
    case .restarting:
      return ["\(OracleTree.join(path, id)) \(child.kind.rawValue) restarting"]
    case .pid(let pid):
      guard let entry = writer.entry(of: pid) else { return [] }
      let line = "\(entry.path)#\(entry.generation) \(child.kind.rawValue)"
      guard isAlive(pid) else { return [line + " dead"] }
      return [line + " alive"] + (entry.isSupervisor ? lines(below: entry.path, pid) : [])
    }
  }
}
