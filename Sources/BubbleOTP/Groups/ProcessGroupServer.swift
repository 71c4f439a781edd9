import BubbleEvents
public import BubbleKernel

/// The process of a scope of process groups on one node (OTP: pg).
///
/// It tells its own members to those of the other nodes that it is connected with, and keeps what
/// they tell it. No node passes on what another one has told (OTP: D135).
public struct ProcessGroupServer: ProcessBody {
  /// What a process asks it for.
  enum Request: Sendable {
    case join(Term, [PID])
    /// Answered with false when none of them had joined.
    case leave(Term, [PID])
    /// All groups when none is named.
    case monitor(Term?, PID)
    case demonitor(Reference)
  }

  /// What one of them tells another.
  enum Notice: Sendable {
    /// I am here: tell me of your members.
    case discover
    case synchronize([Term: [PID]])
    case join(Term, [PID])
    /// One list for each group that is left.
    case leave([Term], [PID])
  }

  /// A notice and who tells it.
  struct Letter: Sendable {
    var from: PID
    var notice: Notice
  }

  private struct Member: Sendable {
    var mark: Reference
    /// The groups it has joined, as often as it has.
    var groups: [Term]
  }

  private struct Peer: Sendable {
    var mark: Reference
    var groups: [Term: [PID]]
  }

  private struct Monitor: Sendable {
    var mark: Reference
    var pid: PID
    /// The monitor of that process.
    var watch: Reference
    var group: Term?
  }

  /// The scope, under which it is registered.
  let scope: String
  private var local: [PID: Member] = [:]
  private var peers: [PID: Peer] = [:]
  private var monitors: [Monitor] = []

  init(scope: String) {
    self.scope = scope
  }

  /// Starts a scope on a node that has just been started, as a process of which nothing is told but
  /// joining and leaving.
  public static func start(on kernel: inout Kernel, scope: String = "pg") {
    kernel.spawnUntold(ProcessGroupServer(scope: scope))
  }

  /// The process of OTP that it stands for.
  public var behaviour: String { "gen_server pg" }

  /// Takes its name, and listens to its node.
  public mutating func start(_ context: inout ProcessContext) throws {
    try context.register(scope, context.pid)
    try context.makeTable(scope, ProcessGroupTable())
    context.monitorNodes()
    for node in context.nodes() { greet(node, &context) }
  }

  /// Serves processes, and those of its kind on other nodes.
  public mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .plain:
      guard let status = message.plain(as: NodeStatus.self), status.isUp else { return }
      greet(status.node, &context)
    case .cast(let payload):
      if let letter = unpack(payload, as: Letter.self) { take(letter, &context) }
    case .call(let request, let caller):
      guard let request = unpack(request, as: Request.self) else { return }
      serve(request, caller, &context)
    case .down(let mark, let pid, _): ended(mark, pid, &context)
    case .reply, .exit, .timer, .started, .system, .control: break
    }
  }

  // MARK: - Processes

  private mutating func serve(
    _ request: Request, _ caller: Caller, _ context: inout ProcessContext
  ) {
    switch request {
    case .join(let group, let pids):
      for pid in pids {
        let mark = local[pid]?.mark ?? context.monitorQuietly(pid)
        local[pid, default: Member(mark: mark, groups: [])].groups.append(group)
        context.post(.node(context.node, .groupJoined(group, pid)))
      }
      joined(group, pids, &context)
      broadcast(.join(group, pids), &context)
      context.reply(to: caller, true)
    case .leave(let group, let pids): leave(group, pids, caller, &context)
    case .monitor(let group, let pid):
      context.reply(to: caller, monitor(group, pid, &context))
    case .demonitor(let mark):
      let ended = monitors.first { $0.mark == mark }
      monitors.removeAll { $0.mark == mark }
      if let ended { context.demonitor(ended.watch, flush: true) }
      context.reply(to: caller, ended != nil)
    }
  }

  private mutating func leave(
    _ group: Term, _ pids: [PID], _ caller: Caller, _ context: inout ProcessContext
  ) {
    var left: [PID] = []
    for pid in pids {
      guard var member = local[pid], let index = member.groups.firstIndex(of: group) else {
        continue
      }
      member.groups.remove(at: index)
      left.append(pid)
      context.post(.node(context.node, .groupLeft(group, pid)))
      local[pid] = member.groups.isEmpty ? nil : member
      if member.groups.isEmpty { context.demonitor(member.mark, flush: true) }
    }
    if !left.isEmpty {
      self.left(group, left, &context)
      broadcast(.leave([group], left), &context)
    }
    context.reply(to: caller, !left.isEmpty)
  }

  private mutating func monitor(
    _ group: Term?, _ pid: PID, _ context: inout ProcessContext
  ) -> ProcessGroupMonitor {
    let watch = context.monitorQuietly(pid)
    let mark = context.makeReference()
    monitors.append(Monitor(mark: mark, pid: pid, watch: watch, group: group))
    let table = context.groups(of: scope)
    let names = group.map { [$0] } ?? table.names
    return ProcessGroupMonitor(
      mark: mark, groups: names, members: names.map { table.groups[$0]?.members ?? [] })
  }

  // MARK: - Other nodes

  private func greet(_ node: NodeID, _ context: inout ProcessContext) {
    guard context.isConnected(to: node) else { return }
    let letter = Letter(from: context.pid, notice: .discover)
    context.cast(letter, to: .remoteName(scope, node))
  }

  private func broadcast(_ notice: Notice, _ context: inout ProcessContext) {
    let letter = Letter(from: context.pid, notice: notice)
    for peer in peers.keys.sorted() { context.cast(letter, to: peer) }
  }

  private mutating func take(_ letter: Letter, _ context: inout ProcessContext) {
    let peer = letter.from
    switch letter.notice {
    case .discover:
      var own: [Term: [PID]] = [:]
      for (group, content) in context.groups(of: scope).groups {
        own[group] = content.members.filter { $0.node == context.node }
      }
      context.cast(Letter(from: context.pid, notice: .synchronize(own)), to: peer)
      guard peers[peer] == nil else { return }
      peers[peer] = Peer(mark: context.monitorQuietly(peer), groups: [:])
      context.cast(Letter(from: context.pid, notice: .discover), to: peer)
    case .synchronize(let groups): synchronize(peer, groups, &context)
    case .join(let group, let pids):
      guard peers[peer] != nil else { return }
      peers[peer]?.groups[group, default: []].insert(contentsOf: pids, at: 0)
      joined(group, pids, &context)
    case .leave(let groups, let pids):
      guard peers[peer] != nil else { return }
      for group in groups {
        for pid in pids {
          guard let index = peers[peer]?.groups[group]?.firstIndex(of: pid) else { continue }
          peers[peer]?.groups[group]?.remove(at: index)
        }
        left(group, pids, &context)
      }
    }
  }

  /// Takes over what another node says of its members, and tells the difference.
  private mutating func synchronize(
    _ peer: PID, _ groups: [Term: [PID]], _ context: inout ProcessContext
  ) {
    let old = peers[peer] ?? Peer(mark: context.monitorQuietly(peer), groups: [:])
    let names = Set(old.groups.keys).union(groups.keys)
    for name in names.sorted(by: { $0.description < $1.description }) {
      let gone = old.groups[name, default: []].without(groups[name, default: []])
      let new = groups[name, default: []].without(old.groups[name, default: []])
      if !gone.isEmpty { left(name, gone, &context) }
      if !new.isEmpty { joined(name, new, &context) }
    }
    peers[peer] = Peer(mark: old.mark, groups: groups)
  }

  // MARK: - Ends

  private mutating func ended(
    _ mark: Reference, _ pid: PID?, _ context: inout ProcessContext
  ) {
    if let monitor = monitors.firstIndex(where: { $0.watch == mark }) {
      monitors.remove(at: monitor)
    } else if let pid, let member = local[pid], member.mark == mark {
      local[pid] = nil
      for group in member.groups {
        context.post(.node(context.node, .groupLeft(group, pid)))
        left(group, [pid], &context)
      }
      broadcast(.leave(member.groups, [pid]), &context)
    } else if let pid, let peer = peers.removeValue(forKey: pid) {
      let names = peer.groups.keys.sorted { $0.description < $1.description }
      for name in names {
        if let pids = peer.groups[name], !pids.isEmpty { left(name, pids, &context) }
      }
    }
  }

  // MARK: - The table

  /// Changes the table, and then tells who monitors the group (OTP: D137).
  private func joined(_ group: Term, _ pids: [PID], _ context: inout ProcessContext) {
    context.changeTable(scope) { (table: inout ProcessGroupTable) in table.join(group, pids) }
    tell(isJoin: true, group, pids, &context)
  }

  private func left(_ group: Term, _ pids: [PID], _ context: inout ProcessContext) {
    context.changeTable(scope) { (table: inout ProcessGroupTable) in table.leave(group, pids) }
    tell(isJoin: false, group, pids, &context)
  }

  private func tell(
    isJoin: Bool, _ group: Term, _ pids: [PID], _ context: inout ProcessContext
  ) {
    for monitor in monitors where monitor.group == nil || monitor.group == group {
      context.send(
        ProcessGroupChange(mark: monitor.mark, isJoin: isJoin, group: group, pids: pids),
        to: monitor.pid)
    }
  }
}

extension [PID] {
  /// What is left when each of `others` is taken out once.
  fileprivate func without(_ others: [PID]) -> [PID] {
    var rest = self
    for other in others {
      if let index = rest.firstIndex(of: other) { rest.remove(at: index) }
    }
    return rest
  }
}
