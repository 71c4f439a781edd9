import BubbleEvents
import BubbleKernel
import BubbleOTP

extension NodeActor {
  /// Executes an action inside the process; the value of the function that it stands for.
  mutating func execute(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    switch command.operation {
    case "send", "link", "unlink", "monitor", "demonitor", "exit_signal", "trap", "alias",
      "unalias", "links":
      return .value(try signal(command, &context))
    case "register", "unregister", "whereis": return .value(try name(command, &context))
    case "nodes", "ping", "connect", "disconnect", "monitor_node", "monitor_nodes", "spawn":
      return node(command, &context)
    case "call", "cast", "multi_call", "abcast", "gen_stop", "send_request", "receive_response",
      "wait_response":
      return try call(command, &context)
    case "global_register", "global_re_register", "global_unregister", "global_whereis",
      "global_names", "set_lock", "del_lock":
      return try global(command, &context)
    case "pg_join", "pg_leave", "pg_members", "pg_local_members", "pg_groups", "pg_monitor",
      "pg_monitor_scope", "pg_demonitor":
      return try group(command, &context)
    case let operation where operation.hasPrefix("rpc_") || operation.hasPrefix("erpc_"):
      return try remoteCall(command, &context)
    default: throw RaisedError(.tuple(["no_such_action", .atom(command.operation)]))
    }
  }

  // MARK: - Signals

  private mutating func signal(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Term {
    switch command.operation {
    case "send": return try send(command, &context)
    case "link":
      try context.link(pid(command))
      return "true"
    case "unlink":
      context.unlink(try pid(command))
      return "true"
    case "monitor": return try monitor(command, &context)
    case "demonitor":
      let options = options(command)
      let wasThere = context.demonitor(
        try labelled(command, context), flush: options.contains("flush"))
      return options.contains("info") && !wasThere ? "false" : "true"
    case "exit_signal":
      context.exit(try pid(command), reason: ExitReason(command.term("reason")))
      return "true"
    case "trap":
      defer { context.trapsExits = command.action["on"]?.bool ?? true }
      return context.trapsExits ? "true" : "false"
    case "alias":
      let alias = context.alias(options(command).contains("reply") ? .reply : .explicit)
      remember(alias, command, context)
      return alias.term
    case "unalias": return context.unalias(try labelled(command, context)) ? "true" : "false"
    default: return .tuple(["$sorted", .list(context.links.map(Term.pid))])
    }
  }

  private func options(_ command: NodeCommand) -> [Term] {
    (command.action["opts"]?.array ?? []).map(NodeScenario.term)
  }

  private func destination(
    _ command: NodeCommand, _ context: ProcessContext
  ) throws -> Destination {
    switch command.target {
    case .alias(let alias): return .alias(alias)
    case .global(let name):
      guard let pid = context.whereisGlobally(name) else { throw RaisedError.badArgument }
      return .pid(pid)
    case .process(.local(let name)): return .name(name)
    case .process(.remote(let name, let node)): return .remoteName(name, node)
    case .process(let name):
      guard let target = try context.destination(of: name) else { throw RaisedError.badArgument }
      return target
    case nil: throw RaisedError.badArgument
    }
  }

  private func pid(_ command: NodeCommand) throws -> PID {
    guard case .process(.pid(let pid)) = command.target else { throw RaisedError.badArgument }
    return pid
  }

  private func processName(_ command: NodeCommand) throws -> ProcessName {
    switch command.target {
    case .process(let name): return name
    case .global(let name): return .global(name)
    case .alias, nil: throw RaisedError.badArgument
    }
  }

  func labelled(
    _ command: NodeCommand, _ context: ProcessContext
  ) throws -> Reference {
    let label = command.action["ref"]?.string ?? ""
    let node = context.node
    let marks = ledger.with { $0.labels[node] } ?? [:]
    guard let mark = labels[label] ?? marks.first(where: { $0.value == label })?.key else {
      throw ProcessExit(.failure(.tuple(["no_such_label", .opaque(label)])))
    }
    return mark
  }

  private mutating func remember(
    _ alias: Alias, _ command: NodeCommand, _ context: ProcessContext
  ) {
    guard let label = command.action["ref"]?.string else { return }
    self.label(label, alias.mark, context)
    ledger.with { $0.aliases[label] = alias }
  }

  private func send(_ command: NodeCommand, _ context: inout ProcessContext) throws -> Term {
    let message = NodeMessage(from: name, content: command.term("msg"))
    if case .global(let name) = command.target {
      return .pid(try context.sendGlobally(message, to: name))
    }
    let target = try destination(command, context)
    guard options(command).contains("noconnect") else {
      try context.send(message, to: target)
      return "ok"
    }
    return try context.sendIfConnected(message, to: target) ? "ok" : "noconnect"
  }

  private mutating func monitor(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Term {
    let target = try destination(command, context)
    let mark: Reference
    if options(command).isEmpty {
      mark = context.monitor(target)
    } else {
      let alias = context.monitor(target, alias: .replyDemonitor)
      mark = alias.mark
      remember(alias, command, context)
    }
    switch target {
    case .name(let name):
      objects[mark] = .tuple([.atom(name), .atom(context.nodeNames[context.node])])
    case .remoteName(let name, let node):
      objects[mark] = .tuple([.atom(name), .atom(context.nodeNames[node])])
    case .pid, .alias: break
    }
    label(command.action["ref"]?.string, mark, context)
    return mark.term
  }

  private func name(_ command: NodeCommand, _ context: inout ProcessContext) throws -> Term {
    let name = command.term("name").description
    switch command.operation {
    case "register":
      try context.register(name, command.targets?.first ?? context.pid)
      return "true"
    case "unregister":
      try context.unregister(name)
      return "true"
    default: return context.whereis(name).map(Term.pid) ?? "undefined"
    }
  }

  // MARK: - Nodes

  private mutating func node(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) -> Blocking<Term> {
    let other = context.nodeNames.node(named: command.action["node"]?.string ?? "")
    let isOn = command.action["on"]?.bool ?? true
    switch command.operation {
    case "nodes" where command.action["type"] == "this":
      return .value([.atom(context.nodeNames[context.node])])
    case "nodes":
      let types: NodeTypes =
        switch command.action["type"]?.string {
        case "hidden": .hidden
        case "connected": .all
        default: .visible
        }
      return .value(.list(context.nodes(types).map { .atom(context.nodeNames[$0]) }))
    case "monitor_nodes":
      if isOn {
        context.monitorNodes(nodeOptions(command))
      } else {
        context.demonitorNodes(nodeOptions(command))
      }
      return .value("ok")
    default: break
    }
    guard let other else { return .value("undefined") }
    switch command.operation {
    case "ping": return answer(context.pinging(other), "pong", "pang")
    case "connect": return answer(context.connecting(to: other), "true", "false")
    case "disconnect": return .value(context.disconnect(from: other) ? "true" : "false")
    case "monitor_node":
      if isOn { context.monitorNode(other) } else { context.demonitorNode(other) }
      return .value("true")
    default: return spawn(command, on: other, &context)
    }
  }

  private func answer(_ blocking: Blocking<Bool>, _ yes: Term, _ no: Term) -> Blocking<Term> {
    blocking.map { $0 ? yes : no }
  }

  private func nodeOptions(_ command: NodeCommand) -> NodeMonitorOptions {
    var options = NodeMonitorOptions()
    for option in self.options(command) {
      switch option {
      case "nodedown_reason": options = NodeMonitorOptions(types: options.types, tellsReason: true)
      case .tuple(["node_type", "all"]):
        options = NodeMonitorOptions(types: .all, tellsReason: options.tellsReason)
      case .tuple(["node_type", "hidden"]):
        options = NodeMonitorOptions(types: .hidden, tellsReason: options.tellsReason)
      default:
        options = NodeMonitorOptions(types: .visible, tellsReason: options.tellsReason)
      }
    }
    return options
  }

  private mutating func spawn(
    _ command: NodeCommand, on other: NodeID, _ context: inout ProcessContext
  ) -> Blocking<Term> {
    let action = command.action
    let monitor = action["monitor"]?.string
    let body = NodeProcess(
      actor: NodeActor(name: action["name"]?.string ?? "", ledger: ledger),
      trapsExits: action["trap"]?.bool ?? false, registered: action["register"]?.string)
    let spawning = context.spawning(
      body, on: other, isLinked: action["link"]?.bool ?? false, isMonitored: monitor != nil)
    if let monitor, let mark = spawning.awaitedReply { label(monitor, mark, context) }
    return spawning.map { spawned in
      monitor == nil
        ? .pid(spawned.pid) : .tuple([.pid(spawned.pid), spawned.mark.term])
    }
  }

  // MARK: - Calls

  private mutating func call(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let request = NodeRequest(from: name, content: command.term("req"))
    let names = context.nodeNames
    switch command.operation {
    case "call":
      return try context.calling(
        request, to: processName(command), timeout: timeout(command, 5000)
      ).map { Term(reflecting: $0) }
    case "cast":
      context.cast(request, to: try processName(command))
      return .value("ok")
    case "multi_call":
      let answers = try context.multiCalling(
        request, to: command.action["name"]?.string ?? "", on: nodes(command, context),
        timeout: timeout(command, 5000))
      return answers.map { answers in
        let replies = answers.replies.map {
          Term.tuple([.atom(names[$0.node]), Term(reflecting: $0.reply)])
        }
        let bad = answers.badNodes.map { Term.atom(names[$0]) }
        return .tuple([.tuple(["$sorted", .list(replies)]), .tuple(["$sorted", .list(bad)])])
      }
    case "abcast":
      context.castToAll(
        request, to: command.action["name"]?.string ?? "", on: nodes(command, context))
      return .value("abcast")
    case "gen_stop":
      return try context.stopping(
        processName(command), reason: ExitReason(command.term("reason")),
        timeout: timeout(command, nil))
    case "send_request":
      let name = try processName(command)
      let target = try context.destination(of: name) ?? .pid(PID(0, node: context.node))
      let mark = context.call(request, to: target)
      requests[mark] = name.term(names)
      label(command.action["ref"]?.string, mark, context)
      return .value("requested")
    default: return try response(command, &context)
    }
  }

  func nodes(_ command: NodeCommand, _ context: ProcessContext) -> [NodeID] {
    (command.action["nodes"]?.array ?? []).compactMap { name in
      name.string.flatMap(context.nodeNames.node(named:))
    }
  }

  /// The time that an action gives, in milliseconds; nil for ever.
  func timeout(_ command: NodeCommand, _ standard: Int?) -> Duration? {
    switch command.action["timeout"] {
    case .integer(let time): .milliseconds(time)
    case .string: nil
    default: standard.map { .milliseconds($0) }
    }
  }

  private mutating func response(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let mark = try labelled(command, context)
    let server = requests[mark] ?? "undefined"
    let abandons = command.operation == "receive_response"
    @Sendable func outcome(_ answer: Result<any Sendable, ProcessExit>) -> Term {
      switch answer {
      case .success(let value): .tuple(["reply", Term(reflecting: value)])
      case .failure(let exit): .tuple(["error", .tuple([exit.reason.term, server])])
      }
    }
    switch answers.removeValue(forKey: mark) {
    case .reply(_, let value): return .value(outcome(.success(value)))
    case .down(_, _, let reason): return .value(outcome(.failure(ProcessExit(reason))))
    default: break
    }
    let waiting = context.waitForResponse(to: mark, timeout: timeout(command, nil))
    return try waiting.then(&context) { answer, context in
      guard let answer else {
        if abandons { context.demonitor(mark, flush: true) }
        return .value("timeout")
      }
      return .value(outcome(answer))
    }
  }
}
