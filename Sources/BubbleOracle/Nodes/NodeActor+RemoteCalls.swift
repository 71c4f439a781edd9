import BubbleEvents
import BubbleKernel
import BubbleOTP

extension NodeActor {
  /// Executes an action that `rpc` or `erpc` stands behind.
  mutating func remoteCall(
    _ command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let all = nodes(command, context)
    switch command.operation {
    case "rpc_multicall", "erpc_multicall": return try multiCall(command, all, &context)
    case "rpc_eval_everywhere", "erpc_multicast":
      for node in all { context.remoteCast(on: node, function(command)) }
      return .value(command.operation == "erpc_multicast" ? "ok" : "abcast")
    case "rpc_abcast", "rpc_sbcast": return try broadcast(command, all, &context)
    case "rpc_yield", "rpc_nb_yield", "erpc_receive_response", "erpc_wait_response":
      return try response(toRemoteCall: command, &context)
    default: break
    }
    guard let other = context.nodeNames.node(named: command.action["node"]?.string ?? "") else {
      throw RaisedError.badArgument
    }
    let time = timeout(command, nil)
    switch command.operation {
    case "rpc_call":
      return try context.remoteCalling(on: other, timeout: time, function(command))
        .map(\.answer)
    case "rpc_block_call":
      return try context.blockCalling(on: other, timeout: time, function(command))
        .map(\.answer)
    case "erpc_call":
      return try context.remoteCalling(on: other, timeout: time, function(command))
        .then(&context) { outcome, _ in .value(try outcome.value()) }
    case "rpc_cast", "erpc_cast":
      context.remoteCast(on: other, function(command))
      return .value(command.operation == "rpc_cast" ? "true" : "ok")
    default:
      let mark = context.requestRemoteCall(on: other, function(command))
      requests[mark] = "remote_call"
      label(command.action["ref"]?.string, mark, context)
      return .value("requested")
    }
  }

  private func multiCall(
    _ command: NodeCommand, _ nodes: [NodeID], _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let names = context.nodeNames
    let outcomes = try context.remoteMultiCalling(
      on: nodes, timeout: timeout(command, nil), function(command))
    if command.operation == "erpc_multicall" { return outcomes.map { .list($0.map(\.term)) } }
    return outcomes.map { outcomes in
      var (answers, bad): ([Term], [Term]) = ([], [])
      for (node, outcome) in zip(nodes, outcomes) {
        switch outcome {
        case .timedOut, .noConnection: bad.append(.atom(names[node]))
        case .returned, .thrown, .exited, .raised, .signalled: answers.append(outcome.answer)
        }
      }
      return .tuple([.list(answers), .list(bad)])
    }
  }

  private func broadcast(
    _ command: NodeCommand, _ nodes: [NodeID], _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let message = NodeMessage(from: name, content: command.term("msg"))
    let target = command.term("name").description
    guard command.operation == "rpc_sbcast" else {
      for node in nodes { try context.send(message, to: .remoteName(target, node)) }
      return .value("abcast")
    }
    let names = context.nodeNames
    return try context.broadcasting(message, to: target, on: nodes).map { answers in
      let lists = [answers.good, answers.bad].map { nodes in
        Term.tuple(["$sorted", .list(nodes.map { .atom(names[$0]) })])
      }
      return .tuple(lists)
    }
  }

  private mutating func response(
    toRemoteCall command: NodeCommand, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    let mark = try labelled(command, context)
    let operation = command.operation
    @Sendable func told(_ outcome: RemoteOutcome?) throws -> Term {
      switch operation {
      case "rpc_yield": return outcome?.answer ?? "timeout"
      case "rpc_nb_yield": return outcome.map { .tuple(["value", $0.answer]) } ?? "timeout"
      case "erpc_receive_response": return try (outcome ?? .timedOut).value()
      default: return try outcome.map { .tuple(["response", try $0.value()]) } ?? "no_response"
      }
    }
    if case .down(_, _, let reason) = answers.removeValue(forKey: mark) {
      return .value(try told(RemoteOutcome(endedWith: reason)))
    }
    let time = timeout(command, nil)
    return try context.remoteResponse(to: mark, timeout: time).then(&context) { outcome, context in
      if outcome == nil, operation == "erpc_receive_response" {
        context.demonitor(mark, flush: true)
      }
      return .value(try told(outcome))
    }
  }

  /// What a remote call of a scenario executes.
  private func function(_ command: NodeCommand) -> RemoteFunction {
    let function = command.action["fn"]
    let reason = function?["reason"].map(NodeScenario.term) ?? "undefined"
    let value = function?["value"].map(NodeScenario.term) ?? "undefined"
    switch function?["do"]?.string {
    case "value": return { _ in .value(value) }
    case "throw": return { _ in throw ThrownValue(reason) }
    case "exit": return { _ in throw ProcessExit(ExitReason(reason)) }
    case "error": return { _ in throw RaisedError(reason) }
    case "sleep":
      let time = Duration.milliseconds(function?["ms"]?.integer ?? 0)
      return { context in context.sleep(time).map { _ in value } }
    case "hang": return { _ in .waiting(.nothing, until: nil) { _, _ in .value("ok") } }
    case "kill":
      return { context in
        context.kill(context.pid)
        return .waiting(.nothing, until: nil) { _, _ in .value("ok") }
      }
    case "node": return { context in .value(.atom(context.nodeNames[context.node])) }
    case "tell": return telling(command)
    default: return { _ in throw RaisedError("undef") }
    }
  }

  private func telling(_ command: NodeCommand) -> RemoteFunction {
    let message = NodeMessage(
      from: "fn", content: command.action["fn"]?["msg"].map(NodeScenario.term) ?? "undefined")
    let target = command.functionTarget
    return { context in
      switch target {
      case .process(let name): try context.send(message, to: name)
      case .alias(let alias): try context.send(message, to: .alias(alias))
      case .global(let name): try context.sendGlobally(message, to: name)
      case nil: throw RaisedError.badArgument
      }
      return .value("ok")
    }
  }
}
