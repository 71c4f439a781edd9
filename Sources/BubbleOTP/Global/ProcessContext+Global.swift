public import BubbleEvents
public import BubbleKernel

// Global names and locks, for processes of a node that has a `GlobalNameServer` (OTP: global).

extension ProcessContext {
  /// Who has a global name, as this node knows it; nil for nobody, and for a process of this node
  /// that is dead (OTP: global:whereis_name).
  public func whereisGlobally(_ name: Term) -> PID? {
    guard let table: GlobalNameTable = table(GlobalNameTable.name)?.table,
      let pid = table.names[name]
    else { return nil }
    return pid.node == node && !isAlive(pid) ? nil : pid
  }

  /// The global names that this node knows, in the order of their texts (OTP:
  /// global:registered_names).
  public var globalNames: [Term] {
    let table: GlobalNameTable? = table(GlobalNameTable.name)?.table
    return (table?.names.keys.sorted { $0.description < $1.description }) ?? []
  }

  /// Gives a process a name on all nodes that share theirs with this one; false when the name is
  /// taken, or the process has one (OTP: global:register_name, D90-D93).
  public mutating func registeringGlobally(
    _ name: Term, _ pid: PID, _ resolver: GlobalResolver = .randomExit
  ) -> Blocking<Bool> {
    let entry = GlobalEntry(pid: pid, resolver: resolver)
    return askNameServer(.register(name, entry, isForced: false))
  }

  /// Gives a process a name whoever has it now; nobody is told (OTP: global:re_register_name).
  public mutating func reRegisteringGlobally(
    _ name: Term, _ pid: PID, _ resolver: GlobalResolver = .randomExit
  ) -> Blocking<Bool> {
    let entry = GlobalEntry(pid: pid, resolver: resolver)
    return askNameServer(.register(name, entry, isForced: true))
  }

  /// Takes a name away, whoever has it (OTP: global:unregister_name).
  public mutating func unregisteringGlobally(_ name: Term) -> Blocking<Bool> {
    askNameServer(.unregister(name))
  }

  /// Sends a message to whoever has a global name, and says who that is; exits with
  /// `{badarg,{Name,Message}}` when nobody has (OTP: global:send, D94).
  @discardableResult
  public mutating func sendGlobally(_ payload: some Sendable, to name: Term) throws -> PID {
    guard let pid = whereisGlobally(name) else {
      let call = Term.tuple([name, Term(reflecting: payload)])
      throw ProcessExit(.failure(.tuple(["badarg", call])))
    }
    send(payload, to: pid)
    return pid
  }

  /// Starts a process that has a global name from the beginning, and waits for its start.
  ///
  /// When the name is taken the start fails with `{already_started,Pid}`, and what it starts ends
  /// before its first turn (OTP: gen_server:start with `{global,Name}`, D72).
  public mutating func startingGlobally(
    _ name: Term, _ start: ProcessStart
  ) throws -> Blocking<StartResult> {
    if let owner = whereisGlobally(name) {
      return .value(.error(.tuple(["already_started", .pid(owner)])))
    }
    switch try start.run(&self, []) {
    case .finished(let result): return .value(result)
    case .invalid(let term): return .value(.error(term))
    case .spawned(let pid, let info):
      hold(pid)
      return try registeringGlobally(name, pid).then(&self) { isRegistered, context in
        guard isRegistered else {
          let owner = context.whereisGlobally(name).map(Term.pid) ?? "undefined"
          context.unlink(pid)
          context.kill(pid)
          return .waiting(.start(pid), until: nil) { _, _ in
            .value(.error(.tuple(["already_started", owner])))
          }
        }
        context.release(pid)
        return .waiting(.start(pid), until: nil) { received, _ in
          guard case .message(.started(_, let result)) = received else {
            throw RaisedError("badmatch")
          }
          guard let info, case .ok(let pid, _) = result else { return .value(result) }
          return .value(.ok(pid, info: info))
        }
      }
    }
  }

  private mutating func askNameServer(_ request: GlobalRequest) -> Blocking<Bool> {
    let mark = call(request, to: .remoteName(GlobalNameServer.name, node))
    return .waiting(.reply(mark), until: nil) { received, _ in
      guard case .message(.reply(_, let value)) = received else {
        throw ProcessExit(.noProcess)
      }
      return .value(unpack(value, as: Bool.self) ?? false)
    }
  }

  // MARK: - Locks

  /// Sets a lock on nodes, which this process then holds until it gives it back or is gone; false
  /// when another name has it on one of them after so many more tries; one that cannot be reached
  /// does not count (OTP: global:set_lock, D112-D115).
  ///
  /// Nil tries for ever; the default nodes are this one and the visible ones that are connected.
  public mutating func settingLock(
    _ id: GlobalLockID, on nodes: [NodeID]? = nil, retries: Int? = nil
  ) throws -> Blocking<Bool> {
    let all = nodes ?? [node] + self.nodes()
    return try trying(id, all, retries: retries, attempt: 1)
  }

  private mutating func trying(
    _ id: GlobalLockID, _ nodes: [NodeID], retries: Int?, attempt: Int
  ) throws -> Blocking<Bool> {
    let locking = try asking(.setLock(id, pid), nodes[...], [])
    return try locking.then(&self) { locked, context in
      guard locked.count < nodes.count else { return .value(true) }
      let unlocking = try context.asking(.deleteLock(id, context.pid), locked[...], [])
      return try unlocking.then(&context) { _, context in
        guard retries != 0 else { return .value(false) }
        // At most an eighth of a second after the first try, twice as much each time, up to 8 s.
        let most = min(125 << min(attempt, 6), 8000)
        let delay = Int.random(in: 0..<most, using: &context.generator)
        return try context.sleep(.milliseconds(delay)).then(&context) { _, context in
          try context.trying(
            id, nodes, retries: retries.map { $0 - 1 }, attempt: attempt + 1)
        }
      }
    }
  }

  /// Gives a lock back (OTP: global:del_lock).
  public mutating func deletingLock(
    _ id: GlobalLockID, on nodes: [NodeID]? = nil
  ) throws -> Blocking<Bool> {
    let all = nodes ?? [node] + self.nodes()
    return try asking(.deleteLock(id, pid), all[...], []).map { _ in true }
  }

  /// Asks the name servers of nodes one after the other, until one says no; those that said yes, or
  /// that cannot be reached.
  private mutating func asking(
    _ request: GlobalRequest, _ nodes: ArraySlice<NodeID>, _ agreed: [NodeID]
  ) throws -> Blocking<[NodeID]> {
    guard let next = nodes.first else { return .value(agreed) }
    let mark = call(request, to: .remoteName(GlobalNameServer.name, next))
    return .waiting(.reply(mark), until: nil) { received, context in
      if case .message(.reply(_, let value)) = received, unpack(value, as: Bool.self) != true {
        return .value(agreed)
      }
      return try context.asking(request, nodes.dropFirst(), agreed + [next])
    }
  }
}

extension Kernel {
  /// The global names that this node knows, with their owners, in the order of the names' texts;
  /// those whose process is known to be dead are left out.
  package var globalNames: [(name: Term, pid: PID)] {
    context.globalNames.compactMap { name in
      context.whereisGlobally(name).map { (name, $0) }
    }
  }
}
