import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

extension NodeRunner {
  /// Begins an action; its result, unless a process has to execute it first.
  mutating func perform(_ operation: String, _ action: JSONValue) -> JSONValue? {
    if let name = action["by"]?.string { return order(name, operation, action) }
    switch operation {
    case "process": return startProcess(action)
    case "server": return startServer(action)
    case "connect", "disconnect": return connect(operation, action)
    case "cut":
      cluster.cut(sides(action))
      return "ok"
    case "heal":
      if action["sides"] == nil { cluster.healAll() } else { cluster.heal(sides(action)) }
      return "ok"
    case "stop_node":
      if let node = node(action["node"]) { cluster.stop(node) }
      return "ok"
    case "start_node":
      if let node = node(action["node"]) { cluster.start(node) }
      return "ok"
    case "wait":
      cluster.run(until: cluster.now + .milliseconds(action["ms"]?.integer ?? 0))
      return "ok"
    default: return .string("no_such_action")
    }
  }

  private func node(_ value: JSONValue?) -> NodeID? {
    value?.string.flatMap(scenario.names.node(named:))
  }

  private func sides(_ action: JSONValue) -> [[NodeID]] {
    (action["sides"]?.array ?? []).map { side in (side.array ?? []).compactMap { node($0) } }
  }

  private mutating func startProcess(_ action: JSONValue) -> JSONValue {
    let name = action["name"]?.string ?? ""
    let body = NodeProcess(
      actor: NodeActor(name: name, ledger: ledger), trapsExits: action["trap"]?.bool ?? false,
      registered: action["register"]?.string)
    guard let node = node(action["node"]), let pid = cluster.update(node, { $0.spawn(body) })
    else { return "nodedown" }
    add(name, pid)
    return .string("<\(name)>")
  }

  private mutating func startServer(_ action: JSONValue) -> JSONValue {
    let name = action["name"]?.string ?? ""
    let server = NodeServer(
      actor: NodeActor(name: name, ledger: ledger), trapsExits: action["trap"]?.bool ?? false,
      initialStop: action["init_stop"].map(NodeScenario.term))
    if let global = action["global"] {
      return startServer(server, name, NodeScenario.term(global), action)
    }
    let start = ProcessStart.genServer(name: action["register"]?.string) { server }
    guard let node = node(action["node"]),
      let attempt = cluster.update(node, { $0.begin(start) })
    else { return "nodedown" }
    let result: StartResult
    switch attempt {
    case .finished(let finished): result = finished
    case .invalid(let term): result = .error(term)
    case .spawned(let pid, _):
      settle()
      result = cluster.kernel(node)?.startResult(of: pid) ?? .error("timeout")
    }
    if case .ok(let pid, _) = result { add(name, pid) }
    let writer = NodeTraceWriter(names: scenario.names, processes: processes, labels: [:])
    return .string(writer.text(of: result.term, on: node))
  }

  /// Starts a server that has a global name before it begins (OTP: D72).
  private mutating func startServer(
    _ server: NodeServer, _ name: String, _ global: Term, _ action: JSONValue
  ) -> JSONValue {
    guard let node = node(action["node"]) else { return "nodedown" }
    errand("server", on: node) { context in
      try context.startingGlobally(global, .genServer { server }).then(&context) {
        result, context in
        if case .ok(let pid, _) = result { context.unlink(pid) }
        return .value(result.term)
      }
    }
    settle()
    let number = number
    let outcome = ledger.with { state in
      defer { state.outcomes.removeAll { $0.action == number } }
      return state.outcomes.first { $0.action == number }?.outcome
    }
    pending[number] = nil
    guard let outcome else { return "pending" }
    if case .value(.tuple(let parts)) = outcome, parts.first == "ok",
      case .pid(let pid)? = parts.last
    {
      add(name, pid)
    }
    let writer = NodeTraceWriter(names: scenario.names, processes: processes, labels: [:])
    return .string(writer.text(of: outcome, on: node))
  }

  private mutating func connect(_ operation: String, _ action: JSONValue) -> JSONValue? {
    guard let from = node(action["from"]), let to = node(action["to"]) else { return "false" }
    errand(operation, on: from) { context in
      guard operation == "connect" else {
        return .value(context.disconnect(from: to) ? "true" : "false")
      }
      return context.connecting(to: to).map { $0 ? "true" : "false" }
    }
    return nil
  }

  // MARK: - Actions of processes

  private mutating func order(
    _ name: String, _ operation: String, _ action: JSONValue
  ) -> JSONValue? {
    guard let pid = pids[name], isAlive(pid),
      let command = command(operation, action)
    else { return "noproc" }
    pending[number] = (pid, action["wait"]?.bool ?? true, action)
    _ = cluster.update(pid.node) { $0.send(command, to: pid) }
    return nil
  }

  /// The action with its targets looked up; nil when it names a process that never was.
  private func command(_ operation: String, _ action: JSONValue) -> NodeCommand? {
    var command = NodeCommand(number: number, operation: operation, action: action)
    if let target = action["to"] {
      guard let found = self.target(target) else { return nil }
      command.target = found
    }
    if let target = action["fn"]?["to"] {
      guard let found = self.target(target) else { return nil }
      command.functionTarget = found
    }
    if let target = action["target"] {
      let names = target.array?.compactMap(\.string) ?? [target.string].compactMap(\.self)
      command.isList = target.array != nil
      let found = names.compactMap { pids[$0] }
      guard found.count == names.count else { return nil }
      command.targets = found
    }
    return command
  }

  private func target(_ value: JSONValue) -> NodeCommand.Target? {
    if let name = value.string { return pids[name].map { .process(.pid($0)) } }
    if let label = value["alias"]?.string {
      return ledger.with { $0.aliases[label] }.map(NodeCommand.Target.alias)
    }
    if let name = value["global"] { return .global(NodeScenario.term(name)) }
    guard let name = value["name"]?.string else { return nil }
    guard let other = value["node"] else { return .process(.local(name)) }
    return node(other).map { .process(.remote(name, $0)) }
  }
}
