public import BubbleEvents
public import BubbleKernel

// Process groups, for processes of a node that has a `ProcessGroupServer` (OTP: pg).

extension ProcessContext {
  func groups(of scope: String) -> ProcessGroupTable {
    table(scope, as: ProcessGroupTable.self)?.table ?? ProcessGroupTable()
  }

  /// The members of a group on all nodes that this one hears of, the newest first (OTP:
  /// pg:get_members, D132).
  public func members(of group: Term, scope: String = "pg") -> [PID] {
    groups(of: scope).groups[group]?.members ?? []
  }

  /// The members of a group on this node (OTP: pg:get_local_members).
  public func localMembers(of group: Term, scope: String = "pg") -> [PID] {
    members(of: group, scope: scope).filter { $0.node == node }
  }

  /// The groups that have members, in the order of their texts (OTP: pg:which_groups).
  public func processGroups(scope: String = "pg") -> [Term] {
    groups(of: scope).names
  }

  /// Lets processes of this node join a group, each as often as it is named; one of another node
  /// raises `{nolocal,Pid}`, and then none joins (OTP: pg:join, D130, D131).
  public mutating func joining(
    _ group: Term, _ pids: [PID], scope: String = "pg"
  ) throws -> Blocking<Bool> {
    try checkLocal(pids)
    return ask(scope, .join(group, pids), as: Bool.self)
  }

  /// Lets processes of this node leave a group, once each; false when none of them had joined (OTP:
  /// pg:leave).
  public mutating func leaving(
    _ group: Term, _ pids: [PID], scope: String = "pg"
  ) throws -> Blocking<Bool> {
    try checkLocal(pids)
    return ask(scope, .leave(group, pids), as: Bool.self)
  }

  private func checkLocal(_ pids: [PID]) throws {
    if let other = pids.first(where: { $0.node != node }) {
      throw RaisedError(.tuple(["nolocal", .pid(other)]))
    }
  }

  /// Lets a `ProcessGroupChange` come for each change of a group, or of all of the scope, from now
  /// on (OTP: pg:monitor, pg:monitor_scope, D136).
  public mutating func monitoring(
    group: Term?, scope: String = "pg"
  ) -> Blocking<ProcessGroupMonitor> {
    ask(scope, .monitor(group, pid), as: ProcessGroupMonitor.self)
  }

  /// Ends such a monitor, and takes its messages out of the mailbox; false when there is none of
  /// that mark (OTP: pg:demonitor, D137).
  public mutating func demonitoring(
    group mark: Reference, scope: String = "pg"
  ) throws -> Blocking<Bool> {
    try ask(scope, .demonitor(mark), as: Bool.self).then(&self) { wasThere, context in
      wasThere ? context.droppingChanges(mark) : .value(false)
    }
  }

  /// Takes messages about a group out of the mailbox, one after the other.
  private func droppingChanges(_ mark: Reference) -> Blocking<Bool> {
    let isTheirs: @Sendable (Message) -> Bool = { message in
      message.plain(as: ProcessGroupChange.self)?.mark == mark
    }
    return .waiting(.message(isTheirs), until: now) { received, context in
      if case .timedOut = received { .value(true) } else { context.droppingChanges(mark) }
    }
  }

  private mutating func ask<Answer: Sendable>(
    _ scope: String, _ request: ProcessGroupServer.Request, as type: Answer.Type
  ) -> Blocking<Answer> {
    let mark = call(request, to: .remoteName(scope, node))
    return .waiting(.reply(mark), until: nil) { received, _ in
      guard case .message(.reply(_, let value)) = received,
        let answer = unpack(value, as: Answer.self)
      else { throw ProcessExit(.noProcess) }
      return .value(answer)
    }
  }
}

extension Kernel {
  /// The groups of a scope that have members, as this node knows them.
  package func processGroups(scope: String = "pg") -> [(name: Term, members: [PID])] {
    let table = context.groups(of: scope)
    return table.names.map { ($0, table.groups[$0]?.members ?? []) }
  }
}
