public import BubbleEvents
public import BubbleKernel

// Calls of functions on other nodes (OTP: erpc, rpc). What a function raises is in the outcome;
// `RemoteOutcome` says how erpc and how rpc tell it.

extension ProcessContext {
  /// Begins to execute a function in a process of its own on a node; the outcome is fetched by
  /// `remoteResponse` (OTP: erpc:send_request, rpc:async_call).
  public mutating func requestRemoteCall(
    on other: NodeID, _ function: @escaping RemoteFunction
  ) -> Reference {
    requestSpawn(RemoteCallBody(function), on: other, isMonitored: true, tellsPID: false)
  }

  /// Waits for the outcome of a remote call that was begun; nil when it does not come in time, and
  /// then the call goes on (OTP: erpc:wait_response, rpc:nb_yield).
  public func remoteResponse(
    to call: Reference, timeout: Duration? = nil
  ) -> Blocking<RemoteOutcome?> {
    remoteResponse(to: call, until: timeout.map { now + $0 })
  }

  private func remoteResponse(
    to call: Reference, until end: RuntimeInstant?
  ) -> Blocking<RemoteOutcome?> {
    .waiting(.down(call), until: end) { received, _ in
      guard case .message(.down(_, _, let reason)) = received else { return .value(nil) }
      return .value(RemoteOutcome(endedWith: reason))
    }
  }

  /// Executes a function on a node and waits for its outcome.
  ///
  /// On this node, and without a time, it runs in the caller itself. After a time-out it goes on,
  /// and what comes of it vanishes (OTP: erpc:call, rpc:call, D150-D152).
  public mutating func remoteCalling(
    on other: NodeID, timeout: Duration? = nil, _ function: @escaping RemoteFunction
  ) throws -> Blocking<RemoteOutcome> {
    guard other != node || timeout != nil else { return executing(function) }
    let mark = requestRemoteCall(on: other, function)
    return try remoteResponse(to: mark, timeout: timeout).then(&self) { outcome, context in
      if outcome == nil { context.demonitor(mark, flush: true) }
      return .value(outcome ?? .timedOut)
    }
  }

  private mutating func executing(_ function: RemoteFunction) -> Blocking<RemoteOutcome> {
    do {
      return try function(&self).map(RemoteOutcome.returned)
        .catching(&self) { error, _ in RemoteOutcome(error) }
    } catch {
      return .value(RemoteOutcome(error))
    }
  }

  /// Executes a function on several nodes at once; the outcomes in the order of the nodes (OTP:
  /// erpc:multicall, rpc:multicall, D155).
  public mutating func remoteMultiCalling(
    on nodes: [NodeID], timeout: Duration? = nil, _ function: @escaping RemoteFunction
  ) throws -> Blocking<[RemoteOutcome]> {
    let end = timeout.map { now + $0 }
    let calls = nodes.map { requestRemoteCall(on: $0, function) }
    return try gathering(calls[...], until: end, [])
  }

  private func gathering(
    _ calls: ArraySlice<Reference>, until end: RuntimeInstant?, _ outcomes: [RemoteOutcome]
  ) throws -> Blocking<[RemoteOutcome]> {
    guard let call = calls.first else { return .value(outcomes) }
    return .waiting(.down(call), until: end) { received, context in
      var outcome = RemoteOutcome.timedOut
      if case .message(.down(_, _, let reason)) = received {
        outcome = RemoteOutcome(endedWith: reason)
      } else {
        context.demonitor(call, flush: true)
      }
      return try context.gathering(calls.dropFirst(), until: end, outcomes + [outcome])
    }
  }

  /// Executes a function on a node, and asks for nothing (OTP: erpc:cast, rpc:cast, D154).
  public mutating func remoteCast(on other: NodeID, _ function: @escaping RemoteFunction) {
    _ = requestSpawn(RemoteCallBody(function), on: other, tellsPID: false)
  }

  /// Executes a function in the one `RemoteCallServer` of a node, after those that it was asked for
  /// before (OTP: rpc:block_call, D159).
  public mutating func blockCalling(
    on other: NodeID, timeout: Duration? = nil, _ function: @escaping RemoteFunction
  ) throws -> Blocking<RemoteOutcome> {
    let target = Destination.remoteName(RemoteCallServer.name, other)
    let mark = call(RemoteCallServer.Request.execute(function), to: target)
    return .waiting(.reply(mark), until: timeout.map { now + $0 }) { received, context in
      switch received {
      case .message(.reply(_, let value)):
        return .value(unpack(value, as: RemoteOutcome.self) ?? .raised("badmatch"))
      case .message(.down(_, _, let reason)):
        return .value(reason == .noConnection ? .noConnection : .signalled(reason.term))
      case .message: return .value(.raised("badmatch"))
      case .timedOut:
        context.abandonCall(mark, to: PID(0, node: other))
        return .value(.timedOut)
      }
    }
  }

  /// Sends a message to whoever has a name on each of several nodes, and waits until it is known
  /// who that is: the nodes where somebody has it, and those where nobody has or that cannot be
  /// reached (OTP: rpc:sbcast, D158).
  public mutating func broadcasting(
    _ payload: some Sendable, to name: String, on nodes: [NodeID]
  ) throws -> Blocking<(good: [NodeID], bad: [NodeID])> {
    let request = RemoteCallServer.Request.deliver(payload, to: name)
    return try multiCalling(request, to: RemoteCallServer.name, on: nodes).map { answers in
      let good = answers.replies.filter { unpack($0.reply, as: Bool.self) == true }.map(\.node)
      return (good, nodes.filter { !good.contains($0) })
    }
  }
}
