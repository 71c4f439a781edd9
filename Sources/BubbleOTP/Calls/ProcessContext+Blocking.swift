public import BubbleEvents
public import BubbleKernel

// Functions that wait, for processes of whatever kind: each says with what its caller exits as
// OTP's does.

extension ProcessContext {
  /// Lets time pass.
  public func sleep(_ duration: Duration) -> Blocking<Term> {
    .waiting(.nothing, until: now + duration) { _, _ in .value("ok") }
  }

  /// Calls a server; the caller exits with `{Reason,{gen_server,call,[Name,Request,Time]}}` (OTP:
  /// gen_server:call/3, D62).
  ///
  /// Without a time it waits for ever.
  public mutating func calling(
    _ request: some Sendable, to name: ProcessName, timeout: Duration? = .seconds(5)
  ) throws -> Blocking<any Sendable> {
    let names = nodeNames
    @Sendable func exit(_ reason: Term) -> ProcessExit {
      let call: Term = [name.term(names), Term(reflecting: request), timeout.term]
      return ProcessExit(ExitReason(.tuple([reason, .tuple(["gen_server", "call", call])])))
    }
    guard let target = try destination(of: name) else { throw exit("noproc") }
    guard target != .pid(pid) else { throw exit("calling_self") }
    let mark = call(request, to: target)
    let node = target.node(from: self.node)
    return .waiting(.reply(mark), until: timeout.map { now + $0 }) { received, context in
      switch received {
      case .message(.reply(_, let value)): return .value(value)
      case .message(.down(_, _, let reason)):
        let isPlain = timeout == nil && node == context.node
        throw exit(isPlain ? reason.term : reason.inCall(to: node, names))
      case .timedOut:
        context.abandonCall(mark, to: target.pid(on: node))
        throw exit("timeout")
      case .message: throw RaisedError("badmatch")
      }
    }
  }

  /// Calls the servers of that name on several nodes, and waits for all of them: who answered, and
  /// the nodes that did not, each in the order of `nodes`.
  ///
  /// It never exits (OTP: gen_server:multi_call, D66).
  public mutating func multiCalling(
    _ request: some Sendable, to name: String, on nodes: [NodeID], timeout: Duration? = nil
  ) throws -> Blocking<MultiCallAnswers> {
    let end = timeout.map { now + $0 }
    let calls = nodes.map { ($0, call(request, to: .remoteName(name, $0))) }
    return try MultiCallAnswers().gathering(calls[...], until: end, &self)
  }

  /// Casts to the servers of that name on several nodes (OTP: gen_server:abcast, D68).
  public mutating func castToAll(_ request: some Sendable, to name: String, on nodes: [NodeID]) {
    for node in nodes { cast(request, to: .remoteName(name, node)) }
  }

  /// Waits for the answer to a call; nil when it does not come in time, and then the call goes on
  /// (OTP: gen_server:wait_response).
  public func waitForResponse(
    to call: Reference, timeout: Duration?
  ) -> Blocking<Result<any Sendable, ProcessExit>?> {
    .waiting(.reply(call), until: timeout.map { now + $0 }) { received, _ in
      switch received {
      case .message(.reply(_, let value)): .value(.success(value))
      case .message(.down(_, _, let reason)): .value(.failure(ProcessExit(reason)))
      case .timedOut: .value(nil)
      case .message: throw RaisedError("badmatch")
      }
    }
  }

  /// Stops a server in order and waits until it is gone; the caller exits with `noproc`, with the
  /// reason that it ended with instead, with `timeout`, or with `{{nodedown,Node},Call}` (OTP:
  /// gen_server:stop, D69).
  public mutating func stopping(
    _ name: ProcessName, reason: ExitReason = .normal, timeout: Duration? = nil
  ) throws -> Blocking<Term> {
    guard let target = try destination(of: name) else { throw ProcessExit(.noProcess) }
    guard target != .pid(pid) else { throw ProcessExit(.failure("calling_self")) }
    let node = target.node(from: self.node)
    let names = nodeNames
    let mark = monitorQuietly(target)
    deliver(.system(.terminate(reason), nil), to: target)
    return .waiting(.down(mark), until: timeout.map { now + $0 }) { received, context in
      switch received {
      case .message(.down(_, _, reason)): return .value("ok")
      case .message(.down(_, _, .noConnection)) where node != context.node:
        let attempt = Term.tuple([
          "sys", "terminate", [name.term(names), reason.term, timeout.term],
        ])
        let why = ExitReason.noConnection.inCall(to: node, names)
        throw ProcessExit(ExitReason(.tuple([why, attempt])))
      case .message(.down(_, _, let other)): throw ProcessExit(other)
      case .message: throw RaisedError("badmatch")
      case .timedOut:
        context.demonitor(mark, flush: true)
        throw ProcessExit(.failure("timeout"))
      }
    }
  }

  // MARK: - Nodes

  /// Connects with a node; whether that went well (OTP: net_kernel:connect_node, D4).
  public mutating func connecting(to other: NodeID) -> Blocking<Bool> {
    let mark = connect(to: other)
    return .waiting(.reply(mark), until: nil) { received, _ in
      if case .message(.reply) = received { .value(true) } else { .value(false) }
    }
  }

  /// Whether a node can be reached (OTP: net_adm:ping, D4).
  public mutating func pinging(_ other: NodeID) -> Blocking<Bool> {
    guard other != node else { return .value(true) }
    let mark = ping(other)
    return .waiting(.down(mark), until: nil) { received, _ in
      if case .message(.down(_, _, .noProcess)) = received { .value(true) } else { .value(false) }
    }
  }

  /// Spawns a process on a node, and waits for its PID; one that belongs to nobody when the node
  /// cannot be reached (OTP: spawn_opt on a node, D48, D49).
  ///
  /// The mark is that of the monitor, when one was asked for.
  public mutating func spawning(
    _ body: some ProcessBody, on other: NodeID, isLinked: Bool = false, isMonitored: Bool = false
  ) -> Blocking<(pid: PID, mark: Reference)> {
    let mark = requestSpawn(body, on: other, isLinked: isLinked, isMonitored: isMonitored)
    return .waiting(.reply(mark), until: nil) { received, context in
      let pid = context.finishSpawn(
        mark, received, isLinked: isLinked, isMonitored: isMonitored)
      return .value((pid, mark))
    }
  }
}

/// Who has answered a call to several nodes, and which nodes have not.
public struct MultiCallAnswers: Sendable {
  /// The answers, in the order in which the nodes were named.
  public private(set) var replies: [(node: NodeID, reply: any Sendable)] = []
  /// The nodes that could not be reached, have no such server, whose server ended, or did not
  /// answer in time.
  public private(set) var badNodes: [NodeID] = []

  /// Waits for one after the other; answers that come meanwhile lie in the mailbox.
  func gathering(
    _ calls: ArraySlice<(NodeID, Reference)>, until end: RuntimeInstant?,
    _ context: inout ProcessContext
  ) throws -> Blocking<MultiCallAnswers> {
    guard let (node, mark) = calls.first else { return .value(self) }
    return .waiting(.reply(mark), until: end) { received, context in
      var answers = self
      switch received {
      case .message(.reply(_, let value)): answers.replies.append((node, value))
      case .message: answers.badNodes.append(node)
      case .timedOut:
        context.abandonCall(mark, to: PID(0, node: node))
        answers.badNodes.append(node)
      }
      return try answers.gathering(calls.dropFirst(), until: end, &context)
    }
  }
}
