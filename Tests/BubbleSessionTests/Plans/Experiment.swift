import BubbleEvents
import BubbleScenarios
import BubbleSimulation
import BubbleTree
import Foundation

/// A machine with the tree that its events tell, and what becomes of both after a request.
struct Experiment {
  var machine: Simulation
  var tree = ProcessTree()
  /// What has been told so far: sign, sentence, and what stands at the right.
  var told: [String] = []

  /// The demo `name` after it ran for a while.
  init(demo name: String, seconds: Double) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Demos/\(name).yaml")
    try self.init(
      yaml: String(contentsOf: file, encoding: .utf8), file: "\(name).yaml", seconds: seconds)
  }

  /// A supervisor `top` with children written in YAML's short form.
  init(_ strategy: String, _ children: String, intensity: String = "3 in 5 s") throws {
    let yaml =
      "tree: {supervisor: top, strategy: \(strategy), intensity: \(intensity), "
      + "children: [\(children)]}"
    try self.init(yaml: yaml, file: "tree.yaml", seconds: 1)
  }

  private init(yaml: String, file: String, seconds: Double) throws {
    machine = try Scenario(yaml: yaml, file: file).simulation(seed: 7)
    run(for: .seconds(seconds))
    told = []
  }

  /// Lets the machine run, and folds and tells what happens.
  mutating func run(for duration: Duration) {
    machine.run(until: machine.now + duration)
    for event in machine.takeEvents() {
      tree.fold(event)
      if let line = tree.narrate(event) { told.append(Self.text(of: line)) }
    }
  }

  mutating func request(_ request: ControlRequest, by asker: Asker = .someone) {
    machine.apply(request, by: asker)
    run(for: .seconds(1))
  }

  /// What `request` would do, by a copy that runs ahead.
  func plan(
    _ request: ControlRequest, ahead: Duration = .seconds(1)
  ) -> (plan: Plan, events: [Event]) {
    var copy = machine
    copy.apply(request)
    copy.run(until: copy.now + ahead)
    let events = copy.takeEvents()
    return (Plan(tree: tree, request: request, events: events), events)
  }

  func plan(killing name: String) throws -> Plan {
    plan(.process(try pid(name), .kill)).plan
  }

  // MARK: - Names

  struct Missing: Error { var name: String }

  /// All places, each before its children.
  var places: [TreeNode] {
    var found: [TreeNode] = []
    var next = Array(tree.roots.reversed())
    while let slot = next.popLast() {
      guard tree.contains(slot) else { continue }
      found.append(tree[slot])
      next += tree[slot].children.reversed()
    }
    return found
  }

  func node(_ name: String) throws -> TreeNode {
    guard let node = places.first(where: { $0.name == name }) else { throw Missing(name: name) }
    return node
  }

  func pid(_ name: String) throws -> PID {
    guard let pid = try node(name).pid else { throw Missing(name: name) }
    return pid
  }

  // MARK: - Texts

  /// `1 c3 2 c2`.
  func text(of items: [Plan.Item]) -> String {
    items.map { "\($0.number) \(tree[$0.slot].name)" }.joined(separator: " ")
  }

  /// `top 0→1/3`, with a mark when it is spent.
  func text(of budgets: [Plan.BudgetChange]) -> String {
    budgets.map { change in
      "\(tree[change.supervisor].name) \(change.before.used)→"
        + (change.isSpent ? "spent" : "\(change.after.used)/\(change.after.allowed)")
    }.joined(separator: " ")
  }

  static func text(of line: Narration) -> String {
    let sign =
      switch line.sign {
      case .state(let state): "\(state)"
      case .user: "user"
      case .note: "note"
      }
    let budget = line.budget.map { "\($0.used) of \($0.allowed)" } ?? ""
    let right = line.right.map(\.text).joined()
    return [sign, line.spans.map(\.text).joined(), budget, right].filter { !$0.isEmpty }
      .joined(separator: " | ")
  }
}
